using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Reports;

/// <summary>What a model makes of every sequence of a data file.</summary>
/// <param name="Outputs">The scores, by sequence; of a model without pooling those of all its time steps.</param>
/// <param name="Waves">What each wave gets of the greatest score, by sequence; null where it is not attributed.</param>
internal sealed record TestScores(IReadOnlyList<double[]> Outputs, IReadOnlyList<double[]?> Waves)
{
    /// <summary>The sequences whose decisions are attributed to waves.</summary>
    public IEnumerable<(int Sequence, double[] Waves)> Attributed => Waves.Select((waves, i) => (i, waves!)).Where(decision => decision.Item2 is not null);

    /// <summary>The first of the greatest scores; null where a score is not finite.</summary>
    public int? Class(int sequence) => StudyOutcomes.Class(Outputs[sequence]);

    /// <summary>The sequences with an output that is not finite.</summary>
    public IReadOnlyList<int> Infinite { get; } = [.. Enumerable.Range(0, Outputs.Count).Where(i => !Outputs[i].All(double.IsFinite))];

    /// <summary>Feeds all sequences to the operator; to the generated code where a layer is selective.</summary>
    /// <param name="terminal">Where progress is shown.</param>
    /// <param name="subject">What the report is about.</param>
    /// <param name="data">The data.</param>
    public static TestScores Of(Terminal terminal, ReportSubject subject, SequenceData data)
    {
        OperatorDescription operators = subject.Operator!;
        var outputs = new double[data.Count][];
        var waves = new double[]?[data.Count];
        if (operators.Layers.Any(layer => layer.IsSelective))
        {
            IConformanceEngine engine = EngineKind.Generated.Create(subject.Model, Precision.Double);
            terminal.ForEach([.. Enumerable.Range(0, data.Count)], _ => "scores", i =>
            {
                double[] sample = data.Stored(i);
                outputs[i] = engine.Forward(new NumberBlock([sample.Length / subject.Model.SampleWidth, subject.Model.SampleWidth], sample)).Output.Values;
            });
            return new TestScores(outputs, waves);
        }

        var attributor = new OperatorAttributor(operators);
        HashSet<int> compared = [.. NearestDecisions.Compared(subject, data, attributor)];
        terminal.Track("scores", data.Count, advance => Fold.InParallel(data.Count, i =>
        {
            double[] sample = data.Sample(i);
            if (compared.Contains(i))
            {
                InputAttributions attributions = attributor.Of(sample);
                outputs[i] = [.. attributions.Scores()];
                waves[i] = StudyOutcomes.Class(outputs[i]) is { } best ? [.. attributions.Attribute(best).Waves] : null;
            }
            else
            {
                outputs[i] = OperatorTrace.Of(operators, sample, decoders: VectorEvaluation.Instance).Outputs;
            }

            advance();
        }));
        return new TestScores(outputs, waves);
    }
}
