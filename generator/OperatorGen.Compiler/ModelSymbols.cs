using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.Compiler;

/// <summary>Finds the symbols among a model's parameters.</summary>
public static class ModelSymbols
{
    /// <summary>The symbols' names, sorted, each once; empty for a model that can be evaluated.</summary>
    public static IReadOnlyList<string> Of(SequenceModel model) => Of(model.Layers.SelectMany(layer => Tensors(layer.Cell)));

    /// <summary>The symbols of a recurrence.</summary>
    public static IReadOnlyList<string> Of(Cell cell) => Of(Tensors(cell));

    private static string[] Of(IEnumerable<Tensor> tensors) =>
    [
        .. tensors
            .Where(tensor => !tensor.IsNumeric)
            .SelectMany(tensor => Enumerable.Range(0, tensor.Count).Select(i => tensor[i].Symbol))
            .OfType<string>()
            .Distinct()
            .OrderBy(name => name, StringComparer.Ordinal),
    ];

    private static IEnumerable<Tensor> Tensors(Cell cell) => cell.Skip is { } skip ? cell.Constants.Append(skip) : cell.Constants;
}
