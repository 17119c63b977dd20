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

    /// <summary>Goes through all products of an order that have a weight; false where the work, in products of numbers, came to an end before.</summary>
    public bool Visit(ReadoutPolynomial polynomial, int order, ref long work, Visitor visitor)
    {
        double[] coefficients = Coefficients(polynomial, order);
        int[] all = [.. Enumerable.Range(0, _layout.Modes)];
        if (!Visit(coefficients, all, order, [], ref work, visitor))
        {
            return false;
        }

        for (int skip = _layout.Modes; skip < _layout.Count; skip++)
        {
            int readout = _layout.Readout(skip);
            int[] read = [.. all.Where(m => _reads[m][readout] != ComplexNumber.Zero)];
            for (int power = 1; power <= order; power++)
            {
                if (!Visit(coefficients, read, order - power, [.. Enumerable.Repeat(skip, power)], ref work, visitor))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The weights of one product.</summary>
    public ComplexNumber[] Weights(ReadoutPolynomial polynomial, int[] waves, out ConjugateChoices choices) => Weights(Coefficients(polynomial, waves.Length), waves, out choices, out _);

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
            eigenvalue = product * (signs[i] == '-' ? new ComplexNumber(own.Re, -own.Im) : own);
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

    // All multisets of so many of the oscillators, followed by the skips.
    private bool Visit(double[] coefficients, int[] oscillators, int size, int[] skips, ref long work, Visitor visitor)
    {
        if (oscillators.Length == 0 && size > 0)
        {
            return true;
        }

        var places = new int[size];
        var waves = new int[size + skips.Length];
        skips.CopyTo(waves, size);
        while (true)
        {
            for (int i = 0; i < size; i++)
            {
                waves[i] = oscillators[places[i]];
            }

            ComplexNumber[] weights = Weights(coefficients, waves, out ConjugateChoices choices, out int products);
            work -= products;
            if (work <= 0 || (Array.Exists(weights, weight => weight != ComplexNumber.Zero) && !visitor(waves, choices, weights)))
            {
                return false;
            }

            int last = Array.FindLastIndex(places, place => place < oscillators.Length - 1);
            if (last < 0)
            {
                return true;
            }

            Array.Fill(places, places[last] + 1, last, size - last);
        }
    }

    private ComplexNumber[] Weights(double[] coefficients, int[] waves, out ConjugateChoices choices, out int products)
    {
        choices = Choices(waves);
        var weights = new ComplexNumber[choices.Count];
        double size = 0;
        int parts = 0;
        int[] readouts = waves[^1] >= _layout.Modes ? [_layout.Readout(waves[^1])] : waves.Select(wave => _readBy[wave]).MinBy(read => read.Length)!;
        foreach (int h in readouts)
        {
            double magnitude = Math.Abs(coefficients[h]);
            for (int i = 0; i < waves.Length && magnitude > 0; i++)
            {
                magnitude *= waves[i] < _layout.Modes ? _reads[waves[i]][h].Magnitude : 1;
            }

            if (magnitude == 0)
            {
                continue;
            }

            size += magnitude;
            parts++;
            for (int p = 0; p < weights.Length; p++)
            {
                ComplexNumber product = coefficients[h];
                for (int i = 0; i < waves.Length && waves[i] < _layout.Modes; i++)
                {
                    ComplexNumber c = _reads[waves[i]][h];
                    product *= choices.Signs[p][i] == '-' ? new ComplexNumber(c.Re, -c.Im) : c;
                }

                weights[p] += product;
            }
        }

        // A part is a product of so many complex numbers, each within 2^-53 times the root of 5; the sum has one rounding per part.
        double rounding = ((3 * waves.Length) + (2 * parts)) * Unit * size;
        for (int p = 0; p < weights.Length; p++)
        {
            double factor = choices.Factor(p);
            weights[p] = weights[p].Magnitude <= rounding ? ComplexNumber.Zero : factor * weights[p];
        }

        products = 2 + readouts.Length + (8 * parts * weights.Length * waves.Length); // a complex product and its sum
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
