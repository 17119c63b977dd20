using System;

namespace OperatorGen.Analysis;

/// <content>
/// Homogeneous parts at a point: the same product with a second bookkeeping variable for the power of x. Entry [k (P + 1) + g] of an array is
/// the part of degree k and grade g; a degree needs at least its own grade.
/// </content>
internal sealed partial class GluPolynomial
{
    public override void Parts(ReadOnlySpan<double> x, Span<double> parts)
    {
        if (Order <= 2)
        {
            // Its form is made once, so that a point takes products of two channels, not of outputs and channels.
            parts[0] = _constant ??= Constant;
            if (Order > 0)
            {
                parts[1] = DotProduct.Of(_linear ??= Linear(), x);
            }

            if (Order > 1)
            {
                parts[2] = Quadratic().Value(x);
            }

            return;
        }

        int size = Order + 1;
        double[] channels = Channels(x, _powers);
        double[] valueChannels = ReferenceEquals(_valuePowers, _powers) ? channels : Channels(x, _valuePowers);
        var value = new double[size * size];
        var gate = new double[size * size];
        var product = new double[size * size];
        var sum = new double[size * size];
        parts.Clear();
        for (int i = 0; i < _outputs; i++)
        {
            Mix(valueChannels, i, value);
            Mix(channels, _outputs + i, gate);
            _values[i].CopyTo(value, 0);
            Array.Clear(sum, 0, sum.Length);
            for (int r = Order; r >= 0; r--)
            {
                Multiply(sum, gate, product);
                (sum, product) = (product, sum);
                for (int g = 0; g < size; g++)
                {
                    sum[g] += _gates[i][r][g];
                }
            }

            Multiply(value, sum, product);
            for (int k = 0; k < size; k++)
            {
                parts[k] += _eta[i] * GradedSeries.Sum(product.AsSpan(k * size, size));
            }
        }
    }

    /// <summary>x_c^k F_ck of every grade, [k, grade, channel].</summary>
    private double[] Channels(ReadOnlySpan<double> x, double[][][] powers)
    {
        int size = Order + 1;
        var channels = new double[size * size * Variables];
        for (int c = 0; c < Variables; c++)
        {
            double power = 1;
            for (int k = 0; k < size; k++)
            {
                for (int g = k; g < size; g++)
                {
                    channels[(((k * size) + g) * Variables) + c] = power * powers[c][k][g];
                }

                power *= x[c];
            }
        }

        return channels;
    }

    /// <summary>A row of the mixing applied to the channels, for degrees from 1 on.</summary>
    private void Mix(double[] channels, int row, double[] mixed)
    {
        int size = Order + 1;
        Array.Clear(mixed, 0, size);
        for (int k = 1; k < size; k++)
        {
            for (int g = k; g < size; g++)
            {
                int place = (k * size) + g;
                mixed[place] = DotProduct.Of(_mixing.Row(row), channels.AsSpan(place * Variables, Variables));
            }
        }
    }

    private void Multiply(double[] a, double[] b, double[] product)
    {
        int size = Order + 1;
        Array.Clear(product, 0, product.Length);
        for (int i = 0; i < size; i++)
        {
            for (int g = i; g < size; g++)
            {
                double left = a[(i * size) + g];
                for (int j = 0; left != 0 && i + j < size; j++)
                {
                    for (int h = j; g + h < size; h++)
                    {
                        product[((i + j) * size) + g + h] += left * b[(j * size) + h];
                    }
                }
            }
        }
    }
}
