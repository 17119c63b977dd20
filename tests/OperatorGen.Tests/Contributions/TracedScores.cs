using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen.Tests.Contributions;

/// <summary>Exact scores, or the outputs of a layer that is not the last, from the evaluation of the analysis room.</summary>
internal static class TracedScores
{
    public static double[] Of(OperatorDescription operators, int layer, double[] input)
    {
        OperatorTrace trace = OperatorTrace.Of(operators, input);
        bool last = layer == operators.Layers.Count - 1;
        double[] rows = last ? trace.Outputs : trace.Layers[layer].Output;
        int width = last ? operators.OutputWidth : operators.Layers[layer].OutputWidth;
        return !operators.Pooled || last
            ? rows[^width..]
            : [.. Enumerable.Range(0, width).Select(i => Enumerable.Range(0, trace.Steps).Average(t => rows[(t * width) + i]))];
    }
}
