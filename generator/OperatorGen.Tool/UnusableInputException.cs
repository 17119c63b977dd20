using System;

namespace OperatorGen.Tool;

/// <summary>What the user gave cannot be worked with. The message says what was found, where, and what to do.</summary>
public sealed class UnusableInputException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public UnusableInputException()
        : this("The input cannot be used.")
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What was found, where, and what to do.</param>
    public UnusableInputException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with the exception that caused it.</summary>
    /// <param name="message">What was found, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public UnusableInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
