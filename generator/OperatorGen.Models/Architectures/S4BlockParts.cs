using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>What the kinds of S4Block share around their kernels.</summary>
internal static class S4BlockParts
{
    /// <summary>Reports rows of A and B that do not divide the features.</summary>
    public static void CheckTiling(ArchitectureReading reading, int width, int rows)
    {
        if (width > 0 && rows > 0 && width % rows != 0)
        {
            reading.Faults.Add(ModelFaults.Inconsistent(
                FormattableString.Invariant($"'n_ssm' is {rows} and d_model {width}: n_ssm must divide d_model, since features share the rows of A and B in whole blocks."), reading.Hyper.Find("n_ssm")?.Place));
        }
    }

    /// <summary>Whether there are kernels of both directions: as declared, else as the channels of C and D tell.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="rank">The number of axes of C.</param>
    public static bool IsBidirectional(ArchitectureReading reading, int rank) => reading.Hyper.FlagOrNull("bidirectional")
        ?? (reading.Tensors.Axis("layer.kernel.C", 0, rank) is int kernels && reading.Tensors.Axis("layer.D", 0, 2) is int reads && kernels == 2 * reads);

    /// <summary>The first or the second half of the channels of C.</summary>
    public static Tensor Half(Tensor c, int half)
    {
        EquatableArray<int> shape = c.Shape.Select((size, axis) => axis == 0 ? size / 2 : size).ToEquatableArray();
        return new Tensor(shape, c.Values.Slice(half * c.Count / 2, c.Count / 2).ToArray()).From(c);
    }

    /// <summary>Whether a flag of the declaration has a value.</summary>
    public static bool IsFlag(ModelDeclaration declaration, string name, string value) => declaration.Hyper.Any(hyper => hyper.Name == name && hyper.Value == value);
}
