using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis.Tests.Selective;

/// <summary>A selective recurrence s_t = e^(r g_t + i theta_t) s_(t-1) + X_t with numbers, and what is asked of it in the tests.</summary>
internal sealed record GateSequence(ComplexNumber Rate, double[] Gates, double[] Phases, ComplexNumber[] Inputs)
{
    public int Steps => Gates.Length;

    public GateRange Range
    {
        get
        {
            var ranges = new GateRanges(1);
            ranges.Add(Gates);
            return ranges[0];
        }
    }

    public double[] Magnitudes => [.. Inputs.Select(x => x.Magnitude)];

    public double Largest => Magnitudes.Max();

    /// <summary>Mamba's s_t = e^(a Delta_t) s_(t-1) + Delta_t x_t with x_t = cos 0.7 t.</summary>
    public static GateSequence OfSteps(double a, double[] steps) => new(a, steps, [], [.. steps.Select((delta, t) => (ComplexNumber)(delta * Math.Cos(0.7 * t)))]);

    /// <summary>Delta_t = 0.1 + 0.09 sin t, a = -1, t = 0 to 399.</summary>
    public static GateSequence Mild() => OfSteps(-1, [.. Enumerable.Range(0, 400).Select(t => 0.1 + (0.09 * Math.Sin(t)))]);

    /// <summary>Delta_t = softplus(2.5 sin 0.9 t + 1.5 sin 0.11 t - 3), a = -16: steps that differ by a factor of 700.</summary>
    public static GateSequence Wild() =>
        OfSteps(-16, [.. Enumerable.Range(0, 400).Select(t => RealMath.Softplus((2.5 * Math.Sin(0.9 * t)) + (1.5 * Math.Sin(0.11 * t)) - 3))]);

    /// <summary>Gates of every kind: of a real rate, a complex rate, log-gates, and log-gates with phases. The deviation is at most about 0.8 of the decay.</summary>
    public static GateSequence Random(int seed, int kind, int steps = 120)
    {
        var random = new Random(seed);
        double[] Uniform(double low, double high) => [.. Enumerable.Range(0, steps).Select(_ => low + ((high - low) * random.NextDouble()))];
        double middle = 0.05 + random.NextDouble(), ratio = 0.7 * random.NextDouble();
        double[] gates = Uniform(middle * (1 - ratio), middle * (1 + ratio));
        ComplexNumber rate = kind switch { 0 => -random.NextDouble() - 0.1, 1 => new(-random.NextDouble() - 0.1, 0.5 * random.NextDouble()), _ => ComplexNumber.One };
        double[] re = Uniform(-1, 1), im = kind == 0 ? new double[steps] : Uniform(-1, 1);
        return new(rate, kind < 2 ? gates : [.. gates.Select(g => -g)], kind == 3 ? Uniform(-9, 9) : [], [.. re.Zip(im, (x, y) => new ComplexNumber(x, y))]);
    }

    /// <summary>s_t, [time].</summary>
    public ComplexNumber[] States()
    {
        ComplexNumber state = ComplexNumber.Zero;
        return [.. Enumerable.Range(0, Steps).Select(t =>
            state = (ComplexNumber.Exp((Rate * Gates[t]) + new ComplexNumber(0, Phases.Length == 0 ? 0 : Phases[t])) * state) + Inputs[t])];
    }

    /// <summary>sum_(j &lt;= k) z_j(t), [time][k].</summary>
    public ComplexNumber[][] Partials(double centre, int order)
    {
        var expansion = new MeanGateExpansion([new MeanGate(Rate, centre)], 1, order);
        return [.. Enumerable.Range(0, Steps).Select(t =>
        {
            expansion.Step([Gates[t]], Phases.Length == 0 ? [] : [Phases[t]], [Inputs[t].Re], Inputs.All(x => x.Im == 0) ? [] : [Inputs[t].Im]);
            return Enumerable.Range(0, order + 1).Select(k => expansion.Partial(k, 0)).ToArray();
        })];
    }

    /// <summary>|s_t - sum_(j &lt;= k) z_j(t)|, [time][k].</summary>
    public double[][] Errors(double centre, int order) =>
        [.. Partials(centre, order).Zip(States(), (partials, state) => partials.Select(partial => (partial - state).Magnitude).ToArray())];

    /// <summary>The largest error over time, [k].</summary>
    public double[] LargestErrors(double centre, int order) => [.. Errors(centre, order).Aggregate((a, b) => [.. a.Zip(b, Math.Max)])];

    /// <summary>The largest bound for this sequence over time, [k].</summary>
    public double[] LargestBounds(double centre, int order)
    {
        var bounds = new double[order + 1];
        Bound(centre).Largest(bounds);
        return bounds;
    }

    public SequenceBound Bound(double centre) => new(new MeanGate(Rate, centre), Gates, Magnitudes, 0);
}
