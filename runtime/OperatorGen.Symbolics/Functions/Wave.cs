using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// A damped oscillation in discrete time: the impulse response <c>Re(weight eigenvalue^tau)</c>, tau = 0, 1, 2, ... steps.
/// It is what one mode of a constant recurrence contributes to a readout.
/// </summary>
/// <param name="Eigenvalue">lambda, what the state is multiplied by at every step.</param>
/// <param name="Weight">gamma c b-bar, what the state is read with.</param>
public readonly record struct Wave(ComplexNumber Eigenvalue, ComplexNumber Weight)
{
    /// <summary>2^-50: how far the modulus of a stored e^(i phi) may be from 1, and its logarithm from 0. Both parts of it, the modulus and the logarithm are within 2^-52 each.</summary>
    public const double ModulusRounding = 8.8817841970012523E-16;

    /// <summary>|lambda|: what is left of the amplitude after one step.</summary>
    public double Magnitude => Eigenvalue.Magnitude;

    /// <summary>How many steps until the amplitude is 1/e of what it was: -1 / ln |lambda|; infinite where it does not decay, or |lambda| is 1 up to rounding (2^-50).</summary>
    public double Lifetime
    {
        get
        {
            double log = RealMath.Log(Magnitude);
            return log < -ModulusRounding ? -1 / log : double.PositiveInfinity;
        }
    }

    /// <summary>arg lambda in (-pi, pi], radians per step.</summary>
    public double Frequency => Eigenvalue.Phase;

    /// <summary>Steps of one period, 2 pi / |frequency|; infinite for a wave that does not oscillate.</summary>
    public double Period => Frequency == 0 ? double.PositiveInfinity : 2 * Math.PI / Math.Abs(Frequency);

    /// <summary>
    /// A bound of sum over tau of |Re(weight lambda^tau)|: |weight| / (1 - |lambda|), how far a bounded input can drive the wave;
    /// infinite where it does not decay and has a weight.
    /// </summary>
    public double Reach => Weight == ComplexNumber.Zero ? 0 : Magnitude < 1 ? Weight.Magnitude / (1 - Magnitude) : double.PositiveInfinity;
}
