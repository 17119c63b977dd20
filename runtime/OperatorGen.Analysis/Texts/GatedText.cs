using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The terms of one output of a layer with a gate as text: single waves and pairs of waves of all channels, those with the greatest |coefficient| times reach. An argument z of
/// a gate stream, which has no reach, counts as 1.
/// </summary>
internal sealed class GatedText(OperatorDescription operators, int index)
{
    // What does not decay has no size: a great one, so that coefficients tell such terms apart.
    private const double Greatest = 1e15;

    private readonly LayerDescription _layer = operators.Layers[index];
    private readonly ModeBank _bank = operators.Layers[index].Bank!;

    /// <summary>A heading and the strongest terms of the output with the greatest weight, that of what reads it times that of what it is mixed of.</summary>
    /// <param name="top">How many terms.</param>
    public IEnumerable<string> Lines(int top)
    {
        double[] weights = ChannelRanking.OutputWeights(operators, index);
        int output = Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i] * Mixed(i)).ThenBy(i => i).First();
        var eta = new double[_layer.OutputWidth];
        eta[output] = 1;
        ReadoutPolynomial polynomial = LocalPolynomial.About0(operators.Expansion!.Layers[index]).For(eta);
        Summand[][] summands = [.. Enumerable.Range(0, polynomial.Variables).Select(v => Summands(v, top))];
        yield return $"output {NumberText.Format(output)} after the gate (weight {PlainText.Number(weights[output])}); w(c,n): wave n of channel c, d(c): its skip, z(c): its gate argument:";
        foreach (Candidate term in Singles(polynomial, summands).Concat(Pairs(polynomial, summands, top)).OrderByDescending(term => term.Strength).ThenBy(term => term.Order).Take(top))
        {
            IReadOnlyList<InteractionWave> waves = term.Second is { } second ? Waves(term.First, second) : [];
            yield return $"  {PlainText.Number(term.Coefficient)} {Product(term)}{(waves.Count > 0 ? ": " + InteractionText.Of(waves) : "")}";
        }
    }

    // The weights that the output's value is mixed with, as one number.
    private double Mixed(int output)
    {
        double sum = 0;
        foreach (double weight in _layer.Mixing is { } mixing ? mixing.Row(output) : [1.0])
        {
            sum += weight * weight;
        }

        return Math.Sqrt(sum);
    }

    private static IEnumerable<Candidate> Singles(ReadoutPolynomial polynomial, Summand[][] summands)
    {
        double[] linear = polynomial.Linear();
        return summands.SelectMany((waves, v) => waves.Select(wave => new Candidate(wave, null, linear[v])));
    }

    /// <summary>Pairs of readouts by their strongest pair of waves; the strongest pairs of waves are among those of the first ones.</summary>
    private static IEnumerable<Candidate> Pairs(ReadoutPolynomial polynomial, Summand[][] summands, int top)
    {
        if (polynomial.Order < 2)
        {
            return [];
        }

        QuadraticForm form = polynomial.Quadratic();
        var readouts = new List<(int A, int B, double Strength)>();
        for (int a = 0; a < summands.Length; a++)
        {
            for (int b = a; b < (form.IsDiagonal ? a + 1 : summands.Length); b++)
            {
                readouts.Add((a, b, Math.Abs(form[a, b]) * (a == b ? 1 : 2) * summands[a][0].Size * summands[b][0].Size));
            }
        }

        return readouts.OrderByDescending(pair => pair.Strength).Take(2 * top).SelectMany(pair => summands[pair.A].SelectMany((first, i) =>
            summands[pair.B].Where((second, j) => pair.A != pair.B || j >= i)
                .Select(second => Pair(first, second, pair.A == pair.B, form[pair.A, pair.B]))));
    }

    /// <summary>A pair; of one readout the wave of the lower number comes first, the skip last.</summary>
    private static Candidate Pair(Summand first, Summand second, bool ofOneReadout, double coefficient) =>
        first == second ? new Candidate(first, second, coefficient)
        : ofOneReadout && second.Mode >= 0 && (first.Mode < 0 || second.Mode < first.Mode) ? new Candidate(second, first, 2 * coefficient)
        : new Candidate(first, second, 2 * coefficient);

    private Summand[] Summands(int variable, int top)
    {
        if (variable >= _layer.Channels)
        {
            return [new Summand($"z({NumberText.Format(variable - _layer.Channels)})", -1, 1)];
        }

        IEnumerable<Summand> waves = Enumerable.Range(0, _bank.WavesPerReadout)
            .Select(n => new Summand($"w({NumberText.Format(variable)},{NumberText.Format(n)})", _bank.ModeOf(variable, n), Math.Min(_bank.WaveReach(variable, n), Greatest)));
        IEnumerable<Summand> skip = _bank.HasSkip ? [new Summand($"d({NumberText.Format(variable)})", -1, Math.Abs(_bank.Skip(variable)))] : [];
        return [.. waves.Concat(skip).OrderByDescending(summand => summand.Size).Take(Math.Max(top, 1))];
    }

    private IReadOnlyList<InteractionWave> Waves(Summand first, Summand second) =>
        WaveProducts.Of(_bank, first == second ? [(first.Mode, 2)] : [(first.Mode, 1), (second.Mode, 1)]);

    private static string Product(Candidate term) =>
        term.Second is not { } second ? term.First.Name : second == term.First ? term.First.Name + "^2" : $"{term.First.Name} {second.Name}";

    /// <summary>A wave, a skip or a gate argument. Mode: -1 where it is no mode.</summary>
    private sealed record Summand(string Name, int Mode, double Size);

    private sealed record Candidate(Summand First, Summand? Second, double Coefficient)
    {
        public int Order => Second is null ? 1 : 2;

        public double Strength => Math.Abs(Coefficient) * First.Size * (Second?.Size ?? 1);
    }
}
