using System;

namespace OperatorGen.Safetensors;

/// <summary>A safetensors file that cannot be read. The message says what was found, where, and what to do.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>Makes an exception without a place.</summary>
    public SafetensorsException()
        : this("The safetensors file cannot be read.")
    {
    }

    /// <summary>Makes an exception without a place.</summary>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a place, with the exception that caused it.</summary>
    public SafetensorsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal SafetensorsException(string found, long offset, string advice, string? tensorName = null, Exception? inner = null)
        : base(Text(found, offset, advice, tensorName), inner)
    {
        Offset = offset;
        TensorName = tensorName;
    }

    internal SafetensorsException(string file, SafetensorsException fault)
        : base(file + ": " + fault.Message, fault.InnerException)
    {
        File = file;
        Offset = fault.Offset;
        TensorName = fault.TensorName;
    }

    /// <summary>The file as it was named where it was opened, or null where bytes were given.</summary>
    public string? File { get; }

    /// <summary>The byte of the file at which the fault is, counted from 0, or null where it has no place.</summary>
    public long? Offset { get; }

    /// <summary>The tensor that the fault concerns, or null.</summary>
    public string? TensorName { get; }

    private static string Text(string found, long offset, string advice, string? tensorName)
    {
        string place = tensorName is null ? "" : "Tensor '" + Messages.Name(tensorName) + "', ";
        return place + (tensorName is null ? "Byte " : "byte ") + Messages.Digits(offset) + ": " + found + " " + advice;
    }
}
