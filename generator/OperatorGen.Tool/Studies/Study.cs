using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Tool.Data;

namespace OperatorGen.Tool.Studies;

/// <summary>
/// Feeds test sequences to a model and to its truncations. Results are kept per sequence and added up in the order of the file, so that they do
/// not depend on the machine's cores.
/// </summary>
internal sealed class Study
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly OperatorDescription _operator;
    private readonly IReadOnlyList<StudyPlan> _plans;
    private readonly SequenceData _data;
    private readonly int[] _sequences;
    private readonly bool _classifies;
    private readonly bool[] _exactRight;
    private readonly Outcome[,] _outcomes; // [plan, sequence]
    private readonly DecisionWaves? _waves;

    private Study(StudiedModel model, IReadOnlyList<StudyPlan> plans, SequenceData data, int[] sequences, DecisionWaves? waves)
    {
        _operator = model.Operator;
        _plans = plans;
        _data = data;
        _sequences = sequences;
        _classifies = model.Classifies;
        _exactRight = new bool[sequences.Length];
        _outcomes = new Outcome[plans.Count, sequences.Length];
        _waves = waves;
    }

    /// <summary>Runs the study.</summary>
    /// <param name="terminal">Where its progress is shown, and how long it will take where that is long.</param>
    /// <param name="model">The model.</param>
    /// <param name="plans">Its truncations.</param>
    /// <param name="data">The test data.</param>
    /// <param name="sequences">Which of its sequences.</param>
    /// <param name="bounds">Proves bounds.</param>
    /// <param name="waves">Takes the waves of the decisions of a classifier; null: they are not asked for.</param>
    /// <param name="instead">What can be done instead where it takes long.</param>
    public static StudyResult Run(Terminal terminal, StudiedModel model, IReadOnlyList<StudyPlan> plans, SequenceData data, int[] sequences, StudyBounds bounds, DecisionWaves? waves, string instead)
    {
        var study = new Study(model, plans, data, sequences, waves);
        if (study.IsLabelled)
        {
            data.RequireLabelsBelow(model.Operator.OutputWidth);
        }

        terminal.Track("study", sequences.Length, advance =>
        {
            var clock = Stopwatch.StartNew();
            study.Feed(0);
            advance();
            Announce(terminal, clock.Elapsed * (sequences.Length - 1) / Environment.ProcessorCount, sequences.Length, plans.Count, instead);
            Fold.InParallel(sequences.Length - 1, i =>
            {
                study.Feed(i + 1);
                advance();
            });
        });
        return new StudyResult(
            System.IO.Path.GetFileName(model.Path),
            data.Name,
            data.Hash,
            sequences.Length,
            study.IsLabelled ? Share(study._exactRight) : null,
            bounds.Range,
            waves?.Result(),
            [.. plans.Select((plan, p) => study.Row(p, bounds.Bound(plan.Expansion)))]);
    }

    /// <summary>The first of the greatest scores; null where a score is not finite.</summary>
    public static int? Class(double[] scores) => scores.All(double.IsFinite) ? Array.IndexOf(scores, scores.Max()) : null;

    // So that nobody waits who did not want to.
    private static void Announce(Terminal terminal, TimeSpan time, int sequences, int plans, string instead)
    {
        if (time > s_long)
        {
            terminal.Error.WriteLine($"{CountText.Of(sequences, "sequence")} through the model and {CountText.Of(plans, "truncated operator")}: about {CountText.Of((long)Math.Ceiling(time.TotalMinutes), "minute")}; {instead}.");
        }
    }

    private bool IsLabelled => _classifies && _data.HasLabels;

    private void Feed(int i)
    {
        double[] input = _data.Sample(_sequences[i]);
        OperatorTrace exact = OperatorTrace.Of(_operator, input, decoders: VectorEvaluation.Instance);
        int label = IsLabelled ? _data.Label(_sequences[i]) : -1;
        int? exactClass = _classifies ? Class(exact.Outputs) : null;
        _exactRight[i] = exactClass == label;
        if (exactClass is { } predicted)
        {
            _waves?.Add(i, input, predicted);
        }

        for (int p = 0; p < _plans.Count; p++)
        {
            double[] outputs = exact.With(_plans[p].Expansion).Outputs;
            int? found = _classifies ? Class(outputs) : null;
            (double greatest, double sum) = Change(exact.Outputs, outputs);
            _outcomes[p, i] = new Outcome(found is not null && found == label, found is not null && found == exactClass, greatest, sum / outputs.Length);
        }
    }

    private StudyRow Row(int plan, TruncationBound bound)
    {
        Outcome[] outcomes = [.. Enumerable.Range(0, _sequences.Length).Select(i => _outcomes[plan, i])];
        OperatorExpansion expansion = _plans[plan].Expansion;
        return new StudyRow(
            expansion.Kind,
            expansion.Order,
            _plans[plan].Terms,
            IsLabelled ? Share([.. outcomes.Select(outcome => outcome.Right)]) : null,
            _classifies ? Share([.. outcomes.Select(outcome => outcome.Agrees)]) : null,
            outcomes.Max(outcome => outcome.Greatest),
            outcomes.Sum(outcome => outcome.Mean) / outcomes.Length,
            bound);
    }

    /// <summary>Greatest and sum of |change|; infinite where a number is not finite.</summary>
    private static (double Greatest, double Sum) Change(double[] exact, double[] found)
    {
        double greatest = 0;
        double sum = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            double change = Math.Abs(found[i] - exact[i]);
            change = double.IsNaN(change) ? double.PositiveInfinity : change;
            greatest = Math.Max(greatest, change);
            sum += change;
        }

        return (greatest, sum);
    }

    private static double Share(bool[] values) => values.Count(value => value) / (double)values.Length;

    private readonly record struct Outcome(bool Right, bool Agrees, double Greatest, double Mean);
}
