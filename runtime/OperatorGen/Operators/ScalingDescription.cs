using System;
using System.Numerics;

namespace OperatorGen;

/// <summary>The scaling of a model's raw input, <c>u = scale x + offset</c> per channel.</summary>
public sealed class ScalingDescription
{
    private readonly double[] _scale;
    private readonly double[] _offset;

    private ScalingDescription(double[] scale, double[] offset)
    {
        _scale = scale;
        _offset = offset;
    }

    /// <summary>The scaled value of a channel.</summary>
    public double Apply(int channel, double value) => (_scale[channel] * value) + _offset[channel];

    /// <summary>Called by generated code.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="channels">The number of channels.</param>
    /// <param name="scale">Factors, padded.</param>
    /// <param name="offset">Summands, padded.</param>
    public static ScalingDescription Create<T>(int channels, ReadOnlySpan<T> scale, ReadOnlySpan<T> offset)
        where T : INumber<T>
    {
        var s = new double[channels];
        var o = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            s[c] = double.CreateChecked(scale[c]);
            o[c] = double.CreateChecked(offset[c]);
        }

        return new ScalingDescription(s, o);
    }
}
