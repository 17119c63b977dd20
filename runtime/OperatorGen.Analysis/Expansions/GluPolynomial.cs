using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A functional of a layer with a gated linear unit. With D_c = sum_(k >= 1) x_c^k F_ck, the value half A_0 + sum_c W_c E_c and the gate
/// half, whose polynomial about its value at the point is sum_r Q_r y^r, an output is
/// <code>
/// r = (A_0 + sum_c W_c E_c) sum_r Q_r (sum_c W'_c D_c)^r,   truncated after grade P
/// </code>
/// E_c is D_c; or, where the value is mixed of the readouts themselves, the same of the identity.
/// so that every coefficient is a product of what belongs to the channels and what belongs to the output.
/// </summary>
internal sealed partial class GluPolynomial : ReadoutPolynomial
{
    private readonly LinearDescription _mixing;
    private readonly int _outputs;
    private readonly double[][][] _powers; // F, [channel][power][grade]
    private readonly double[][][] _valuePowers; // F of the value's functions; the same object where they are the readouts'
    private readonly double[] _eta;        // [output]
    private readonly double[][] _values;   // A_0, [output][grade]
    private readonly double[][][] _gates;  // Q, [output][power of the gate argument][grade]
    private double? _constant;
    private double[]? _linear;
    private QuadraticForm? _quadratic;

    public GluPolynomial(LayerExpansion expansion, double[][][] powers, double[][][] valuePowers, double[] eta)
        : base(powers.Length, expansion.Order)
    {
        _mixing = expansion.Layer.Mixing!;
        _outputs = expansion.Layer.OutputWidth;
        _powers = powers;
        _valuePowers = valuePowers;
        _eta = eta;
        _values = new double[_outputs][];
        _gates = new double[_outputs][][];
        for (int i = 0; i < _outputs; i++)
        {
            _values[i] = AtPoint(i, valuePowers);
            _values[i][0] += _mixing.Bias(i);
            double[] gate = AtPoint(_outputs + i, powers);
            gate[0] = 0;
            _gates[i] = Derivatives(expansion.GatePowers(i), gate);
        }
    }

