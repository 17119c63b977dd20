using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Tool.Conformance;

/// <summary>Generated code.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="model">The compiled model.</param>
/// <param name="width">The vector width.</param>
public sealed class GeneratedEngine<T>(IGeneratedModel<T> model, VectorWidth width) : IConformanceEngine
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public EngineRun Forward(NumberBlock input, IReadOnlyDictionary<string, NumberBlock>? from = null)
    {
        int[] shape = model.Pooled ? [model.OutputWidth] : [input.Shape[0], model.OutputWidth];
        var output = new T[model.Pooled ? model.OutputWidth : input.Shape[0] * model.OutputWidth];
        if (!model.IsCausal)
        {
            model.Forward(Narrow(input.Values), output, width);
            return new EngineRun(new NumberBlock(shape, Widen(output)), new Dictionary<string, NumberBlock>());
        }

        SequenceState<T> state = model.CreateState();
        foreach ((string name, NumberBlock part) in from ?? Enumerable.Empty<KeyValuePair<string, NumberBlock>>())
        {
            state.Write(name, Narrow(part.Values));
        }

        model.Forward(Narrow(input.Values), output, state, width);
        return new EngineRun(new NumberBlock(shape, Widen(output)), StateOf(state));
    }

    /// <inheritdoc/>
    public EngineRun Steps(NumberBlock input)
    {
        SequenceState<T> state = model.CreateState();
        T[] samples = Narrow(input.Values);
        int time = input.Shape[0];
        var rows = new T[time * model.OutputWidth];
        for (int t = 0; t < time; t++)
        {
            model.Step(samples.AsSpan(t * model.InputWidth, model.InputWidth), rows.AsSpan(t * model.OutputWidth, model.OutputWidth), state, width);
        }

        return new EngineRun(new NumberBlock([time, model.OutputWidth], Widen(rows)), StateOf(state));
    }

    private static Dictionary<string, NumberBlock> StateOf(SequenceState<T> state)
    {
        var parts = new Dictionary<string, NumberBlock>(StringComparer.Ordinal);
        foreach (StateTensor tensor in state.Tensors)
        {
            var values = new T[tensor.Count];
            state.Read(tensor.Name, values);
            parts[tensor.Name] = new NumberBlock(tensor.Shape.ToArray(), Widen(values));
        }

        return parts;
    }

    private static T[] Narrow(double[] values) => Array.ConvertAll(values, value => T.CreateChecked(value));

    private static double[] Widen(T[] values) => Array.ConvertAll(values, value => double.CreateChecked(value));
}
