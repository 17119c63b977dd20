using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Tool.Studies;

/// <summary>Feeds test sequences to a model and to its truncations.</summary>
internal static class Study
{
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
        var outcomes = new StudyOutcomes(model, data, sequences, plans.Count);
        StudyFeeding.Run(terminal, sequences.Length, $"the model and {CountText.Of(plans.Count, "truncated operator")}", instead, i =>
        {
            double[] input = data.Sample(sequences[i]);
            OperatorTrace exact = OperatorTrace.Of(model.Operator, input, decoders: VectorEvaluation.Instance);
            if (!exact.Outputs.All(double.IsFinite))
            {
                Overflow.Refuse(data, sequences[i], Overflow.Of(model.Operator, input) ?? Overflow.OfScores, "there is nothing to compare with");
            }

            if (outcomes.AddExact(i, exact.Outputs) is { } predicted)
            {
                waves?.Add(i, input, predicted);
            }

            for (int p = 0; p < plans.Count; p++)
            {
                outcomes.Add(p, i, exact.Outputs, exact.With(plans[p].Expansion).Outputs);
            }
        });
        return new StudyResult(
            System.IO.Path.GetFileName(model.Path),
            data.Name,
            data.Hash,
            sequences.Length,
            outcomes.ExactAccuracy,
            bounds.Range,
            waves?.Result(),
            [.. plans.Select((plan, p) => new StudyRow(plan.Expansion.Kind, plan.Terms, outcomes.Row(p, plan.Expansion.Order), bounds.Bound(plan.Expansion)))]);
    }
}
