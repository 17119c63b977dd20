using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// <c>v'_t[c] = bias[c] + sum_j weight[c, j] v_{t - width + 1 + j}[c]</c>, j = 0 .. width-1; the cache holds the last width inputs, newest last.
/// </summary>
internal sealed class ConvolutionFormula(CausalConvolution convolution, ReferenceOptions options)
{
    private readonly double[] _weight = convolution.Weight.Stored(options); // [channels, width]
    private readonly double[]? _bias = convolution.Bias?.Stored(options);   // [channels]

    public double[] Of(double[] v, double[] cache)
    {
        int width = convolution.Width;
        var output = new double[convolution.Channels];                      // [channels]
        for (int c = 0; c < convolution.Channels; c++)
        {
            for (int j = 1; j < width; j++)
            {
                cache[(c * width) + j - 1] = cache[(c * width) + j];        // [channels, width]
            }

            cache[(c * width) + width - 1] = v[c];
            double sum = _bias is null ? 0 : _bias[c];
            for (int j = 0; j < width; j++)
            {
                sum += _weight[(c * width) + j] * cache[(c * width) + j];
            }

            output[c] = sum;
        }

        return output;
    }
}
