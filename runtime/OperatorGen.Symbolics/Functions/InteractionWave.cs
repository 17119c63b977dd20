using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// What a product of waves is: a wave again. States that obey <c>s_i(t) = lambda_i s_i(t-1) + x_i(t)</c> have the product
/// <code>
/// p(t) = lambda p(t-1) + (products with at least one drive x_i(t)),   lambda = lambda_1 ... lambda_k
/// </code>
/// so that it turns at the sum of the frequencies and lives <c>1 / (1/tau_1 + ... + 1/tau_k)</c> steps. The waves are real parts, <c>Re z = (z + conj z) / 2</c>: their product
/// is a sum over the choices of conjugates, up to conjugating all, each of which has an eigenvalue of its own with differences in the place of sums. Two waves have
/// two of them, the sum and the difference of their frequencies.
/// </summary>
/// <param name="Signs">One sign per factor, a power counts as many: <c>-</c> where the factor is conjugated. A real eigenvalue always has <c>+</c>.</param>
/// <param name="Eigenvalue">The product of the eigenvalues, with these conjugates.</param>
/// <param name="Share">Which part of all choices of conjugates is this one, or this one with all conjugated; the shares of a product add up to 1.</param>
public readonly record struct InteractionWave(string Signs, ComplexNumber Eigenvalue, double Share)
{
    private const double Rounding = 1.0 / (1L << 47); // radians: up to 16 factors, each product within 2^-51

    /// <summary>|lambda|: what is left of the product after one step without input.</summary>
    public double Magnitude => Eigenvalue.Magnitude;

    /// <summary>arg lambda in (-pi, pi], radians per step: at which frequency the waves speak to each other. 0 where frequencies cancel up to the rounding of the product (2^-47).</summary>
    public double Frequency => Eigenvalue.Phase is var phase && Math.Abs(phase) <= Rounding ? 0 : phase;

    /// <summary>Steps of one period; infinite where it does not oscillate.</summary>
    public double Period => Frequency == 0 ? double.PositiveInfinity : 2 * Math.PI / Math.Abs(Frequency);

    /// <summary>How many steps until 1/e of it is left without input; infinite where it does not decay. It is the same for all choices of conjugates.</summary>
    public double Lifetime => new Wave(Eigenvalue, ComplexNumber.One).Lifetime;

    /// <summary>The waves that a product of waves is the sum of: that of the sum of all frequencies first, then by the conjugates.</summary>
    /// <param name="factors">The eigenvalue and the power, at least 1, of every factor.</param>
    /// <exception cref="ArgumentException">There is no factor, or a power is below 1.</exception>
    public static IReadOnlyList<InteractionWave> Of(IReadOnlyList<(ComplexNumber Eigenvalue, int Power)> factors)
    {
        if (factors is null || factors.Count == 0)
        {
            throw new ArgumentException("A product of waves has at least one factor.", nameof(factors));
        }

        int choices = 0; // of conjugates, as a power of two
        foreach ((ComplexNumber eigenvalue, int power) in factors)
        {
            choices += power < 1 ? throw new ArgumentException($"A factor has a power of at least 1, not {power}.", nameof(factors)) : eigenvalue.Im == 0 ? 0 : power;
        }

        List<InteractionWave> waves = [];
        var conjugated = new int[factors.Count];
        do
        {
            int side = Compare(factors, conjugated);
            if (side <= 0)
            {
                waves.Add(Wave(factors, conjugated, choices, side == 0 ? 1 : 2));
            }
        }
        while (Next(factors, conjugated));
        return waves;
    }

    // Whether the choice comes before the one with all conjugated: below 0, it does; 0: they are the same.
    private static int Compare(IReadOnlyList<(ComplexNumber Eigenvalue, int Power)> factors, int[] conjugated)
    {
        for (int i = 0; i < conjugated.Length; i++)
        {
            int other = factors[i].Eigenvalue.Im == 0 ? 0 : factors[i].Power - conjugated[i];
            if (conjugated[i] != other)
            {
                return conjugated[i] - other;
            }
        }

        return 0;
    }

    // The next choice, the last factor fastest; false after the last.
    private static bool Next(IReadOnlyList<(ComplexNumber Eigenvalue, int Power)> factors, int[] conjugated)
    {
        for (int i = conjugated.Length - 1; i >= 0; i--)
        {
            if (factors[i].Eigenvalue.Im != 0 && conjugated[i] < factors[i].Power)
            {
                conjugated[i]++;
                return true;
            }

            conjugated[i] = 0;
        }

        return false;
    }

    private static InteractionWave Wave(IReadOnlyList<(ComplexNumber Eigenvalue, int Power)> factors, int[] conjugated, int choices, int sides)
    {
        ComplexNumber lambda = ComplexNumber.One;
        double share = sides;
        string signs = "";
        for (int i = 0; i < conjugated.Length; i++)
        {
            (ComplexNumber eigenvalue, int power) = factors[i];
            int plain = power - conjugated[i];
            for (int k = 0; k < power; k++)
            {
                lambda *= k < plain ? eigenvalue : eigenvalue.Conjugate();
                share = k < conjugated[i] ? share * (power - k) / (k + 1) : share; // in the end power over conjugated, a whole number at every step
            }

            signs += new string('+', plain) + new string('-', conjugated[i]);
        }

        for (int k = 0; k < choices; k++)
        {
            share /= 2;
        }

        return new InteractionWave(signs, lambda, share);
    }
}
