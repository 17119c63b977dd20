using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

namespace ExampleModels;

/// <summary>Tensors as a model file writes them.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Values">The numbers, row-major.</param>
internal sealed record TensorText(string Name, int[] Shape, double[] Values)
{
    private const int Few = 12;

    /// <summary>Whether the numbers are written in single precision.</summary>
    public bool IsSingle { get; init; }

    /// <summary>The member of <c>tensors</c>: numbers as they are where there are few, else as bytes.</summary>
    public override string ToString()
    {
        string shape = string.Join(", ", Shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        return Values.Length <= Few
            ? $"\"{Name}\": {{ \"shape\": [{shape}], \"values\": [{string.Join(", ", Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}] }}"
            : $"\"{Name}\": {{ \"dtype\": \"{(IsSingle ? "F32" : "F64")}\", \"shape\": [{shape}], \"data\": \"{Convert.ToBase64String(Bytes())}\" }}";
    }

    /// <summary>All of them in the block <c>tensors</c> that ends a model file.</summary>
    public static string Block(IEnumerable<TensorText> tensors) => "  \"tensors\": {\n    " + string.Join(",\n    ", tensors) + "\n  }\n}\n";

    private ReadOnlySpan<byte> Bytes() => IsSingle ? MemoryMarshal.AsBytes<float>(Array.ConvertAll(Values, value => (float)value)) : MemoryMarshal.AsBytes<double>(Values);
}
