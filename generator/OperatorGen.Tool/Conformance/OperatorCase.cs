using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Conformance;

/// <summary>
/// What the inputs of an operator are to the model: those with an axis of time are, one after the other for each step, its input; one with a batch but without time
/// is the state that the sequences start from; the others are its tensors.
/// </summary>
/// <param name="conformance">The case.</param>
internal sealed class OperatorCase(ConformanceCase conformance)
{
    private const string GateStream = ConformanceCase.InputPrefix + "z";

    private readonly ConformanceTensor[] _inputs =
    [
        .. (conformance.Listed ?? conformance.Tensors.Keys).Where(key => key.StartsWith(ConformanceCase.InputPrefix, StringComparison.Ordinal))
            .Select(key => conformance.Tensors.GetValueOrDefault(key)).OfType<ConformanceTensor>(),
    ];

    /// <summary>The tensors of the model by name.</summary>
    public IEnumerable<(string Name, EquatableArray<int> Shape, double[] Values)> Weights => _inputs.Where(input => !input.HasTime && !input.HasBatch)
        .Select(input => (input.Key[ConformanceCase.InputPrefix.Length..], input.Shape.ToEquatableArray(), (double[])input.Values.Clone()));

    /// <summary>The hyperparameters; where a gate stream is among the inputs, <c>gate</c> says so.</summary>
    public EquatableArray<HyperParameter> Hyper => conformance.Tensors.ContainsKey(GateStream)
        ? conformance.Hyper.Append(new HyperParameter("gate", "true", HyperKind.Boolean, null)).ToEquatableArray()
        : conformance.Hyper;

    /// <summary>The state to start from; null: there is none.</summary>
    public ConformanceTensor? Start => _inputs.FirstOrDefault(input => input is { HasBatch: true, HasTime: false });

    /// <summary>The input sequences, [time, channel] each.</summary>
    /// <exception cref="ConformanceException">The inputs are not of the same sequences.</exception>
    public IReadOnlyList<NumberBlock> Inputs()
    {
        IReadOnlyList<NumberBlock>[] parts = [.. _inputs.Where(input => input.HasTime).Select(input => input.Blocks())];
        if (parts.Length == 0)
        {
            throw new ConformanceException("the case has no input with an axis of time");
        }

        int sequences = parts[0].Count;
        if (Array.Exists(parts, part => part.Count != sequences || part.Any(block => block.Shape[0] != parts[0][0].Shape[0])))
        {
            throw new ConformanceException("the inputs have different numbers of sequences or time steps");
        }

        return [.. Enumerable.Range(0, sequences).Select(b => Joined([.. parts.Select(part => part[b])]))];
    }

    private static NumberBlock Joined(NumberBlock[] parts)
    {
        int steps = parts[0].Shape[0];
        double[] values = [.. Enumerable.Range(0, steps).SelectMany(t => parts.SelectMany(part => part.Values.Skip(t * (part.Values.Length / steps)).Take(part.Values.Length / steps)))];
        return new NumberBlock([steps, values.Length / steps], values);
    }
}
