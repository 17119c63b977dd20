using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Conformance;

/// <summary>
/// The axes of the tensors of an operator, whose case has no weights: every input of upstream's function is an <c>in.*</c> tensor. Its layout is given without prefix and
/// for several tensors at once, <c>q,k,gk</c>: <c>B,T,H,K (a remark)</c>, with alternatives between bars, <c>B,N,L | D,N</c>, and it does not name every tensor.
/// </summary>
internal sealed class CaseLayout
{
    private const string Batch = "B";
    private static readonly string[] s_forward = ["out.o", "out.y", "out.Y"];

    private readonly Dictionary<string, string[][]> _stated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _shapes;
    private readonly EquatableArray<HyperParameter> _hyper;

    /// <summary>Reads the layout.</summary>
    /// <param name="layout">The entries of <c>layout</c> in <c>case.json</c>.</param>
    /// <param name="hyper">The hyperparameters.</param>
    /// <param name="shapes">The shapes of the case's tensors, in the order in which they are listed.</param>
    public CaseLayout(IEnumerable<(string Keys, string Axes)> layout, EquatableArray<HyperParameter> hyper, IEnumerable<(string Key, int[] Shape)> shapes)
    {
        (_hyper, _shapes) = (hyper, shapes.ToDictionary(tensor => tensor.Key, tensor => tensor.Shape));
        foreach ((string keys, string axes) in layout.Where(entry => !entry.Keys.Contains(' ')))
        {
            string[][] alternatives = [.. axes.Replace("(re,im)", "2", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries).Select(each => each.Split(' ')[0].Split(','))];
            foreach (string key in keys.Split(','))
            {
                _stated[key] = alternatives;
            }
        }
    }

    /// <summary>Whether a case is one of an operator.</summary>
    /// <param name="keys">The keys of its tensors.</param>
    public static bool IsOperator(IEnumerable<string> keys) => !keys.Any(key => key.StartsWith(ConformanceCase.WeightPrefix, StringComparison.Ordinal));

    /// <summary>
    /// The axes of a tensor. A tensor of the model has no batch axis. Without a statement an input of the name of an initial state has the batch first, another one is a
    /// tensor of the model; the output has the axes of the input of its shape, and a state the batch first.
    /// </summary>
    /// <param name="key">The tensor, in the case.</param>
    public string[] AxesOf(string key)
    {
        int[] shape = _shapes[key];
        if (Stated(key) is { } axes)
        {
            int time = ConformanceTensor.TimeAxis(axes);
            return time >= 0 && Steps is int steps && shape[time] == 2 * steps ? [.. axes[..time], ConformanceTensor.Interleaved + axes[time], .. axes[(time + 1)..]] : axes;
        }

        bool isInput = key.StartsWith(ConformanceCase.InputPrefix, StringComparison.Ordinal);
        if (s_forward.Contains(key))
        {
            return _shapes.Where(other => other.Value.SequenceEqual(shape)).Select(other => Stated(other.Key)).FirstOrDefault(found => found is not null) ?? [];
        }

        bool hasBatch = !isInput || Bare(key).StartsWith("initial_state", StringComparison.Ordinal) || Bare(key) == "h0";
        return [.. shape.Select((_, axis) => axis == 0 && hasBatch ? Batch : "")];
    }

    /// <summary>The number of time steps, as the first input with an axis of time says.</summary>
    private int? Steps => _shapes.Select(tensor => (tensor.Value, Time: ConformanceTensor.TimeAxis(Stated(tensor.Key) ?? []))).Where(tensor => tensor.Time >= 0)
        .Select(tensor => (int?)tensor.Value[tensor.Time]).FirstOrDefault();

    /// <summary>The alternative that fits the number of axes. Complex tensors of the model have one more, and <c>varB</c> says whether B is one.</summary>
    private string[]? Stated(string key)
    {
        if (!_stated.TryGetValue(Bare(key), out string[][]? alternatives))
        {
            return null;
        }

        int rank = _shapes[key].Length;
        bool isConstant = _hyper.Any(hyper => hyper.Name == "var" + Bare(key) && hyper.Value == "false");
        return alternatives.Where(axes => !isConstant || axes[0] != Batch).Select(axes => axes[0] != Batch && axes.Length == rank - 1 ? [.. axes, "2"] : axes)
            .FirstOrDefault(axes => axes.Length == rank);
    }

    private static string Bare(string key) => key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
