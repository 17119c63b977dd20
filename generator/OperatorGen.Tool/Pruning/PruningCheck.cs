using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Pruning;

/// <summary>Compares a model with its pruned one on inputs of the range that the certificate is for.</summary>
internal sealed class PruningCheck
{
    private const int RandomSequences = 64;
    private const int DrivenReadouts = 64; // of a group of modes
    private const int Steps = 256;

    private readonly OperatorDescription _before;
    private readonly OperatorDescription _after;
    private readonly IReadOnlyList<double> _certified;
    private readonly Func<int, int> _positions;

    /// <summary>Takes both operators.</summary>
    /// <param name="pruning">The certified changes.</param>
    /// <param name="after">The operator of the pruned model.</param>
    /// <param name="positions">Where a group of modes of the first layer is in the pruned model; -1: nowhere.</param>
    public PruningCheck(PruningResult pruning, OperatorDescription after, Func<int, int> positions)
        : this(pruning.Operator, after, pruning.Changes, positions)
    {
    }

    /// <summary>True while no change was beyond its certificate.</summary>
    public bool Holds { get; private set; } = true;

    /// <summary>The greatest change of an output for one sequence.</summary>
    /// <param name="input">The raw input, [time, input].</param>
    public double Change(double[] input)
    {
        double[] before = OperatorTrace.Of(_before, input).Outputs;
        double[] after = OperatorTrace.Of(_after, input).Outputs;
        double greatest = 0;
        bool beyond = false;
        for (int k = 0; k < before.Length; k++)
        {
            double change = Math.Abs(after[k] - before[k]);
            greatest = Math.Max(greatest, change);
            beyond |= change > _certified[k % _certified.Count];
        }

        Holds &= !beyond || Contained(input);
        return greatest;
    }

    /// <summary>The greatest change over random sequences and over those that drive the dropped part of a readout of the first layer as far as it goes.</summary>
    /// <param name="range">The range of the scaled input.</param>
    /// <param name="maxLength">The greatest length; null: any.</param>
    /// <param name="dropped">The dropped modes.</param>
    public double OnRandomInputs(InputRange range, int? maxLength, IReadOnlyList<PrunedMode> dropped)
    {
        int steps = Math.Min(maxLength ?? Steps, Steps);
        steps = _before.Length?.Nearest(steps) ?? steps;
        var unscaled = new PruningCheck(Unscaled(_before), Unscaled(_after), _certified, _positions);
        var random = new Random(1);
        double greatest = 0;
        for (int i = 0; i < RandomSequences; i++)
        {
            bool ends = i % 2 == 1;
            greatest = Math.Max(greatest, unscaled.Change(Sequence(steps, range, (_, _) => ends ? random.Next(2) : random.NextDouble())));
        }

        ModeBank bank = _before.Layers[0].Bank!;
        foreach (int h in dropped.Where(mode => mode.Layer == 0).Select(mode => bank.GroupOf(mode.Mode)).Distinct().SelectMany(group => bank.ReadoutsOf(group).Take(DrivenReadouts)))
        {
            double[][] lost = [.. Enumerable.Range(0, range.Width).Select(i => Kernel(_before, h, i, steps).Zip(Pruned(bank, h, i, steps), (all, kept) => all - kept).ToArray())];
            greatest = Math.Max(greatest, unscaled.Change(Sequence(steps, range, (t, i) => lost[i][steps - 1 - t] >= 0 ? 1 : 0)));
        }

        Holds &= unscaled.Holds;
        return greatest;
    }

    private PruningCheck(OperatorDescription before, OperatorDescription after, IReadOnlyList<double> certified, Func<int, int> positions) =>
        (_before, _after, _certified, _positions) = (before, after, certified, positions);

    /// <summary>The kernel of a readout in the pruned model; 0 where the readout is left out.</summary>
    private double[] Pruned(ModeBank bank, int readout, int input, int steps)
    {
        if (bank.IsShared || bank.Readouts != bank.Groups)
        {
            return Kernel(_after, readout, input, steps);
        }

        int position = _positions(bank.GroupOf(readout * bank.WavesPerReadout));
        return position < 0 ? new double[steps] : Kernel(_after, position, input, steps);
    }

    // Without scaling: sequences are drawn from the range of the scaled input.
    private static OperatorDescription Unscaled(OperatorDescription operators) => operators with { Scaling = null };

    private static double[] Kernel(OperatorDescription operators, int readout, int input, int steps) =>
        ChannelKernels.Of(operators.Layers[0].Bank!, readout, ChannelKernels.Encoded(operators, input), steps);

    private static double[] Sequence(int steps, InputRange range, Func<int, int, double> share)
    {
        var input = new double[steps * range.Width];
        for (int k = 0; k < input.Length; k++)
        {
            Interval r = range[k % range.Width];
            double at = share(k / range.Width, k % range.Width);
            input[k] = at >= 1 ? r.High : Math.Min(Math.Max(r.Low + ((r.High - r.Low) * at), r.Low), r.High);
        }

        return input;
    }

    // A change beyond its certificate in double may be rounding: both evaluations with every rounding accounted for decide.
    private bool Contained(double[] input)
    {
        EnclosedTrace before = EnclosedTrace.Of(_before, input);
        EnclosedTrace after = EnclosedTrace.Of(_after, input);
        return Enumerable.Range(0, before.Outputs.Count).All(k => (after.Outputs[k] - before.Outputs[k]).Mignitude <= _certified[k % _certified.Count]);
    }
}
