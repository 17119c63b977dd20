using System;

namespace OperatorGen.Benchmarks.Report.Peers;

/// <summary>An S4D kernel with skip of one channel, as one writes it by hand: one mode after another, in single precision.</summary>
internal sealed class ScalarKernel
{
    private readonly float[] _lambdaRe, _lambdaIm, _weightRe, _weightIm, _re, _im;
    private readonly float _skip;

    /// <summary>Takes the numbers of a cell of one channel.</summary>
    public ScalarKernel(S4dWaves waves)
    {
        _lambdaRe = Array.ConvertAll(waves.Lambda, value => (float)value.Real);
        _lambdaIm = Array.ConvertAll(waves.Lambda, value => (float)value.Imaginary);
        _weightRe = Array.ConvertAll(waves.Weight, value => (float)value.Real);
        _weightIm = Array.ConvertAll(waves.Weight, value => (float)value.Imaginary);
        _re = new float[waves.Modes];
        _im = new float[waves.Modes];
        _skip = (float)waves.Skip[0];
    }

    /// <summary>A sequence, from where the last one ended.</summary>
    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int t = 0; t < input.Length; t++)
        {
            float u = input[t], y = _skip * u;
            for (int n = 0; n < _re.Length; n++)
            {
                float re = (_lambdaRe[n] * _re[n]) - (_lambdaIm[n] * _im[n]) + u;
                float im = (_lambdaRe[n] * _im[n]) + (_lambdaIm[n] * _re[n]);
                y += (_weightRe[n] * re) - (_weightIm[n] * im);
                _re[n] = re;
                _im[n] = im;
            }

            output[t] = y;
        }
    }
}
