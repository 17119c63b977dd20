using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The complex ring in continuous time, in amplitudes and phases. With the modes' rates a_n per step, lambda_n = e^(a_n), and M = F* diag(a) F:
/// <code>
/// r_j'     = g r_j     + sum_(k != j) |M_jk| r_k cos(theta_k - theta_j + arg M_jk) + v |b_j| cos(arg b_j - theta_j)
/// theta_j' = omega     + sum_(k != j) |M_jk| r_k / r_j sin(theta_k - theta_j + arg M_jk) + v |b_j| / r_j sin(arg b_j - theta_j)
/// </code>
/// M_jj = g + i omega is the same at every node. This is x' = M x + b v in polar coordinates: the Kuramoto-Sakaguchi phase equation with the
/// coupling weighted by the ratio of the amplitudes, as in the complex-valued formulation of Muller et al. 2021. Time is counted in steps.
/// </summary>
public sealed class PhaseEquation
{
    private readonly ComplexNumber[] _coupling;
    private readonly ComplexNumber[] _input;

    private PhaseEquation(ComplexNumber[] coupling, ComplexNumber[] input, double deviation)
    {
        _coupling = coupling;
        _input = input;
        Deviation = deviation;
    }

    /// <summary>The number of oscillators.</summary>
    public int Count => _coupling.Length;

    /// <summary>omega, the oscillators' common natural frequency in radians per step: the mean of Im a_n.</summary>
    public double NaturalFrequency => _coupling[0].Im;

    /// <summary>g, the common rate of growth per step, negative where amplitudes decay: the mean of Re a_n.</summary>
    public double Growth => _coupling[0].Re;

    /// <summary>
    /// The greatest |e^(a_n) - lambda_n| over the modes. At the level of rounding the solution passes through the ring's states at whole steps while each
    /// v(t) is held for one step; otherwise, as for a bilinear rule, the ring steps along another solution than this equation's.
    /// </summary>
    public double Deviation { get; }

    /// <summary>M_jk for j - k = distance: modulus and argument are the strength and the phase lag of the coupling.</summary>
    /// <param name="distance">Any whole number; it counts around the ring.</param>
    public ComplexNumber Coupling(int distance) => _coupling[((distance % Count) + Count) % Count];

    /// <summary>b_j, what the held input adds to a node's state per step: F* of a_n / (e^(a_n) - 1).</summary>
    /// <param name="node">j; it counts around the ring.</param>
    public ComplexNumber Input(int node) => _input[((node % Count) + Count) % Count];

    /// <summary>The equation of a ring whose modes have continuous eigenvalues.</summary>
    /// <param name="ring">A complex ring.</param>
    /// <param name="rates">a_n = Delta A_n, in the order of the waves that the ring was made of.</param>
    /// <exception cref="ArgumentException">The ring is real, or there is not one rate per mode.</exception>
    public static PhaseEquation Of(WaveRing ring, IReadOnlyList<ComplexNumber> rates)
    {
        if (ring.Form != RingForm.Complex)
        {
            throw new ArgumentException("The nodes of a real ring have a sign and no phase; take the complex ring.", nameof(ring));
        }

        if (rates.Count != ring.Modes.Count)
        {
            throw new ArgumentException($"The ring has {ring.Modes.Count} modes, but {rates.Count} rates were given.", nameof(rates));
        }

        double deviation = 0;
        foreach (RingMode mode in ring.Modes)
        {
            deviation = Math.Max(deviation, (ComplexNumber.Exp(rates[mode.Index]) - mode.Wave.Eigenvalue).Magnitude);
        }

        ComplexNumber[] coupling = ring.Spread(mode => rates[mode.Index], ring.Nodes);
        ComplexNumber[] input = ring.Spread(mode => HeldInput(rates[mode.Index]), Math.Sqrt(ring.Nodes));
        return new PhaseEquation(coupling, input, deviation);
    }

    /// <summary>The rates of change at a moment.</summary>
    /// <param name="amplitudes">r_j, none of them 0: there a phase has no rate.</param>
    /// <param name="phases">theta_j, in radians.</param>
    /// <param name="input">v at that moment.</param>
    /// <returns>r_j' and theta_j', per step.</returns>
    /// <exception cref="ArgumentException">There is not one amplitude and one phase per node.</exception>
    public (double[] Amplitudes, double[] Phases) Derivative(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> phases, double input)
    {
        if (amplitudes.Length != Count || phases.Length != Count)
        {
            throw new ArgumentException($"There are {Count} oscillators, but {amplitudes.Length} amplitudes and {phases.Length} phases were given.", nameof(amplitudes));
        }

        var amplitudeRates = new double[Count];
        var phaseRates = new double[Count];
        for (int j = 0; j < Count; j++)
        {
            double along = (Growth * amplitudes[j]) + Along(_input[j], phases[j], input);
            double across = Across(_input[j], phases[j], input);
            for (int k = 0; k < Count; k++)
            {
                if (k != j)
                {
                    along += Along(Coupling(j - k), phases[j] - phases[k], amplitudes[k]);
                    across += Across(Coupling(j - k), phases[j] - phases[k], amplitudes[k]);
                }
            }

            amplitudeRates[j] = along;
            phaseRates[j] = NaturalFrequency + (across / amplitudes[j]);
        }

        return (amplitudeRates, phaseRates);
    }

    /// <summary>strength amplitude cos(lag - difference), with strength and lag the modulus and argument of the coupling.</summary>
    private static double Along(ComplexNumber coupling, double difference, double amplitude) =>
        amplitude * ((coupling.Re * RealMath.Cos(difference)) + (coupling.Im * RealMath.Sin(difference)));

    /// <summary>strength amplitude sin(lag - difference).</summary>
    private static double Across(ComplexNumber coupling, double difference, double amplitude) =>
        amplitude * ((coupling.Im * RealMath.Cos(difference)) - (coupling.Re * RealMath.Sin(difference)));

    /// <summary>a / (e^a - 1): held for a step it adds 1 to a mode, as the ring's input does.</summary>
    private static ComplexNumber HeldInput(ComplexNumber rate) => rate == ComplexNumber.Zero ? 1 : rate / ComplexNumber.Expm1(rate);
}
