using System;

namespace Text;

/// <summary>What was given cannot be used; the message says why and what to do.</summary>
internal sealed class UnusableException(string message) : Exception(message);
