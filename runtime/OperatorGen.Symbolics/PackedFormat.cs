namespace OperatorGen.Symbolics;

/// <summary>What a packed file of weights says of itself, and the layout that packer and generated code agree about (docs/external-weights.md).</summary>
public static class PackedFormat
{
    /// <summary>The version of the layout. Another one is another shape hash.</summary>
    public const int Version = 2;

    /// <summary>The data begin at a multiple of this many bytes, and each table has a multiple of it: a cache line and the widest vector.</summary>
    public const int Alignment = 64;

    /// <summary>The key of the version in the file's metadata.</summary>
    public const string VersionKey = "operatorgen.packed";

    /// <summary>The key of the shape hash: what the file is packed for.</summary>
    public const string ShapeKey = "operatorgen.shape";

    /// <summary>The key of the weights hash: SHA-256 over the bytes of all tables in the order of the file, 64 lower-case hexadecimal digits.</summary>
    public const string WeightsKey = "operatorgen.weights";

    /// <summary>The key of the program that packed the file, with its version.</summary>
    public const string PackerKey = "operatorgen.packer";

    /// <summary>The name of a table in a packed file: its number first, so that the order of names is the order of use.</summary>
    /// <param name="number">The number of the table in the plan.</param>
    /// <param name="table">Its name.</param>
    public static string NameOf(int number, string table) => NumberText.Format((long)number).PadLeft(5, '0') + "." + table;
}
