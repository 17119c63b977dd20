using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary><c>y = W x + b</c>.</summary>
internal sealed class LinearFormula(Linear linear, ReferenceOptions options)
{
    private readonly double[] _weight = linear.Weight.Stored(options); // [outputs, inputs]
    private readonly double[]? _bias = linear.Bias?.Stored(options);   // [outputs]

    public double[] Of(double[] x)
    {
        var y = new double[linear.Outputs];                            // [outputs]
        for (int row = 0; row < linear.Outputs; row++)
        {
            double sum = _bias is null ? 0 : _bias[row];
            for (int column = 0; column < linear.Inputs; column++)
            {
                sum += _weight[(row * linear.Inputs) + column] * x[column];
            }

            y[row] = sum;
        }

        return y;
    }
}
