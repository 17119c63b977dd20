using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A functional of a layer without gated linear unit: a sum over channels, so that only a readout and its own gate argument interact,
/// <c>sum_c kappa_c sum_(a + b &lt;= P) H_c[a, b] x_c^a z_c^b</c>, kappa = eta W.
/// </summary>
internal sealed class SeparablePolynomial : ReadoutPolynomial
{
    private readonly int _channels;
    private readonly double _bias;
    private readonly double[][,] _terms; // [channel][power of x, power of z]

    public SeparablePolynomial(LayerExpansion expansion, double[][][] powers, double[] eta)
        : base(powers.Length, expansion.Order)
    {
        LayerDescription layer = expansion.Layer;
        _channels = layer.Channels;
        _terms = new double[_channels][,];
        for (int i = 0; layer.Mixing is { } mixing && i < eta.Length; i++)
        {
            _bias += eta[i] * mixing.Bias(i);
        }

        for (int c = 0; c < _channels; c++)
        {
            double kappa = layer.Mixing is null ? eta[c] : 0;
            for (int i = 0; layer.Mixing is { } mixing && i < eta.Length; i++)
            {
                kappa += eta[i] * mixing.Weight(i, c);
            }

            _terms[c] = Terms(kappa, powers[c], layer.Gate is null ? null : powers[_channels + c]);
        }
    }

    public override double Constant
    {
        get
        {
            double sum = _bias;
            foreach (double[,] terms in _terms)
            {
                sum += terms[0, 0];
            }

            return sum;
        }
    }

    public override double[] Linear()
    {
        var linear = new double[Variables];
        for (int v = 0; v < Variables && Order > 0; v++)
        {
            linear[v] = v < _channels ? _terms[v][1, 0] : _terms[v - _channels][0, 1];
        }

        return linear;
    }

    public override QuadraticForm Quadratic()
    {
        var diagonal = new double[Variables];
        for (int v = 0; v < Variables && Order > 1; v++)
        {
            diagonal[v] = v < _channels ? _terms[v][2, 0] : _terms[v - _channels][0, 2];
        }

        if (Variables == _channels)
        {
            return QuadraticForm.Diagonal(diagonal);
        }

        var full = new double[Variables * Variables];
        for (int v = 0; v < Variables; v++)
        {
            int other = v < _channels ? v + _channels : v - _channels;
            full[(v * Variables) + v] = diagonal[v];
            full[(v * Variables) + other] = Order > 1 ? _terms[v % _channels][1, 1] / 2 : 0;
        }

        return QuadraticForm.Full(Variables, full);
    }

    public override double Coefficient(ReadOnlySpan<Factor> factors)
    {
        if (factors.IsEmpty)
        {
            return Constant;
        }

        int channel = factors[0].Variable % _channels;
        int x = 0;
        int z = 0;
        foreach (Factor factor in factors)
        {
            if (factor.Variable % _channels != channel)
            {
                return 0;
            }

            if (factor.Variable < _channels)
            {
                x += factor.Power;
            }
            else
            {
                z += factor.Power;
            }
        }

        return x + z > Order ? 0 : _terms[channel][x, z];
    }

    public override void Parts(ReadOnlySpan<double> x, Span<double> parts)
    {
        parts.Clear();
        parts[0] = _bias;
        for (int c = 0; c < _channels; c++)
        {
            double first = 1;
            for (int a = 0; a <= Order; a++)
            {
                double both = first;
                for (int b = 0; b <= (Variables == _channels ? 0 : Order - a); b++)
                {
                    parts[a + b] += _terms[c][a, b] * both;
                    both *= Variables == _channels ? 0 : x[_channels + c];
                }

                first *= x[c];
            }
        }
    }

    /// <summary>kappa times the sum over grades j + k up to P of the powers' products.</summary>
    private double[,] Terms(double kappa, double[][] readout, double[][]? gate)
    {
        var terms = new double[Order + 1, Order + 1];
        for (int a = 0; a <= Order; a++)
        {
            for (int b = 0; b <= (gate is null ? 0 : Order - a); b++)
            {
                double sum = 0;
                for (int j = a; j <= Order; j++)
                {
                    for (int k = b; gate is not null && k <= Order - j; k++)
                    {
                        sum += readout[a][j] * gate[b][k];
                    }

                    sum += gate is null ? readout[a][j] : 0;
                }

                terms[a, b] = kappa * sum;
            }
        }

        return terms;
    }
}
