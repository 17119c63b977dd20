using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Reference;

namespace OperatorGen.Tool.Conformance;

/// <summary>The plain reference.</summary>
/// <param name="model">The model.</param>
internal sealed class ReferenceEngine(SequenceModel model) : IConformanceEngine
{
    private readonly ReferenceEvaluator _evaluator = new(model);

    public NumberBlock Forward(NumberBlock input, out IReadOnlyDictionary<string, NumberBlock> state)
    {
        ReferenceState reached = _evaluator.CreateState();
        double[] output = _evaluator.Forward(input.Values, reached);
        state = StateOf(reached);
        return new NumberBlock(model.Pooling == Pooling.None ? [input.Shape[0], model.OutputWidth] : [model.OutputWidth], output);
    }

    public NumberBlock Steps(NumberBlock input)
    {
        ReferenceState state = _evaluator.CreateState();
        double[] rows = [.. input.Values.Chunk(model.InputWidth).SelectMany(sample => _evaluator.Step(state, sample))];
        return new NumberBlock([input.Shape[0], model.OutputWidth], rows);
    }

    private Dictionary<string, NumberBlock> StateOf(ReferenceState state)
    {
        var parts = new Dictionary<string, NumberBlock>(StringComparer.Ordinal);
        for (int l = 0; l < model.Layers.Count; l++)
        {
            Layer layer = model.Layers[l];
            LayerState numbers = state.Layers[l];
            if (layer.Input.Convolution is { StateName: { } cache } convolution)
            {
                parts[Name(layer, cache)] = new NumberBlock([convolution.Channels, convolution.Width], numbers.ConvolutionCache);
            }

            if (layer.Cell is { StateName: { } name } cell)
            {
                parts[Name(layer, name)] = cell.StateField == Field.Real
                    ? new NumberBlock([.. cell.StateSizes], [.. numbers.Ssm.Select(s => s.Real)])
                    : new NumberBlock([.. cell.StateSizes, 2], [.. numbers.Ssm.SelectMany(s => new[] { s.Real, s.Imaginary })]);
            }
        }

        return parts;
    }

    private static string Name(Layer layer, string part) => layer.Name.Length == 0 ? part : layer.Name + "." + part;
}
