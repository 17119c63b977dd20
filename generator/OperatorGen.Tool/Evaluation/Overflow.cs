using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.MeanGates;

namespace OperatorGen.Tool.Evaluation;

/// <summary>The place from which on a model computes numbers that are not finite for a sequence, in double precision.</summary>
/// <param name="Layer">The layer's place in words.</param>
/// <param name="Step">The time step, from 0; null: behind the pooling.</param>
/// <param name="LogGate">The largest log-gate up to there; null: the recurrence is constant, or nothing is known of gates.</param>
internal sealed record Overflow(string Layer, int? Step, double? LogGate)
{
    /// <summary>Of scores, where nothing else is known.</summary>
    public static Overflow OfScores { get; } = new("the scores", null, null);

    /// <summary>Refuses a sequence for which a model overflows.</summary>
    /// <param name="data">The data.</param>
    /// <param name="index">The sequence.</param>
    /// <param name="overflow">Where it overflows; null: nowhere.</param>
    /// <param name="consequence">What there is not therefore, a sentence without its full stop.</param>
    /// <exception cref="UnusableInputException">It overflows.</exception>
    public static void Refuse(SequenceData data, int index, Overflow? overflow, string consequence)
    {
        if (overflow is not null)
        {
            throw new UnusableInputException($"{data.Path}: {overflow.Sentence(data, index)}: {consequence}. {overflow.Advice}");
        }
    }

    /// <summary>Where a model overflows whose layers are all constant, or all selective; null: nowhere that is seen.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The sequence, [time, InputWidth].</param>
    public static Overflow? Of(OperatorDescription operators, double[] input)
    {
        if (operators.Layers.Any(layer => layer.IsSelective))
        {
            return SelectivePass.Refusal(operators) is null ? Of(operators, new SelectivePass(operators, input)) : null;
        }

        var trace = OperatorTrace.Of(operators, input);
        IEnumerable<Overflow> layers = trace.Layers.Select((layer, l) => At(operators, l, First([layer.Readouts, layer.GateArguments, layer.Output], trace.Steps), null)).OfType<Overflow>();
        return layers.FirstOrDefault() ?? Scores(operators, trace.Outputs, trace.Steps);
    }

    /// <summary>Where a model overflows whose layers are all selective; null: nowhere that is seen.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="pass">The sequence.</param>
    /// <param name="upTo">The last layer that is looked at; null: all, and the scores.</param>
    public static Overflow? Of(OperatorDescription operators, SelectivePass pass, int? upTo = null)
    {
        for (int l = 0; l <= (upTo ?? operators.Layers.Count - 1); l++)
        {
            SelectivePath path = pass.Layer(l);
            double[] logs = path.LogGates();

            // A log-gate of -infinity is that of a gate of 0.
            if (First([[.. logs.Select(log => double.IsNegativeInfinity(log) ? 0 : log)], path.GateRe.ToArray(), path.GateIm.ToArray(), path.Values.ToArray(), path.Readouts()], path.Steps) is { } step)
            {
                return At(operators, l, step, LargestLogGate.Of(path.Recurrence, logs.AsSpan(0, logs.Length / path.Steps * (step + 1))));
            }
        }

        return upTo is not null ? null : Scores(operators, pass.Scores, pass.Steps);
    }

    /// <summary>What happens, without a full stop.</summary>
    /// <param name="data">The data.</param>
    /// <param name="index">The sequence.</param>
    public string Sentence(SequenceData data, int index) =>
        $"the model computes numbers that are not finite for sequence {index} of x_{data.Split}, first in {Layer}{(Step is { } step ? $" at time step {NumberText.Format((long)step)}" : "")}"
        + (Grows ? $", where the largest log-gate so far is {NumberText.Format(LogGate!.Value, 4)}" : "");

    /// <summary>What can be done.</summary>
    public string Advice => Grows
        ? "A gate above 1 (a log-gate above 0) makes states grow: check the gates, or choose another sequence."
        : "Check the size of the data and the model's input scaling, or choose another sequence.";

    private bool Grows => LogGate > 0;

    private static Overflow? At(OperatorDescription operators, int layer, int? step, double? logGate)
    {
        string name = operators.Layers[layer].Name;
        return step is null ? null : new Overflow($"layer {(name.Length == 0 ? NumberText.Format((long)layer) : name)}", step, logGate);
    }

    private static Overflow? Scores(OperatorDescription operators, double[] scores, int steps) =>
        First([scores], operators.Pooled ? 1 : steps) is { } step ? OfScores with { Step = operators.Pooled ? null : step } : null;

    /// <summary>The first row with a number that is not finite; null: none.</summary>
    private static int? First(IReadOnlyList<double[]> tables, int rows)
    {
        int[] steps = [.. tables.Select(table => Array.FindIndex(table, value => !double.IsFinite(value)) is >= 0 and var at ? at / (table.Length / rows) : int.MaxValue)];
        return steps.Min() is < int.MaxValue and var first ? first : null;
    }
}
