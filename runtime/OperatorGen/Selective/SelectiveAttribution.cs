using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// A score of a selective model, attributed to the samples of the input in two ways.
/// <para>
/// Along the path: integrated gradients along the straight path from the zero input to the input (Sundararajan, Taly and Yan 2017, arXiv:1703.01365). The derivative of
/// each product of a value and a gate is split: the value path holds all gates, the gate path is the rest. The scales of norms are held at those of the input. Both
/// columns together sum to the score less that of the zero input, up to <see cref="Gap"/>, the error of the quadrature.
/// </para>
/// <para>
/// With everything held: the gates, keys, queries, gate streams and norms of the last layer are those of the input, so that its readouts are linear in its values,
/// <c>o_t = sum_tau M[t, tau] v_tau</c>, and the score is an exact sum over time, waves and heads, of what goes past the state, and of what goes past the cells.
/// </para>
/// </summary>
public sealed class SelectiveAttribution
{
    private const int MostPanels = 64;

    /// <summary>The tolerance of the quadrature where no other is given.</summary>
    public const double UsualTolerance = 1e-9;

    private readonly double[] _waves;

    private SelectiveAttribution(OperatorDescription operators, SelectivePass pass, ReadOnlySpan<double> input, int index, int? against, int step, double tolerance)
    {
        var weights = new double[operators.OutputWidth];
        weights[index] = 1;
        if (against is { } other)
        {
            weights[other] -= 1;
        }

        var zero = new double[input.Length];
        (Index, Against, Scores) = (index, against, pass.Scores.AsSpan(step * weights.Length, weights.Length).ToArray());
        (Steps, Score, ZeroScore) = (pass.Steps, Dot(pass, weights, step), Dot(pass.WithScales(zero), weights, step));
        (Value, Gate) = (new double[Steps], new double[Steps]);
        Integrate(pass, input, weights, step, tolerance);

        var last = (SelectiveRecurrence)operators.Layers[^1].Recurrence;
        (Cells, Keys) = (last.Cells, last.Keys);
        _waves = pass.Contributions(weights, step, out double[] direct);
        Direct = Sums(direct, Steps, Cells);
        Beside = HasBeside(operators) ? Score - _waves.Sum() - direct.Sum() : 0;
    }

    /// <summary>All scores, or the outputs of the time step, [output].</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>The score or output that is attributed, from 0.</summary>
    public int Index { get; }

    /// <summary>The score that is subtracted, from 0; null: none.</summary>
    public int? Against { get; }

    /// <summary>The number of time steps.</summary>
    public int Steps { get; }

    /// <summary>The cells of the last layer.</summary>
    public int Cells { get; }

    /// <summary>The keys of a cell of the last layer: its waves.</summary>
    public int Keys { get; }

    /// <summary>The score, or the difference of two.</summary>
    public double Score { get; }

    /// <summary>The same of the zero input, with the norms' scales of the input.</summary>
    public double ZeroScore { get; }

    /// <summary>What each sample adds along the value path, [time].</summary>
    public IReadOnlyList<double> Value { get; }

    /// <summary>What each sample adds along the gate path, [time].</summary>
    public IReadOnlyList<double> Gate { get; }

    /// <summary>The score less that of the zero input, less both columns: the error of the quadrature.</summary>
    public double Gap { get; private set; }

    /// <summary>How many panels of 16 nodes the quadrature has.</summary>
    public int Panels { get; private set; }

    /// <summary>With everything held, what each sample adds past the state of the last layer, [time]: skip and bonus.</summary>
    public IReadOnlyList<double> Direct { get; }

    /// <summary>With everything held, what is neither in the waves nor past the state: the residual stream and the biases; 0 where there is no way past the cells.</summary>
    public double Beside { get; }

    /// <summary>
    /// Why there is no proven bound beside these numbers: the quadrature's error is seen in <see cref="Gap"/>, which is of the sum and not of each column; the exact sum has double
    /// precision.
    /// </summary>
    public static string BoundReason => "no bound of the quadrature is proven for each column: the gap tells the error of their sum";

    /// <summary>With everything held, what the values of one time step add through one wave of the last layer.</summary>
    /// <param name="time">The time step at which the values enter the state.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="key">The key.</param>
    public double Wave(int time, int cell, int key) => _waves[(((time * Cells) + cell) * Keys) + key];

    /// <summary>With everything held, what each time step adds through all waves, [time].</summary>
    public IReadOnlyList<double> ByTime() => Sums(_waves, Steps, Cells * Keys);

    /// <summary>With everything held, what each wave adds, [cell, key].</summary>
    public IReadOnlyList<double> ByWave()
    {
        var sums = new double[Cells * Keys];
        for (int i = 0; i < _waves.Length; i++)
        {
            sums[i % sums.Length] += _waves[i];
        }

        return sums;
    }

    /// <summary>With everything held, what each cell adds through its waves, [cell].</summary>
    public IReadOnlyList<double> ByCell() => Sums([.. ByWave()], Cells, Keys);

