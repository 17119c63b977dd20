using System;

namespace OperatorGen.Tool;

/// <summary>What the user gave cannot be worked with.</summary>
/// <param name="message">What was found, where, and what to do.</param>
/// <param name="innerException">The cause; null: none.</param>
internal sealed class UnusableInputException(string message, Exception? innerException = null) : Exception(message, innerException);
