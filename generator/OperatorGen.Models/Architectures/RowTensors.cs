using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Rows of tensors: what lies together along the first axis.</summary>
internal static class RowTensors
{
    /// <summary>Some consecutive rows.</summary>
    public static Tensor Slice(Tensor tensor, int start, int count)
    {
        int row = tensor.Count / tensor.Shape[0];
        return Tensor.Derived(WithRows(tensor, count), () => tensor.Values.Slice(start * row, count * row).ToArray(), tensor);
    }

    /// <summary>The rows of several tensors, which have the same further axes, one tensor after the other.</summary>
    public static Tensor Stacked(params Tensor[] tensors) =>
        Tensor.Derived(WithRows(tensors[0], tensors.Sum(tensor => tensor.Shape[0])), () => [.. tensors.SelectMany(tensor => tensor.Values.ToArray())], tensors);

    /// <summary>Every row several times, one copy after the other.</summary>
    public static Tensor Repeated(Tensor tensor, int times)
    {
        int row = tensor.Count / tensor.Shape[0];
        return Tensor.Derived(
            WithRows(tensor, tensor.Shape[0] * times),
            () =>
            {
                var values = new double[tensor.Count * times];
                for (int i = 0; i < values.Length; i += row)
                {
                    tensor.Values.Slice(i / row / times * row, row).CopyTo(values.AsSpan(i));
                }

                return values;
            },
            tensor);
    }

    /// <summary>All rows, so many times over.</summary>
    public static Tensor Tiled(Tensor tensor, int times) => Stacked([.. Enumerable.Repeat(tensor, times)]);

    private static EquatableArray<int> WithRows(Tensor tensor, int rows) => tensor.Shape.Select((size, axis) => axis == 0 ? rows : size).ToEquatableArray();
}
