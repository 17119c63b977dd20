using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Design.Tests.Rings;

/// <summary>The complex ring in amplitudes and phases, step by step and in continuous time.</summary>
public sealed class RingOscillatorsTests
{
    [Fact]
    public void Amplitudes_and_phases_obey_the_discrete_equation_at_every_step()
    {
        for (int modes = 1; modes <= 12; modes++)
        {
            var random = new Random(modes);
            WaveRing ring = WaveRing.Complex(RandomWaves.Of(random, modes), 0.5);
            double[] v = RandomWaves.Input(random, 40);
            RingActivity activity = ring.Simulate(v);
            var oscillators = new RingOscillators(ring);
            double largest = 0;
            for (int t = 0; t + 1 < v.Length; t++)
            {
                largest = Math.Max(largest, Enumerable.Range(0, modes).Max(j => activity[j, t].Magnitude));
                (double[] r, double[] theta) = oscillators.Next(Amplitudes(activity, t), Phases(activity, t), v[t + 1]);
                for (int j = 0; j < modes; j++)
                {
                    // At most 12 products of a coupling below 1 and a state below `largest`, rounded a few times each.
                    ComplexNumber next = r[j] * ComplexNumber.Exp(new ComplexNumber(0, theta[j]));
                    Assert.True((next - activity[j, t + 1]).Magnitude <= 1e-14 * (largest + 12));
                    Assert.InRange(theta[j], -Math.PI, Math.PI);
                }
            }
        }
    }

    [Fact]
    public void Oscillators_alone_give_the_recurrences_outputs()
    {
        var random = new Random(21);
        Wave[] waves = [.. RandomWaves.Of(random, 7).Select(wave => new Wave(0.98 / wave.Magnitude * wave.Eigenvalue, wave.Weight))];
        WaveRing ring = WaveRing.Complex(waves, 0.25);
        double[] v = RandomWaves.Input(random, 200);
        double[] expected = ModeSeries.Readouts(ModeBank.PerChannel(7, waves, [0.25]), v, v.Length);
        var oscillators = new RingOscillators(ring);
        (double[] r, double[] theta) = (new double[7], new double[7]);
        double scale = waves.Sum(wave => wave.Reach) * v.Max(Math.Abs);
        for (int t = 0; t < v.Length; t++)
        {
            // From rest, theta at amplitude 0 does not matter. A step's rounding is forgotten with the lifetime of 50 steps.
            (r, theta) = oscillators.Next(r, theta, v[t]);
            Assert.True(Math.Abs(oscillators.Readout(r, theta, v[t]) - expected[t]) <= 1e-12 * scale);
        }
    }

    [Fact]
    public void A_real_ring_has_no_phases()
    {
        WaveRing ring = WaveRing.Real([new(0.5, 1)]);
        Assert.Throws<ArgumentException>(() => new RingOscillators(ring));
        Assert.Throws<ArgumentException>(() => PhaseEquation.Of(ring, [ComplexNumber.Zero]));
        WaveRing complex = WaveRing.Complex([new(0.5, 1)]);
        Assert.Throws<ArgumentException>(() => new RingOscillators(complex).Next([1, 1], [0, 0], 0));
        Assert.Throws<ArgumentException>(() => PhaseEquation.Of(complex, []));
        Assert.Throws<ArgumentException>(() => PhaseEquation.Of(complex, [ComplexNumber.Zero]).Derivative([], [], 0));
    }

    [Fact]
    public void The_phase_equation_is_the_linear_ring_in_polar_coordinates()
    {
        (_, PhaseEquation equation) = Continuous(new Random(2), 6);
        var random = new Random(3);
        double[] r = [.. Enumerable.Range(0, 6).Select(_ => 0.5 + random.NextDouble())];
        double[] theta = [.. Enumerable.Range(0, 6).Select(_ => 6 * random.NextDouble())];
        (double[] rRates, double[] thetaRates) = equation.Derivative(r, theta, 0.7);
        for (int j = 0; j < 6; j++)
        {
            ComplexNumber rate = 0.7 * equation.Input(j);
            for (int k = 0; k < 6; k++)
            {
                rate += equation.Coupling(j - k) * (r[k] * Turn(theta[k]));
            }

            // x' = (r' + i r theta') e^(i theta)
            ComplexNumber polar = new ComplexNumber(rRates[j], r[j] * thetaRates[j]) * Turn(theta[j]);
            Assert.True((polar - rate).Magnitude < 1e-13);
        }
    }

