using System;

namespace OperatorGen.Analysis;

/// <summary>The scaling of a model's raw input, <c>u = scale x + offset</c> per channel.</summary>
public sealed class ScalingDescription
{
    private readonly double[] _scale;
    private readonly double[] _offset;

    /// <summary>Takes the arrays as they are; they must not be written afterwards.</summary>
    /// <param name="scale">Factors, [channel].</param>
    /// <param name="offset">Summands, [channel].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public ScalingDescription(double[] scale, double[] offset)
    {
        if (scale.Length != offset.Length)
        {
            throw new ArgumentException($"There are {scale.Length} factors and {offset.Length} summands.", nameof(offset));
        }

        _scale = scale;
        _offset = offset;
    }

    /// <summary>The number of channels.</summary>
    public int Channels => _scale.Length;

    /// <summary>The factor of a channel.</summary>
    public double Scale(int channel) => _scale[channel];

    /// <summary>The summand of a channel.</summary>
    public double Offset(int channel) => _offset[channel];

    /// <summary>The scaled value of a channel.</summary>
    public double Apply(int channel, double value) => (_scale[channel] * value) + _offset[channel];
}
