using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// A product of oscillators, each of them or its conjugate, in a score: a monomial of the score's polynomial in the states s_n(t) and their conjugates. With all factors conjugated
/// it comes once more, with the conjugated weight, so that both together are
/// <code>
/// sum_t omega_t Re(weight s_a(t) conj(s_b(t)) ...)
/// </code>
/// </summary>
/// <param name="Factors">The oscillators, in canonical order; a skip may be among them.</param>
/// <param name="Signs">One sign per factor, a power counts as many: <c>-</c> where the factor is conjugated. A real factor always has <c>+</c>.</param>
/// <param name="Weight">What multiplies the product.</param>
/// <param name="Eigenvalue">The product of the eigenvalues, with these conjugates: at which frequency the oscillators speak to each other. Null where a factor is instantaneous.</param>
/// <param name="Contribution">What it adds to the score, conjugate included; null without an input.</param>
public sealed record OscillatorProduct(IReadOnlyList<WaveFactor> Factors, string Signs, ComplexNumber Weight, ComplexNumber? Eigenvalue, double? Contribution)
{
    /// <summary>
    /// The frequencies of the factors as letters, where two of them cancel: <c>k - k + k</c> for s_a conj(s_b) s_c that all turn at one frequency. Null where none cancel, where
    /// nothing oscillates and where a factor is instantaneous.
    /// </summary>
    public string? Resonance { get; internal init; }

    /// <summary>The factors with their conjugates, for example <c>s(3) conj(s(20)) s(37)</c>.</summary>
    public string Name
    {
        get
        {
            var names = new List<string>();
            int at = 0;
            foreach (WaveFactor factor in Factors)
            {
                int conjugated = Signs.AsSpan(at, factor.Power).Count('-');
                at += factor.Power;
                AddPower(factor with { Power = factor.Power - conjugated }, "{0}");
                AddPower(factor with { Power = conjugated }, "conj({0})");
            }

            return string.Join(' ', names);

            void AddPower(WaveFactor factor, string form)
            {
                if (factor.Power > 0)
                {
                    names.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, factor.Name));
                }
            }
        }
    }
}

/// <summary>The products of one order that a score is made of, counted as monomials in oscillators and their conjugates.</summary>
/// <param name="Order">How many factors a product has.</param>
/// <param name="Count">How many products of so many factors there are.</param>
/// <param name="Weighted">How many of them have a weight above rounding.</param>
/// <param name="Resonance">The <see cref="OscillatorProduct.Resonance"/> that all weighted products have in which something oscillates; null where they differ or none cancel.</param>
public sealed record ProductCount(int Order, BigInteger Count, long Weighted, string? Resonance)
{
    /// <summary>A sentence.</summary>
    public override string ToString() =>
        $"Of {Grouped(Count)} products of {NumberText.Format(Order)} oscillators and conjugates {Grouped(Weighted)} have a weight{(Resonance is null ? "" : $", and all of these have frequencies that cancel: {Resonance}")}.";

    private static string Grouped(BigInteger count) => count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Whose frequencies cancel in a product.</summary>
internal static class Resonances
{
    // Radians per step: far above what rounds a stored phase (2^-51), and so little that two waves stay in step for 10^11 steps.
    private const double Same = 1.0 / (1L << 40);
    private const string Letters = "klmnpqruvwabcdefg";

    /// <summary>The text of <see cref="OscillatorProduct.Resonance"/>; null where none cancel, the empty text where nothing oscillates.</summary>
    /// <param name="phases">The arguments of the eigenvalues, conjugates taken, one per factor.</param>
    public static string? Of(ReadOnlySpan<double> phases)
    {
        var classes = new List<(double Phase, int Count)>();
        string text = "";
        bool oscillates = false;
        bool cancels = false;
        foreach (double phase in phases)
        {
            oscillates |= Math.Abs(phase) > Same;
            int place = classes.FindIndex(other => Math.Abs(Math.Abs(other.Phase) - Math.Abs(phase)) <= Same);
            if (place < 0)
            {
                (place, classes) = (classes.Count, [.. classes, (phase, 0)]);
            }

            // At 0 and at pi a frequency is its own negative.
            (double first, int count) = classes[place];
            bool free = Math.Abs(phase) <= Same || Math.Abs(phase) >= Math.PI - Same;
            bool negative = free ? count % 2 == 1 : phase * first < 0;
            cancels |= negative && Math.Abs(phase) > Same;
            classes[place] = (first, count + 1);
            text += $"{(text.Length == 0 ? "" : negative ? " - " : " + ")}{Letters[place]}";
        }

        return !oscillates ? "" : cancels ? text : null;
    }
}
