using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A complex ring as oscillators: every node has an amplitude r_j and a phase theta_j, x_j = r_j e^(i theta_j), and both obey
/// <code>
/// z_j = sum_k W_jk r_k(t) e^(i theta_k(t)) + beta_j v(t+1),   r_j(t+1) = |z_j|,   theta_j(t+1) = arg z_j
/// </code>
/// This is the ring's equation itself in polar coordinates; nothing is approximated. Where z_j = 0 the phase is undefined and given as 0.
/// </summary>
public sealed class RingOscillators
{
    private readonly WaveRing _ring;

    /// <summary>Takes a complex ring.</summary>
    /// <param name="ring">The ring.</param>
    /// <exception cref="ArgumentException">The ring is real: its nodes have a sign and no phase.</exception>
    public RingOscillators(WaveRing ring)
    {
        _ring = ring.Form == RingForm.Complex
            ? ring
            : throw new ArgumentException("The nodes of a real ring have a sign and no phase; take the complex ring.", nameof(ring));
    }

    /// <summary>The number of oscillators.</summary>
    public int Count => _ring.Nodes;

    /// <summary>One step: amplitudes and phases after step t give those after step t + 1.</summary>
    /// <param name="amplitudes">r_j(t).</param>
    /// <param name="phases">theta_j(t), in radians.</param>
    /// <param name="input">v(t+1), the input that arrives with the step.</param>
    /// <returns>r_j(t+1), and theta_j(t+1) in (-pi, pi].</returns>
    /// <exception cref="ArgumentException">There is not one amplitude and one phase per node.</exception>
    public (double[] Amplitudes, double[] Phases) Next(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> phases, double input)
    {
        ComplexNumber[] states = States(amplitudes, phases);
        var nextAmplitudes = new double[Count];
        var nextPhases = new double[Count];
        for (int j = 0; j < Count; j++)
        {
            ComplexNumber z = input * _ring.Input(j);
            for (int k = 0; k < Count; k++)
            {
                z += _ring.Coupling(j - k) * states[k];
            }

            nextAmplitudes[j] = z.Magnitude;
            nextPhases[j] = z.Phase;
        }

        return (nextAmplitudes, nextPhases);
    }

    /// <summary>The readout of amplitudes and phases, sum_j |rho_j| r_j cos(theta_j + arg rho_j) + D v.</summary>
    /// <param name="amplitudes">r_j(t).</param>
    /// <param name="phases">theta_j(t), in radians.</param>
    /// <param name="input">v(t).</param>
    /// <exception cref="ArgumentException">There is not one amplitude and one phase per node.</exception>
    public double Readout(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> phases, double input)
    {
        ComplexNumber[] states = States(amplitudes, phases);
        double sum = 0;
        for (int j = 0; j < Count; j++)
        {
            sum += (_ring.Readout(j) * states[j]).Re;
        }

        return sum + (_ring.Skip * input);
    }

    private ComplexNumber[] States(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> phases)
    {
        if (amplitudes.Length != Count || phases.Length != Count)
        {
            throw new ArgumentException($"The ring has {Count} nodes, but {amplitudes.Length} amplitudes and {phases.Length} phases were given.", nameof(amplitudes));
        }

        var states = new ComplexNumber[Count];
        for (int j = 0; j < Count; j++)
        {
            states[j] = Polar(amplitudes[j], phases[j]);
        }

        return states;
    }

    private static ComplexNumber Polar(double amplitude, double phase) => new(amplitude * RealMath.Cos(phase), amplitude * RealMath.Sin(phase));
}
