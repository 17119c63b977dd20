using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// A score of a layer without gates as a polynomial in oscillators. Readout h has the coefficient a_h of o_h^k, o_h = sum_n Re(c_hn s_n) + d_h, so a product of k oscillators with a
/// choice of conjugates has the weight
/// <code>
/// share k! / (k_1! k_2! ...) sum_h a_h prod_n c_hn^k_n, conjugated as the choice says
/// </code>
/// share being the part of all choices that this one and its conjugate are (<see cref="InteractionWave.Share"/>). Readouts cancel: a weight that is not above its rounding is 0.
/// </summary>
internal sealed class OscillatorProducts
{
    private const double Unit = 1.0 / (1L << 53);

    private readonly ModeBank _bank;
    private readonly SharedLayout _layout;
    private readonly bool[] _isReal;           // [oscillator]
    private readonly ComplexNumber[][] _reads; // [oscillator][readout]
    private readonly int[][] _readBy;          // [oscillator]: the readouts with a weight
    private readonly ConcurrentDictionary<string, ConjugateChoices> _choices = new(StringComparer.Ordinal);

    public OscillatorProducts(ModeBank bank, SharedLayout layout)
    {
        _bank = bank;
        _layout = layout;
        _isReal = [.. Enumerable.Range(0, bank.ModeCount).Select(m => bank.Eigenvalue(m).Im == 0 && Enumerable.Range(0, bank.Inputs).All(i => bank.Drive(m, i).Im == 0))];
        _reads = [.. Enumerable.Range(0, bank.ModeCount).Select(m => Enumerable.Range(0, bank.Readouts).Select(h => _isReal[m] ? bank[h, m].Weight.Re : bank[h, m].Weight).ToArray())];
        _readBy = [.. _reads.Select(reads => Enumerable.Range(0, reads.Length).Where(h => reads[h] != ComplexNumber.Zero).ToArray())];
    }

    /// <summary>Takes a product of oscillators.</summary>
    /// <param name="waves">The canonical indices of the factors, ascending; to be copied where they are kept.</param>
    /// <param name="choices">The choices of conjugates.</param>
    /// <param name="weights">The weight of each choice; 0 where readouts cancel.</param>
    /// <returns>False to end the visit.</returns>
    public delegate bool Visitor(int[] waves, ConjugateChoices choices, ReadOnlySpan<ComplexNumber> weights);

    /// <summary>Why a layer's products of three oscillators and more are not told apart; null where they are.</summary>
    public static string? Obstacle(LayerDescription layer) =>
        layer.Bank is not { IsShared: true } bank ? "its modes belong to one channel each"
        : layer.Gates > 0 ? "it has gates, in which all readouts meet"
        : bank.Blocks.Count > 0 ? "modes of a block are no oscillators"
        : null;

    /// <summary>Whether a factor, an oscillator or a skip, is a real number at every step.</summary>
    public bool IsReal(int wave) => wave >= _layout.Modes || _isReal[wave];

    /// <summary>How many products of an order there are, conjugates counted.</summary>
    public BigInteger Count(int order)
    {
        int variables = _isReal.Sum(real => real ? 1 : 2);
        BigInteger oscillators = LayerWaves.Multisets(variables, order);
        return oscillators + ((_layout.Count - _layout.Modes) * (LayerWaves.Multisets(variables + 1, order) - oscillators));
    }

