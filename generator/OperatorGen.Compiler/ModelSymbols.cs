using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.Compiler;

/// <summary>Finds the symbols among a model's parameters.</summary>
public static class ModelSymbols
{
    /// <summary>The symbols' names, sorted, each once; empty for a model that can be evaluated.</summary>
    public static IReadOnlyList<string> Of(SequenceModel model) =>
    [
        .. model.Layers.SelectMany(layer => Tensors(layer.Cell))
            .Where(tensor => !tensor.IsNumeric)
            .SelectMany(tensor => Enumerable.Range(0, tensor.Count).Select(i => tensor[i].Symbol))
            .OfType<string>()
            .Distinct()
            .OrderBy(name => name, StringComparer.Ordinal),
    ];

    private static IEnumerable<Tensor> Tensors(Cell cell)
    {
        Parameter? transition = cell.Transition switch
        {
            DiagonalTransition diagonal => diagonal.A,
            ScalarTransition scalar => scalar.A,
            _ => null,
        };
        foreach (Parameter? parameter in new[] { transition, cell.Delta, cell.B, cell.C })
        {
            if (parameter is ConstantParameter constant)
            {
                yield return constant.Value;
            }
        }

        if (cell.Skip is { } skip)
        {
            yield return skip;
        }
    }
}
