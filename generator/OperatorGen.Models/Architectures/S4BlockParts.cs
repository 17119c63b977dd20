using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>What the kinds of S4Block share around their kernels.</summary>
internal static class S4BlockParts
{
    /// <summary>Reports rows of A and B that do not divide the features.</summary>
    public static void CheckTiling(ArchitectureReading reading, int width, int rows) =>
        reading.CheckDivides(("n_ssm", rows), ("d_model", width), ", since features share the rows of A and B in whole blocks");

    /// <summary>Whether there are kernels of both directions: as declared, else as the channels of C and D tell.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="rank">The number of axes of C.</param>
    public static bool IsBidirectional(ArchitectureReading reading, int rank) => reading.Hyper.FlagOrNull("bidirectional")
        ?? (reading.Tensors.Axis("layer.kernel.C", 0, rank) is int kernels && reading.Tensors.Axis("layer.D", 0, 2) is int reads && kernels == 2 * reads);

    /// <summary>The first or the second half of the channels of C.</summary>
    public static Tensor Half(Tensor c, int half) => RowTensors.Slice(c, half * (c.Shape[0] / 2), c.Shape[0] / 2);

    /// <summary>Whether a flag of the declaration has a value.</summary>
    public static bool IsFlag(ModelDeclaration declaration, string name, string value) => declaration.Hyper.Any(hyper => hyper.Name == name && hyper.Value == value);
}