    /// <summary>Goes through all products of an order that have a weight; false where the budget came to an end before, or the visitor ended the visit.</summary>
    public bool Visit(ReadoutPolynomial polynomial, int order, WorkBudget budget, Visitor visitor)
    {
        var visit = new ProductVisit(this, Coefficients(polynomial, order), budget, visitor);
        int[] readouts = visit.Readouts();
        if (readouts.Length > 0 && !visit.Choose(new int[order], 0, order, readouts, []))
        {
            return false;
        }

        for (int skip = _layout.Modes; skip < _layout.Count; skip++)
        {
            int readout = _layout.Readout(skip);
            for (int power = 1; power <= order && Array.IndexOf(readouts, readout) >= 0; power++)
            {
                if (!visit.Choose(new int[order], 0, order - power, [readout], [.. Enumerable.Repeat(skip, power)]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The weights of one product.</summary>
    public ComplexNumber[] Weights(ReadoutPolynomial polynomial, int[] waves, out ConjugateChoices choices)
    {
        double[] coefficients = Coefficients(polynomial, waves.Length);
        int[] readouts = [.. Enumerable.Range(0, _bank.Readouts).Where(h => coefficients[h] != 0)];
        readouts = waves[^1] >= _layout.Modes ? [_layout.Readout(waves[^1])] : waves.Aggregate(readouts, (left, wave) => [.. left.Intersect(_readBy[wave])]);
        choices = Choices(waves);
        return Weights(coefficients, waves, readouts, choices);
    }

    /// <summary>A product as it is listed.</summary>
    /// <param name="waves">The factors.</param>
    /// <param name="factors">The same.</param>
    /// <param name="signs">The choice.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="contribution">What it adds; null without an input.</param>
    public OscillatorProduct Product(int[] waves, IReadOnlyList<WaveFactor> factors, string signs, ComplexNumber weight, double? contribution)
    {
        ComplexNumber? eigenvalue = waves[^1] >= _layout.Modes ? null : ComplexNumber.One;
        for (int i = 0; i < waves.Length && eigenvalue is { } product; i++)
        {
            ComplexNumber own = _bank.Eigenvalue(waves[i]);
            eigenvalue = product * (signs[i] == '-' ? own.Conjugate() : own);
        }

        return new OscillatorProduct(factors, signs, weight, eigenvalue, contribution) { Resonance = Resonance(waves, signs) is { Length: > 0 } text ? text : null };
    }

    /// <summary>See <see cref="Resonances.Of"/>; null where a factor is instantaneous.</summary>
    public string? Resonance(int[] waves, string signs)
    {
        if (waves[^1] >= _layout.Modes)
        {
            return null;
        }

        Span<double> phases = stackalloc double[waves.Length];
        for (int i = 0; i < phases.Length; i++)
        {
            phases[i] = _bank.Eigenvalue(waves[i]).Phase * (signs[i] == '-' ? -1 : 1);
        }

        return Resonances.Of(phases);
    }

    private static double[] Coefficients(ReadoutPolynomial polynomial, int order) =>
        [.. Enumerable.Range(0, polynomial.Variables).Select(h => polynomial.Coefficient([new Factor(h, order)]))];

    private ComplexNumber[] Weights(double[] coefficients, int[] waves, int[] readouts, ConjugateChoices choices)
    {
        var weights = new ComplexNumber[choices.Count];
        double size = 0;
        foreach (int h in readouts)
        {
            double magnitude = Math.Abs(coefficients[h]);
            for (int i = 0; i < waves.Length && waves[i] < _layout.Modes; i++)
            {
                magnitude *= _reads[waves[i]][h].Magnitude;
            }

            size += magnitude;
            for (int p = 0; p < weights.Length; p++)
            {
                ComplexNumber product = coefficients[h];
                for (int i = 0; i < waves.Length && waves[i] < _layout.Modes; i++)
                {
                    ComplexNumber c = _reads[waves[i]][h];
                    product *= choices.Signs[p][i] == '-' ? c.Conjugate() : c;
                }

                weights[p] += product;
            }
        }

        // A part is a product of so many complex numbers, each within 2^-53 times the root of 5; the sum has one rounding per part.
        double rounding = ((3 * waves.Length) + (2 * readouts.Length)) * Unit * size;
        for (int p = 0; p < weights.Length; p++)
        {
            weights[p] = weights[p].Magnitude <= rounding ? ComplexNumber.Zero : choices.Factor(p) * weights[p];
        }

        return weights;
    }

    // The choices depend on which factors are equal, and which are real.
    private ConjugateChoices Choices(int[] waves)
    {
        Span<char> code = stackalloc char[waves.Length];
        for (int i = 0; i < code.Length; i++)
        {
            bool again = i > 0 && waves[i] == waves[i - 1];
            code[i] = IsReal(waves[i]) ? again ? 'R' : 'r' : again ? 'C' : 'c';
        }

        return _choices.GetOrAdd(code.ToString(), ConjugateChoices.Of);
    }

    /// <summary>One visit: factors are chosen one after another, as long as some readout with a coefficient reads all of them.</summary>
    private sealed class ProductVisit(OscillatorProducts products, double[] coefficients, WorkBudget budget, Visitor visitor)
    {
        /// <summary>The readouts with a coefficient.</summary>
        public int[] Readouts() => [.. Enumerable.Range(0, products._bank.Readouts).Where(h => coefficients[h] != 0)];

        /// <summary>Chooses the oscillators from a place on, of which none is before the one at the place before; the skips follow them.</summary>
        /// <param name="waves">The factors.</param>
        /// <param name="place">The place that is chosen.</param>
        /// <param name="oscillators">How many oscillators there are.</param>
        /// <param name="readouts">The readouts that read all factors so far.</param>
        /// <param name="skips">The factors behind the oscillators.</param>
        /// <returns>False where the budget or the visitor ended the visit.</returns>
        public bool Choose(int[] waves, int place, int oscillators, int[] readouts, int[] skips)
        {
            if (place == oscillators)
            {
                skips.CopyTo(waves, place);
                return Found(waves, readouts);
            }

            for (int mode = place == 0 ? 0 : waves[place - 1]; mode < products._layout.Modes; mode++)
            {
                int[] read = Common(readouts, products._reads[mode]);
                waves[place] = mode;
                if (!budget.Spend(readouts.Length) || (read.Length > 0 && !Choose(waves, place + 1, oscillators, read, skips)))
                {
                    return false;
                }
            }

            return true;
        }

        private bool Found(int[] waves, int[] readouts)
        {
            ConjugateChoices choices = products.Choices(waves);
            if (!budget.Spend(8L * readouts.Length * choices.Count * waves.Length))
            {
                return false;
            }

            ComplexNumber[] weights = products.Weights(coefficients, waves, readouts, choices);
            return !Array.Exists(weights, weight => weight != ComplexNumber.Zero) || visitor(waves, choices, weights);
        }

        private static int[] Common(int[] readouts, ComplexNumber[] reads) => Array.TrueForAll(readouts, h => reads[h] != ComplexNumber.Zero) ? readouts : Array.FindAll(readouts, h => reads[h] != ComplexNumber.Zero);
    }
}

/// <summary>The choices of conjugates of a product, up to conjugating all.</summary>
internal sealed class ConjugateChoices
{
    private readonly double[] _factors;
    private readonly int[] _monomials;

    private ConjugateChoices(string[] signs, double[] factors, int[] monomials) => (Signs, _factors, _monomials) = (signs, factors, monomials);

    public int Count => Signs.Length;

    /// <summary>A sign per factor, [choice].</summary>
    public string[] Signs { get; }

    /// <summary>The share of a choice times the multinomial coefficient of the product.</summary>
    public double Factor(int choice) => _factors[choice];

    /// <summary>How many monomials a choice stands for: two, or one that is its own conjugate.</summary>
    public int Monomials(int choice) => _monomials[choice];

    /// <summary>The choices.</summary>
    /// <param name="code">A letter per factor: r real, c complex; large where it is the same as the one before.</param>
    public static ConjugateChoices Of(string code)
    {
        var factors = new List<(ComplexNumber Eigenvalue, int Power)>();
        double multinomial = 1;
        for (int i = 0; i < code.Length; i++)
        {
            bool again = char.IsUpper(code[i]);
            factors = again ? [.. factors[..^1], (factors[^1].Eigenvalue, factors[^1].Power + 1)] : [.. factors, (code[i] == 'r' ? ComplexNumber.One : new ComplexNumber(0, 1), 1)];
            multinomial = multinomial * (i + 1) / factors[^1].Power;
        }

        IReadOnlyList<InteractionWave> waves = InteractionWave.Of(factors);
        return new ConjugateChoices([.. waves.Select(wave => wave.Signs)], [.. waves.Select(wave => wave.Share * multinomial)], [.. waves.Select(wave => IsItsConjugate(factors, wave.Signs) ? 1 : 2)]);
    }

    private static bool IsItsConjugate(List<(ComplexNumber Eigenvalue, int Power)> factors, string signs)
    {
        int at = 0;
        foreach ((ComplexNumber eigenvalue, int power) in factors)
        {
            int conjugated = signs.AsSpan(at, power).Count('-');
            at += power;
            if (eigenvalue.Im != 0 && 2 * conjugated != power)
            {
                return false;
            }
        }

        return true;
    }
}