    [Fact]
    public void Held_input_takes_the_phase_equation_through_the_rings_states()
    {
        (WaveRing ring, PhaseEquation equation) = Continuous(new Random(4), 5);
        Assert.True(equation.Deviation < 1e-15);
        double[] v = RandomWaves.Input(new Random(6), 8);
        RingActivity activity = ring.Simulate(v);

        // The first input is on node 0 alone: phases begin once it has gone around.
        for (int t = 5; t + 1 < v.Length; t++)
        {
            (double[] r, double[] theta) = (Amplitudes(activity, t), Phases(activity, t));
            const int Parts = 100;
            for (int i = 0; i < Parts; i++)
            {
                (r, theta) = RungeKutta(equation, r, theta, v[t + 1], 1.0 / Parts);
            }

            // The method's error is of order (rate / 100)^4 for rates of some units, up to ten times that where an amplitude passes near 0.
            for (int j = 0; j < 5; j++)
            {
                Assert.True(((r[j] * Turn(theta[j])) - activity[j, t + 1]).Magnitude < 1e-8, $"node {j}, step {t}: {((r[j] * Turn(theta[j])) - activity[j, t + 1]).Magnitude}");
            }
        }
    }

    [Fact]
    public void A_bilinear_rule_steps_along_another_solution()
    {
        // (1 + z/2) / (1 - z/2) = e^z (1 + z^3/12 + ...)
        ComplexNumber rate = new(-0.1, 0.2);
        ComplexNumber eigenvalue = (1 + (0.5 * rate)) / (1 - (0.5 * rate));
        double deviation = PhaseEquation.Of(WaveRing.Complex([new(eigenvalue, 1)]), [rate]).Deviation;
        double leading = (rate * rate * rate).Magnitude / 12 * eigenvalue.Magnitude;
        Assert.InRange(deviation, 0.9 * leading, 1.1 * leading);
    }

    private static (WaveRing Ring, PhaseEquation Equation) Continuous(Random random, int modes)
    {
        ComplexNumber[] rates = [.. Enumerable.Range(0, modes).Select(n => new ComplexNumber(-0.05 - (0.1 * random.NextDouble()), (0.4 * n) + (0.1 * random.NextDouble())))];
        WaveRing ring = WaveRing.Complex([.. rates.Select(rate => new Wave(ComplexNumber.Exp(rate), 1))]);
        return (ring, PhaseEquation.Of(ring, rates));
    }

    private static (double[] R, double[] Theta) RungeKutta(PhaseEquation equation, double[] r, double[] theta, double v, double h)
    {
        var k1 = equation.Derivative(r, theta, v);
        var k2 = equation.Derivative(Moved(r, k1.Amplitudes, h / 2), Moved(theta, k1.Phases, h / 2), v);
        var k3 = equation.Derivative(Moved(r, k2.Amplitudes, h / 2), Moved(theta, k2.Phases, h / 2), v);
        var k4 = equation.Derivative(Moved(r, k3.Amplitudes, h), Moved(theta, k3.Phases, h), v);
        return (
            [.. r.Select((x, j) => x + (h / 6 * (k1.Amplitudes[j] + (2 * k2.Amplitudes[j]) + (2 * k3.Amplitudes[j]) + k4.Amplitudes[j])))],
            [.. theta.Select((x, j) => x + (h / 6 * (k1.Phases[j] + (2 * k2.Phases[j]) + (2 * k3.Phases[j]) + k4.Phases[j])))]);
    }

    private static double[] Moved(double[] x, double[] rate, double h) => [.. x.Select((value, j) => value + (h * rate[j]))];

    private static double[] Amplitudes(RingActivity activity, int t) => [.. Enumerable.Range(0, activity.Nodes).Select(j => activity[j, t].Magnitude)];

    private static double[] Phases(RingActivity activity, int t) => [.. Enumerable.Range(0, activity.Nodes).Select(j => activity[j, t].Phase)];

    private static ComplexNumber Turn(double angle) => ComplexNumber.Exp(new ComplexNumber(0, angle));
}
