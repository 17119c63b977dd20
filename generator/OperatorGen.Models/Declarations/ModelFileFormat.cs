namespace OperatorGen.Models;

/// <summary>The model file's format and its limits.</summary>
public static class ModelFileFormat
{
    /// <summary>What <c>format</c> says in files of this version.</summary>
    public const string Current = "operatorgen/1";

    /// <summary>What comes before the version's number.</summary>
    public const string Prefix = "operatorgen/";

    /// <summary>The major version that is read and written.</summary>
    public const int Major = 1;

    /// <summary>The newest minor version that is known.</summary>
    public const int Minor = 0;

    /// <summary>The longest text that is read, in bytes of UTF-8.</summary>
    public const int MaxTextBytes = 64 << 20;

    /// <summary>The largest weights that are baked into an assembly, in bytes.</summary>
    public const int MaxBakedBytes = 4 << 20;

    /// <summary>How many numbers a calibration may have.</summary>
    public const int MaxCalibrationNumbers = 2 << 20;

    /// <summary>How many axes a tensor may have.</summary>
    public const int MaxRank = 8;

    /// <summary>How many entries an array outside of tensors may have.</summary>
    public const int MaxListLength = 100_000;

    /// <summary>The bytes that one weight takes in the generated assembly: 4 in single, 8 in double, one copy of each in both.</summary>
    /// <param name="precision">The precision; null is single.</param>
    public static int BytesPerWeight(Precision? precision) => precision switch
    {
        Precision.Double => 8,
        Precision.Both => 12,
        _ => 4,
    };
}