    /// <summary>Attributes a score.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="score">The score or output, from 0; null: the greatest, of a model of tokens the greatest of a token.</param>
    /// <param name="against">The score that is subtracted, from 0; null: none.</param>
    /// <param name="step">Of a model without pooling the time step, from 0; null: the last. Unused with pooling.</param>
    /// <param name="tolerance">How small <see cref="Gap"/> is to become, as a share of the columns' size: the sum of all magnitudes. A larger one takes less time.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score or time step, or the tolerance is not above 0.</exception>
    /// <exception cref="InvalidOperationException">A layer is not selective, or has a gated linear unit.</exception>
    public static SelectiveAttribution Of(OperatorDescription operators, ReadOnlySpan<double> input, int? score = null, int? against = null, int? step = null, double tolerance = UsualTolerance)
    {
        ArgumentNullException.ThrowIfNull(operators);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance);
        var pass = new SelectivePass(operators, input);
        int count = operators.OutputWidth, row = operators.Pooled ? 0 : Checked(step ?? (pass.Steps - 1), pass.Steps, nameof(step));
        int index = score is { } given ? Checked(given, count, nameof(score)) : Enumerable.Range(0, operators.Vocabulary ?? count).MaxBy(i => pass.Scores[(row * count) + i]);
        return new SelectiveAttribution(operators, pass, input, index, against is { } other ? Checked(other, count, nameof(against)) : null, row, tolerance);
    }

    /// <summary>Attributes a score of an input in single precision.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="score">The score or output, from 0; null: the greatest.</param>
    /// <param name="against">The score that is subtracted, from 0; null: none.</param>
    /// <param name="step">Of a model without pooling the time step, from 0; null: the last. Unused with pooling.</param>
    /// <param name="tolerance">How small <see cref="Gap"/> is to become, as a share of the columns' size: the sum of all magnitudes. A larger one takes less time.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score or time step, or the tolerance is not above 0.</exception>
    /// <exception cref="InvalidOperationException">A layer is not selective, or has a gated linear unit.</exception>
    public static SelectiveAttribution Of(OperatorDescription operators, ReadOnlySpan<float> input, int? score, int? against, int? step, double tolerance = UsualTolerance) =>
        Of(operators, Widening.Of(input), score, against, step, tolerance);

    /// <summary>Whether a score has a part that no readout of the last layer is a factor of: a stream past the cells, a bias, a mean of a norm, or the value of a curved function.</summary>
    private static bool HasBeside(OperatorDescription operators)
    {
        LayerDescription last = operators.Layers[^1];
        return last.Residual || last.FeedForward is not null || last.Side is not null || last.Mixing is { HasBias: true } || operators.Head is { HasBias: true } || !last.Decoder.Equals(DecoderFunctions.Identity)
            || new[] { last.DecoderNorm, last.PostNorm }.Any(norm => norm is not (null or RmsNormDescription));
    }

    private static int Checked(int index, int count, string name) =>
        (uint)index < (uint)count ? index : throw new ArgumentOutOfRangeException(name, $"{index} is not among the {count} that there are, from 0.");

    private static double Dot(SelectivePass pass, double[] weights, int step)
    {
        double sum = 0;
        int row = pass.Scores.Length == weights.Length ? 0 : step * weights.Length;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * pass.Scores[row + i];
        }

        return sum;
    }

    private static double[] Sums(double[] numbers, int rows, int width)
    {
        var sums = new double[rows];
        for (int i = 0; i < numbers.Length; i++)
        {
            sums[i / width] += numbers[i];
        }

        return sums;
    }

    /// <summary>Gauss-Legendre rules on panels of the path, halved until both columns sum to the score.</summary>
    private void Integrate(SelectivePass pass, ReadOnlySpan<double> input, double[] weights, int step, double tolerance)
    {
        double[] value = (double[])Value, gate = (double[])Gate;
        int width = input.Length / Steps;
        var point = new double[input.Length];
        double change = Score - ZeroScore;
        for (Panels = 1; ; Panels *= 2)
        {
            Array.Clear(value);
            Array.Clear(gate);
            for (int n = 0; n < Panels * GaussRule.Count; n++)
            {
                double at = ((n / GaussRule.Count) + GaussRule.Nodes[n % GaussRule.Count]) / Panels, weight = GaussRule.Weights[n % GaussRule.Count] / Panels;
                for (int i = 0; i < point.Length; i++)
                {
                    point[i] = at * input[i];
                }

                SelectivePass here = pass.WithScales(point);
                double[] held = here.InputDerivative(weights, step, valuesOnly: true), all = here.InputDerivative(weights, step, valuesOnly: false);
                for (int i = 0; i < point.Length; i++)
                {
                    value[i / width] += weight * input[i] * held[i];
                    gate[i / width] += weight * input[i] * (all[i] - held[i]);
                }
            }

            Gap = change - value.Sum() - gate.Sum();
            if (Math.Abs(Gap) <= tolerance * Math.Max(Math.Abs(change), value.Sum(Math.Abs) + gate.Sum(Math.Abs)) || Panels >= MostPanels)
            {
                return;
            }
        }
    }
}
