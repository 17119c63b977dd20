using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Conformance;

/// <summary>The plain reference.</summary>
/// <param name="model">The model.</param>
internal sealed class ReferenceEngine(SequenceModel model) : IConformanceEngine
{
    private readonly ReferenceEvaluator _evaluator = new(model);

    public EngineRun Forward(NumberBlock input, IReadOnlyDictionary<string, NumberBlock>? from = null)
    {
        ReferenceState state = _evaluator.CreateState();
        foreach ((string name, NumberBlock part) in from ?? Enumerable.Empty<KeyValuePair<string, NumberBlock>>())
        {
            Write(state, name, part.Values);
        }

        double[] output = _evaluator.Forward(Samples(input), state);
        return new EngineRun(new NumberBlock(model.Pooling == Pooling.None ? [input.Shape[0], model.OutputWidth] : [model.OutputWidth], output), StateOf(state));
    }

    public EngineRun Steps(NumberBlock input)
    {
        ReferenceState state = _evaluator.CreateState();
        double[] rows = [.. Samples(input).Chunk(model.InputWidth).SelectMany(sample => _evaluator.Step(state, sample))];
        return new EngineRun(new NumberBlock([input.Shape[0], model.OutputWidth], rows), StateOf(state));
    }

    /// <summary>The samples; of tokens their rows of the embedding.</summary>
    private double[] Samples(NumberBlock input) => model.Embedding is null ? input.Values : _evaluator.Embed(TokenIds.Of(input.Values));

    private Dictionary<string, NumberBlock> StateOf(ReferenceState state)
    {
        var parts = new Dictionary<string, NumberBlock>(StringComparer.Ordinal);
        for (int l = 0; l < model.Layers.Count; l++)
        {
            Layer layer = model.Layers[l];
            LayerState numbers = state.Layers[l];
            if (layer.Input.Convolution is { StateName: { } cache } convolution)
            {
                parts[StateNames.Of(layer, cache)] = new NumberBlock([convolution.Channels, convolution.Width], numbers.ConvolutionCache);
            }

            if (layer.Cell is { StateName: { } name } cell)
            {
                parts[StateNames.Of(layer, name)] = cell.StateField == Field.Real
                    ? new NumberBlock([.. cell.StateSizes], [.. numbers.Ssm.Select(s => s.Real)])
                    : new NumberBlock([.. cell.StateSizes, 2], [.. numbers.Ssm.SelectMany(s => new[] { s.Real, s.Imaginary })]);
            }
        }

        return parts;
    }

    private void Write(ReferenceState state, string part, double[] values)
    {
        for (int l = 0; l < model.Layers.Count; l++)
        {
            Layer layer = model.Layers[l];
            LayerState numbers = state.Layers[l];
            if (layer.Input.Convolution is { StateName: { } cache } && StateNames.Of(layer, cache) == part)
            {
                values.CopyTo(numbers.ConvolutionCache, 0);
            }

            if (layer.Cell is { StateName: { } name } cell && StateNames.Of(layer, name) == part)
            {
                for (int i = 0; i < numbers.Ssm.Length; i++)
                {
                    numbers.Ssm[i] = cell.StateField == Field.Real ? values[i] : new Complex(values[2 * i], values[(2 * i) + 1]);
                }
            }
        }
    }
}
