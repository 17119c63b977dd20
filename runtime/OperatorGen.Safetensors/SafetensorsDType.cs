using System;

namespace OperatorGen.Safetensors;

/// <summary>The element types of a safetensors file, named as the format names them.</summary>
public enum SafetensorsDType
{
    /// <summary>IEEE double.</summary>
    F64,

    /// <summary>IEEE single.</summary>
    F32,

    /// <summary>IEEE half: 5 exponent bits, 10 fraction bits.</summary>
    F16,

    /// <summary>The upper half of a single: 8 exponent bits, 7 fraction bits.</summary>
    BF16,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>Unsigned 64-bit integer.</summary>
    U64,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>One byte, 0 or 1.</summary>
    BOOL,

    /// <summary>A type whose elements this reader does not read, for example F8_E4M3 or C64; <see cref="SafetensorsTensor.DTypeName"/> says which.</summary>
    Other,
}

/// <summary>Names and sizes of <see cref="SafetensorsDType"/>.</summary>
public static class SafetensorsDTypes
{
    /// <summary>The names that this reader knows, for messages.</summary>
    internal const string Known = "F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL";

    private static readonly string[] s_names = Known.Split([", "], StringSplitOptions.None);

    /// <summary>The size of one element in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is <see cref="SafetensorsDType.Other"/>, whose size is not known.</exception>
    public static int ItemSize(this SafetensorsDType dtype) => dtype switch
    {
        SafetensorsDType.F64 or SafetensorsDType.I64 or SafetensorsDType.U64 => 8,
        SafetensorsDType.F32 or SafetensorsDType.I32 or SafetensorsDType.U32 => 4,
        SafetensorsDType.F16 or SafetensorsDType.BF16 or SafetensorsDType.I16 or SafetensorsDType.U16 => 2,
        SafetensorsDType.I8 or SafetensorsDType.U8 or SafetensorsDType.BOOL => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), "The size of an element of type " + dtype + " is not known."),
    };

    /// <summary>The name in the header: <c>F32</c>, <c>BOOL</c>.</summary>
    public static string Text(this SafetensorsDType dtype) => dtype is >= SafetensorsDType.F64 and <= SafetensorsDType.BOOL ? s_names[(int)dtype] : dtype.ToString();

    /// <summary>The type of that exact name; false, and <see cref="SafetensorsDType.Other"/>, when there is none.</summary>
    public static bool TryParse(string text, out SafetensorsDType dtype)
    {
        int index = Array.IndexOf(s_names, text);
        dtype = index < 0 ? SafetensorsDType.Other : (SafetensorsDType)index;
        return index >= 0;
    }
}
