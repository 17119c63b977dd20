using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Two waves of one score in the complex basis. With A_n = weight_n s_n,
/// <code>
/// w_n w_m = 1/2 Re(A_n A_m) + 1/2 Re(A_n conj(A_m))
/// </code>
/// so that the waves speak to each other at the sum and at the difference of their frequencies.
/// </summary>
/// <param name="First">The first wave.</param>
/// <param name="Second">The second wave.</param>
/// <param name="Sum">The half at the sum of the frequencies.</param>
/// <param name="Difference">The half at their difference.</param>
public sealed record PairInteraction(Wave First, Wave Second, PairMode Sum, PairMode Difference);

/// <summary>
/// One half of a pair, p(t) = A_n(t) A_m(t) or A_n(t) conj(A_m(t)). It is itself a mode, driven by the input v:
/// <code>
/// p(t) = lambda p(t-1) + weight_m v_m(t) lambda_n A_n(t-1) + weight_n v_n(t) lambda_m A_m(t-1) + weight_n weight_m v_n(t) v_m(t)
/// </code>
/// (weight_m and lambda_m conjugated in the second half), lambda the product of the eigenvalues: when the input falls silent, p is multiplied by it
/// at every step. What each of the three drives adds to the score is given; together they are the half's contribution.
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
    /// <param name="first">The first wave.</param>
    /// <param name="second">The second wave, conjugated for the difference.</param>
    /// <param name="v">The cells' input, [time, stride].</param>
    /// <param name="stride">Elements of a row.</param>
    /// <param name="channel">The first wave's channel.</param>
    /// <param name="other">The second wave's channel.</param>
    /// <param name="omega">The weights of the time steps.</param>
    /// <param name="coefficient">The pair's coefficient in the score.</param>
    internal static PairMode Follow(Wave first, Wave second, double[] v, int stride, int channel, int other, double[] omega, double coefficient)
    {
        ComplexNumber lambda = first.Eigenvalue * second.Eigenvalue;
        ComplexNumber a = ComplexNumber.Zero, b = ComplexNumber.Zero;
        ComplexNumber ofFirst = ComplexNumber.Zero, ofSecond = ComplexNumber.Zero, ofInput = ComplexNumber.Zero;
        CompensatedSum sumFirst = default, sumSecond = default, sumInput = default;
        for (int t = 0; t < omega.Length; t++)
        {
            ComplexNumber decayedA = first.Eigenvalue * a;
            ComplexNumber decayedB = second.Eigenvalue * b;
            ComplexNumber drivenA = first.Weight * v[(t * stride) + channel];
            ComplexNumber drivenB = second.Weight * v[(t * stride) + other];
            ofFirst = (lambda * ofFirst) + (drivenB * decayedA);
            ofSecond = (lambda * ofSecond) + (drivenA * decayedB);
            ofInput = (lambda * ofInput) + (drivenA * drivenB);
            a = decayedA + drivenA;
            b = decayedB + drivenB;
            sumFirst.Add(omega[t] * ofFirst.Re);
            sumSecond.Add(omega[t] * ofSecond.Re);
            sumInput.Add(omega[t] * ofInput.Re);
        }

        double half = coefficient / 2;
        return new PairMode(lambda, half * sumFirst.Value, half * sumSecond.Value, half * sumInput.Value);
    }
}
