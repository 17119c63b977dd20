using System.Collections.Generic;
using System.ComponentModel;

namespace OperatorGen;

/// <summary>What generated code expects of a packed file of weights: what it is packed for, and its tables in the order of the file.</summary>
/// <param name="shapeHash">The shape hash, 64 hexadecimal digits.</param>
/// <param name="tables">The tables.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeightLayout(string shapeHash, params WeightTable[] tables)
{
    /// <summary>The shape hash, 64 hexadecimal digits.</summary>
    public string ShapeHash { get; } = shapeHash;

    /// <summary>The tables in the order of the file.</summary>
    public IReadOnlyList<WeightTable> Tables { get; } = tables;
}

/// <summary>A table of a packed file.</summary>
/// <param name="Number">The number of the table in the plan that the code was made of.</param>
/// <param name="Name">Its name, without the number.</param>
/// <param name="DType">The element type: <c>F32</c>, <c>F64</c> or <c>BF16</c>.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Columns">Elements of a row.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WeightTable(int Number, string Name, string DType, int Rows, int Columns)
{
    /// <summary>The bytes of all elements.</summary>
    public long Bytes => (long)Rows * Columns * (DType == "F64" ? 8 : DType == "F32" ? 4 : 2);
}
