using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Two waves of one score in the complex basis. With A_n = weight_n s_n,
/// <code>
/// w_n w_m = 1/2 Re(A_n A_m) + 1/2 Re(A_n conj(A_m))
/// </code>
/// so that the waves speak to each other at the sum and at the difference of their frequencies. Of two oscillators, whose weights differ from readout to readout,
/// A_n is the state s_n and the two halves have the weights of <see cref="TermReadouts"/>. Modes of a block have none: their states mix, and no eigenvalue moves
/// one of them alone.
/// </summary>
/// <param name="First">The first wave; of an oscillator, which has no weight of its own, with weight 1.</param>
/// <param name="Second">The second wave; likewise.</param>
/// <param name="Sum">The half at the sum of the frequencies.</param>
/// <param name="Difference">The half at their difference.</param>
public sealed record PairInteraction(Wave First, Wave Second, PairMode Sum, PairMode Difference)
{
    /// <summary>
    /// Follows two waves of one timing through an input. Of waves that run backward, "the step before" in <see cref="PairMode"/> is the step after: they are
    /// followed through the reversed sequence.
    /// </summary>
    /// <param name="first">The first wave.</param>
    /// <param name="x">Its drive, [time].</param>
    /// <param name="second">The second wave.</param>
    /// <param name="y">Its drive, [time].</param>
    /// <param name="omega">The weights of the time steps.</param>
    /// <param name="timing">The timing of both.</param>
    /// <param name="sum">What multiplies the product of the waves in the score.</param>
    /// <param name="difference">What multiplies the first times the conjugated second.</param>
    internal static PairInteraction Of(Wave first, ComplexNumber[] x, Wave second, ComplexNumber[] y, double[] omega, ModeTiming timing, ComplexNumber sum, ComplexNumber difference)
    {
        if (timing != ModeTiming.Causal)
        {
            omega = Reached(omega, timing);
            x = timing.Backward ? [.. x.Reverse()] : x;
            y = timing.Backward ? [.. y.Reverse()] : y;
        }

        return new PairInteraction(
            first,
            second,
            PairMode.Follow(first.Eigenvalue, x, second.Eigenvalue, y, omega, sum),
            PairMode.Follow(first.Eigenvalue, x, second.Eigenvalue.Conjugate(), Array.ConvertAll(y, z => z.Conjugate()), omega, difference));
    }

    /// <summary>The weight of the state that each step of a walk along the modes' direction reaches: it is read that many steps later.</summary>
    private static double[] Reached(double[] omega, ModeTiming timing)
    {
        var weights = new double[omega.Length];
        for (int r = 0; r < weights.Length - timing.Delay; r++)
        {
            int read = r + timing.Delay;
            weights[r] = omega[timing.Backward ? omega.Length - 1 - read : read];
        }

        return weights;
    }

}

/// <summary>
/// One half of a pair, p(t) = A_n(t) A_m(t) or A_n(t) conj(A_m(t)). It is itself a mode, driven by the input v:
/// <code>
/// p(t) = lambda p(t-1) + weight_m v_m(t) lambda_n A_n(t-1) + weight_n v_n(t) lambda_m A_m(t-1) + weight_n weight_m v_n(t) v_m(t)
/// </code>
/// (weight_m and lambda_m conjugated in the second half), lambda the product of the eigenvalues: when the input falls silent, p is multiplied by it
/// at every step. Of two waves that run backward in time, t-1 is t+1. What each of the three drives adds to the score is given; together they are the half's contribution.
/// </summary>
/// <param name="Eigenvalue">lambda, the product of the eigenvalues, the second one conjugated for the difference.</param>
/// <param name="OfFirst">What comes from the input meeting the first wave.</param>
/// <param name="OfSecond">What comes from the input meeting the second wave.</param>
/// <param name="OfInput">What comes from the input meeting itself.</param>
public sealed record PairMode(ComplexNumber Eigenvalue, double OfFirst, double OfSecond, double OfInput)
{
    /// <summary>What the half adds to the score.</summary>
    public double Contribution => OfFirst + OfSecond + OfInput;

    /// <summary>|lambda|: what is left of the half after one step without input.</summary>
    public double Magnitude => Eigenvalue.Magnitude;

    /// <summary>arg lambda in (-pi, pi], radians per step: at which frequency the waves speak to each other.</summary>
    public double Frequency => Eigenvalue.Phase;

    /// <summary>Steps of one period; infinite where it does not oscillate.</summary>
    public double Period => Frequency == 0 ? double.PositiveInfinity : 2 * Math.PI / Math.Abs(Frequency);

    /// <summary>How many steps until 1/e of it is left without input; infinite where it does not decay.</summary>
    public double Lifetime => new Wave(Eigenvalue, ComplexNumber.One).Lifetime;

    /// <summary>Follows one half of a pair through an input.</summary>
    /// <param name="first">The first eigenvalue.</param>
    /// <param name="x">The first wave's drive, weight_n v_n(t).</param>
    /// <param name="second">The second eigenvalue, conjugated for the difference.</param>
    /// <param name="y">The second wave's drive, conjugated for the difference.</param>
    /// <param name="omega">The weights of the time steps.</param>
    /// <param name="coefficient">What multiplies p in the score; the real part of the product counts.</param>
    internal static PairMode Follow(ComplexNumber first, ComplexNumber[] x, ComplexNumber second, ComplexNumber[] y, double[] omega, ComplexNumber coefficient)
    {
        ComplexNumber lambda = first * second;
        ComplexNumber a = ComplexNumber.Zero, b = ComplexNumber.Zero;
        ComplexNumber ofFirst = ComplexNumber.Zero, ofSecond = ComplexNumber.Zero, ofInput = ComplexNumber.Zero;
        CompensatedSum sumFirst = default, sumSecond = default, sumInput = default;
        for (int t = 0; t < omega.Length; t++)
        {
            ComplexNumber decayedA = first * a;
            ComplexNumber decayedB = second * b;
            ofFirst = (lambda * ofFirst) + (y[t] * decayedA);
            ofSecond = (lambda * ofSecond) + (x[t] * decayedB);
            ofInput = (lambda * ofInput) + (x[t] * y[t]);
            a = decayedA + x[t];
            b = decayedB + y[t];
            sumFirst.Add(omega[t] * (coefficient * ofFirst).Re);
            sumSecond.Add(omega[t] * (coefficient * ofSecond).Re);
            sumInput.Add(omega[t] * (coefficient * ofInput).Re);
        }

        return new PairMode(lambda, sumFirst.Value, sumSecond.Value, sumInput.Value);
    }
}
