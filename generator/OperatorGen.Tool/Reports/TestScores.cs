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
internal sealed record TestScores(IReadOnlyList<double[]> Outputs)
{
    /// <summary>The first of the greatest scores; null where a score is not finite.</summary>
    public int? Class(int sequence) => Outputs[sequence].All(double.IsFinite) ? Array.IndexOf(Outputs[sequence], Outputs[sequence].Max()) : null;

    /// <summary>Feeds all sequences to the operator; to the generated code where a layer is selective.</summary>
    /// <param name="terminal">Where progress is shown.</param>
    /// <param name="model">The model.</param>
    /// <param name="operators">Its operator.</param>
    /// <param name="data">The data.</param>
    public static TestScores Of(Terminal terminal, SequenceModel model, OperatorDescription operators, SequenceData data)
    {
        var outputs = new double[data.Count][];
        bool selective = operators.Layers.Any(layer => layer.IsSelective);
        IConformanceEngine? engine = selective ? EngineKind.Generated.Create(model, Precision.Double) : null;
        terminal.Track("scores", data.Count, advance => Fold.InParallel(selective ? 1 : data.Count, part =>
        {
            for (int i = part; i < (selective ? data.Count : part + 1); i++)
            {
                double[] sample = data.Sample(i);
                outputs[i] = engine?.Forward(new NumberBlock([sample.Length / data.Channels, data.Channels], sample)).Output.Values
                    ?? OperatorTrace.Of(operators, sample, decoders: VectorEvaluation.Instance).Outputs;
                advance();
            }
        }));
        return new TestScores(outputs);
    }
}
