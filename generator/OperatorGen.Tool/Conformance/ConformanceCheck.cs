using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Conformance;

/// <summary>Runs a case through an engine and compares every <c>out.*</c> tensor with upstream's.</summary>
public static class ConformanceCheck
{
    private const string Outputs = ConformanceCase.OutputPrefix;

    /// <summary>Checks a case. What cannot be compared fails with a reason; nothing is thrown for it.</summary>
    /// <param name="conformance">The case, of a supported architecture.</param>
    /// <param name="kind">The engine.</param>
    /// <param name="width">The vector width of generated code.</param>
    /// <returns>One result per output tensor, in the order of their keys.</returns>
    public static IReadOnlyList<TensorResult> Run(ConformanceCase conformance, EngineKind kind, VectorWidth width = VectorWidth.Widest)
    {
        ArgumentNullException.ThrowIfNull(conformance);
        return Run(conformance, kind, model => kind.Create(model, conformance.Precision, width));
    }

    /// <summary>Checks a case with engines that the caller makes.</summary>
    /// <param name="conformance">The case, of a supported architecture.</param>
    /// <param name="kind">What the results call the engine.</param>
    /// <param name="create">Makes the engine of a model.</param>
    /// <returns>One result per output tensor, in the order of their keys.</returns>
    public static IReadOnlyList<TensorResult> Run(ConformanceCase conformance, EngineKind kind, Func<SequenceModel, IConformanceEngine> create)
    {
        ArgumentNullException.ThrowIfNull(conformance);
        TensorResult Result(string key, Deviation deviation, string? reason) =>
            new(conformance.Name, kind, CaseDescription.PrecisionName(conformance.Precision), key, deviation, Tolerances.Of(conformance.Name, conformance.Precision, key), reason);

        string[] keys = [.. conformance.Outputs.Select(name => Outputs + name)];
        try
        {
            RejectOtherTensors(conformance);
            var evaluation = new CaseEvaluation(conformance, create);
            if (!keys.Any(IsForward))
            {
                keys = [.. keys, Outputs + evaluation.ForwardName];
            }

            return [.. keys.Select(key => Compare(conformance, evaluation, key, Result))];
        }
#pragma warning disable CA1031 // Whatever an engine throws is a failed comparison, not the end of the run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            string reason = failure is ConformanceException ? failure.Message : failure.GetType().Name + ": " + failure.Message;
            return [.. keys.DefaultIfEmpty(Outputs + "y").Select(key => Result(key, Deviation.None, reason))];
        }
    }

    private static TensorResult Compare(ConformanceCase conformance, CaseEvaluation evaluation, string key, Func<string, Deviation, string?, TensorResult> result)
    {
        try
        {
            return result(key, Compare(conformance, evaluation, key), null);
        }
        catch (ConformanceException mismatch)
        {
            return result(key, Deviation.None, mismatch.Message);
        }
    }

    private static Deviation Compare(ConformanceCase conformance, CaseEvaluation evaluation, string key)
    {
        if (!conformance.Tensors.TryGetValue(key, out ConformanceTensor? tensor))
        {
            throw new ConformanceException("the case has no such tensor");
        }

        if (conformance.Listed is { } listed && !listed.Contains(key))
        {
            throw new ConformanceException($"{CaseDescription.FileName} does not list this tensor");
        }

        IReadOnlyList<NumberBlock> expected = tensor.Blocks();
        IReadOnlyList<NumberBlock> computed = evaluation.Find(key[Outputs.Length..], expected)
            ?? throw new ConformanceException($"the model computes no such tensor; it has {string.Join(", ", evaluation.Names.Select(name => Outputs + name))}");
        if (expected.Count != computed.Count)
        {
            throw new ConformanceException($"its shape has {CountText.Of(expected.Count, "sequence")}, but the input has {computed.Count}");
        }

        for (int b = 0; b < expected.Count; b++)
        {
            if (!expected[b].HasShapeOf(computed[b]))
            {
                throw new ConformanceException($"shape {expected[b].ShapeText} per sequence is expected, {computed[b].ShapeText} was computed");
            }
        }

        double[] numbers = [.. expected.SelectMany(block => block.Values)];
        return numbers.Length > 0
            ? Deviation.Between(numbers, [.. computed.SelectMany(block => block.Values)])
            : throw new ConformanceException("it has no elements to compare");
    }

    /// <summary>Weights and inputs must be those that the description lists; intermediates are not used.</summary>
    private static void RejectOtherTensors(ConformanceCase conformance)
    {
        if (conformance.Listed is not { } listed)
        {
            return;
        }

        string[] missing = [.. listed.Where(IsUsed).Where(key => !conformance.Tensors.ContainsKey(key)).Order(StringComparer.Ordinal)];
        string[] extra = [.. conformance.Tensors.Keys.Where(IsUsed).Where(key => !listed.Contains(key)).Order(StringComparer.Ordinal)];
        if (missing.Length + extra.Length > 0)
        {
            throw new ConformanceException(string.Join("; ", Part(missing, "missing tensors"), Part(extra, $"tensors that {CaseDescription.FileName} does not list")).Trim(';', ' '));
        }
    }

    private static string Part(string[] keys, string what) => keys.Length == 0 ? "" : what + ": " + string.Join(", ", keys);

    private static bool IsUsed(string key) =>
        key.StartsWith(ConformanceCase.WeightPrefix, StringComparison.Ordinal) || key.StartsWith(ConformanceCase.InputPrefix, StringComparison.Ordinal);

    private static bool IsForward(string key) => key is Outputs + "y" or Outputs + "o" or Outputs + "Y" or Outputs + "logits" or Outputs + "logp" or Outputs + "prob";
}
