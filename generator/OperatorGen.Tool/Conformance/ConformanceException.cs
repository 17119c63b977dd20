using System;

namespace OperatorGen.Tool.Conformance;

/// <summary>Why a tensor of a case cannot be compared, so that it fails.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public ConformanceException()
        : this("The tensor cannot be compared.")
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Why.</param>
    public ConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with the exception that caused it.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">The cause.</param>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
