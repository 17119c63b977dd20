using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <content>
/// Single coefficients. With D_c^(s)[k] the part of x^k in D_c^s, the monomial of powers k_l of channels l has
/// <code>
/// sum_s (prod_l D_l^(s_l)[k_l] multinomial(s) prod_l W'_l^s_l A_0 Q_|s| + sum_l prod_l (D or E)_l^(s_l)[k_l] multinomial(s - e_l) W_l prod W'^(s - e_l) Q_(|s| - 1))
/// </code>
/// over all s with 1 &lt;= s_l &lt;= k_l: how often each channel was drawn from the product; E_l^(s) is the part of x^k in E_l D_l^(s - 1), where the value was drawn once.
/// </content>
internal sealed partial class GluPolynomial
{
    public override double Coefficient(ReadOnlySpan<Factor> factors)
    {
        if (factors.IsEmpty)
        {
            return Constant;
        }

        int degree = 0;
        var draws = new double[factors.Length][][]; // [factor][s][grade], s = 1..k
        var valueDraws = new double[factors.Length][][];
        for (int l = 0; l < factors.Length; l++)
        {
            degree += factors[l].Power;
            if (degree > Order)
            {
                return 0;
            }

            double[][] powers = _powers[factors[l].Variable];
            double[][] values = _valuePowers[factors[l].Variable];
            draws[l] = Draws(powers, powers, factors[l].Power);
            valueDraws[l] = ReferenceEquals(values, powers) ? draws[l] : Draws(values, powers, factors[l].Power);
        }

        double sum = 0;
        var s = new int[factors.Length];
        for (int l = 0; l < s.Length; l++)
        {
            s[l] = 1;
        }

        while (true)
        {
            (double[] gated, double[][] valued) = Outputs(factors, s);
            sum += GradedSeries.Sum(Product(Channels(draws, draws, -1, s), gated));
            for (int l = 0; l < s.Length; l++)
            {
                sum += GradedSeries.Sum(Product(Channels(draws, valueDraws, l, s), valued[l]));
            }

            int next = 0;
            while (next < s.Length && s[next] == factors[next].Power)
            {
                s[next++] = 1;
            }

            if (next == s.Length)
            {
                return sum;
            }

            s[next]++;
        }
    }

    /// <summary>The product over the channels of what was drawn; the value was drawn of one of them, or of none: -1.</summary>
    private double[] Channels(double[][][] draws, double[][][] valueDraws, int value, int[] s)
    {
        double[] product = (value == 0 ? valueDraws : draws)[0][s[0]];
        for (int l = 1; l < s.Length; l++)
        {
            product = Product(product, (value == l ? valueDraws : draws)[l][s[l]]);
        }

        return product;
    }

    /// <summary>The part of x^k in first D^(s - 1) for s = 1..k; entry 0 is unused.</summary>
    private double[][] Draws(double[][] first, double[][] powers, int k)
    {
        // current[j]: the part of x^j in first D^(s - 1).
        double[][] current = new double[k + 1][];
        for (int j = 0; j <= k; j++)
        {
            current[j] = j == 0 ? new double[Order + 1] : first[j];
        }

        var draws = new double[k + 1][];
        draws[0] = [];
        for (int s = 1; s <= k; s++)
        {
            draws[s] = current[k];
            var next = new double[k + 1][];
            for (int j = 0; j <= k; j++)
            {
                next[j] = new double[Order + 1];
                for (int i = 1; i < j; i++)
                {
                    double[] product = Product(powers[i], current[j - i]);
                    for (int g = 0; g <= Order; g++)
                    {
                        next[j][g] += product[g];
                    }
                }
            }

            current = next;
        }

        return draws;
    }

    /// <summary>What belongs to the outputs, summed with the functional's weights: without the value drawn, and with it drawn of each factor.</summary>
    private (double[] Gated, double[][] Valued) Outputs(ReadOnlySpan<Factor> factors, int[] s)
    {
        int total = 0;
        double multinomial = 1;
        foreach (int count in s)
        {
            for (int j = 1; j <= count; j++)
            {
                total++;
                multinomial *= (double)total / j;
            }
        }

        var gated = new double[Order + 1];
        double[][] valued = [.. s.Select(_ => new double[Order + 1])];
        for (int i = 0; i < _outputs; i++)
        {
            double gates = multinomial;
            for (int l = 0; l < s.Length; l++)
            {
                gates *= Power(GateWeight(i, factors[l]), s[l]);
            }

            Add(gated, _eta[i] * gates, Product(_values[i], _gates[i][total]));
            for (int l = 0; l < s.Length; l++)
            {
                // multinomial(s - e_l) = multinomial(s) s_l / |s|.
                double drawn = multinomial * s[l] / total * _mixing.Weight(i, factors[l].Variable);
                for (int m = 0; m < s.Length; m++)
                {
                    drawn *= Power(GateWeight(i, factors[m]), m == l ? s[m] - 1 : s[m]);
                }

                Add(valued[l], _eta[i] * drawn, _gates[i][total - 1]);
            }
        }

        return (gated, valued);
    }

    private double GateWeight(int output, Factor factor) => _mixing.Weight(_outputs + output, factor.Variable);

    private static double Power(double x, int power)
    {
        double product = 1;
        for (int k = 0; k < power; k++)
        {
            product *= x;
        }

        return product;
    }
}