    public override double Constant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _outputs; i++)
            {
                sum += _eta[i] * GradedSeries.Sum(Product(_values[i], _gates[i][0]));
            }

            return sum;
        }
    }

    public override double[] Linear()
    {
        var linear = new double[Variables];
        for (int i = 0; i < _outputs && Order > 0; i++)
        {
            double[] value = UpTo(_gates[i][0]);
            double[] gate = UpTo(Product(_values[i], _gates[i][1]));
            for (int c = 0; c < Variables; c++)
            {
                linear[c] += _eta[i] * ((_mixing.Weight(i, c) * Truncated(_valuePowers[c][1], value)) + (_mixing.Weight(_outputs + i, c) * Truncated(_powers[c][1], gate)));
            }
        }

        return linear;
    }

    public override QuadraticForm Quadratic() => _quadratic ??= MakeQuadratic();

    private QuadraticForm MakeQuadratic()
    {
        var form = new double[Variables * Variables];
        for (int n = 2; n <= Order; n++)
        {
            (double[] mixed, double[] gated) = OutputParts(Order - n);
            for (int c = 0; c < Variables; c++)
            {
                for (int d = 0; d < Variables; d++)
                {
                    int at = (c * Variables) + d;
                    double value = Pair(_valuePowers[c][1], _powers[d][1], n);
                    form[at] += value * mixed[at] / 2;
                    form[(d * Variables) + c] += value * mixed[at] / 2;
                    form[at] += (ReferenceEquals(_valuePowers, _powers) ? value : Pair(_powers[c][1], _powers[d][1], n)) * gated[at];
                }
            }
        }

        for (int i = 0; i < _outputs && Order > 1; i++)
        {
            double[] value = UpTo(_gates[i][0]);
            double[] gate = UpTo(Product(_values[i], _gates[i][1]));
            for (int c = 0; c < Variables; c++)
            {
                form[(c * Variables) + c] += _eta[i] * ((_mixing.Weight(i, c) * Truncated(_valuePowers[c][2], value)) + (_mixing.Weight(_outputs + i, c) * Truncated(_powers[c][2], gate)));
            }
        }

        return QuadraticForm.Full(Variables, form);
    }

    /// <summary>The part of grade n of a product of two series without grade 0.</summary>
    private static double Pair(double[] a, double[] b, int n)
    {
        double pair = 0;
        for (int k = 1; k < n; k++)
        {
            pair += a[k] * b[n - k];
        }

        return pair;
    }

    /// <summary>
    /// What the outputs contribute to a pair of channels up to a grade, [channel, channel]: <c>sum_i eta_i W_ic W'_id Q_1</c> to a value and a gate,
    /// <c>sum_i eta_i W'_ic W'_id A_0 Q_2</c> to two gates.
    /// </summary>
    private (double[] Mixed, double[] Gated) OutputParts(int grade)
    {
        var mixed = new double[Variables * Variables];
        var gated = new double[Variables * Variables];
        for (int i = 0; i < _outputs; i++)
        {
            double first = _eta[i] * UpTo(_gates[i][1])[grade];
            double second = _eta[i] * UpTo(Product(_values[i], _gates[i][2]))[grade];
            ReadOnlySpan<double> value = _mixing.Row(i);
            ReadOnlySpan<double> gate = _mixing.Row(_outputs + i);
            for (int c = 0; c < Variables; c++)
            {
                Add(mixed.AsSpan(c * Variables, Variables), first * value[c], gate);
                Add(gated.AsSpan(c * Variables, Variables), second * gate[c], gate);
            }
        }

        return (mixed, gated);
    }

    private static void Add(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        for (int d = 0; factor != 0 && d < target.Length; d++)
        {
            target[d] += factor * source[d];
        }
    }

    /// <summary>The grades of a row of the mixing at the point, without bias.</summary>
    private double[] AtPoint(int row, double[][][] powers)
    {
        var grades = new double[Order + 1];
        for (int c = 0; c < Variables; c++)
        {
            for (int j = 0; j <= Order; j++)
            {
                grades[j] += _mixing.Weight(row, c) * powers[c][0][j];
            }
        }

        return grades;
    }

    /// <summary>Q_r = sum_(k >= r) C(k, r) q_k y^(k - r), where y is the gate argument at the point less its centre.</summary>
    private double[][] Derivatives(ReadOnlySpan<double> q, double[] y)
    {
        var derivatives = new double[Order + 1][];
        double[] coefficients = q.ToArray();
        for (int r = 0; r <= Order; r++)
        {
            derivatives[r] = new double[Order + 1];
            if (coefficients.Length > 0)
            {
                GradedSeries.Compose(coefficients, y, derivatives[r]);
            }

            // The coefficients of the next derivative over (r + 1)!: C(k, r + 1) q_k = C(k, r) q_k (k - r) / (r + 1).
            var next = new double[Math.Max(coefficients.Length - 1, 0)];
            for (int k = 0; k < next.Length; k++)
            {
                next[k] = coefficients[k + 1] * (k + 1) / (r + 1);
            }

            coefficients = next;
        }

        return derivatives;
    }

    private double[] Product(double[] a, double[] b)
    {
        var product = new double[Order + 1];
        GradedSeries.Multiply(a, b, product);
        return product;
    }

    /// <summary>Entry g is the sum of the grades 0 to g.</summary>
    private static double[] UpTo(double[] grades)
    {
        var sums = new double[grades.Length];
        double sum = 0;
        for (int g = 0; g < sums.Length; g++)
        {
            sum += grades[g];
            sums[g] = sum;
        }

        return sums;
    }

    /// <summary>The sum of all grades up to P of a product, one factor given by its sums up to each grade.</summary>
    private static double Truncated(double[] grades, double[] sums)
    {
        double sum = 0;
        for (int g = 0; g < grades.Length; g++)
        {
            sum += grades[g] * sums[grades.Length - 1 - g];
        }

        return sum;
    }
}
