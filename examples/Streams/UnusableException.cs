using System;

namespace StreamHost;

/// <summary>Something that the user gave cannot be used; the message says what to do.</summary>
internal sealed class UnusableException(string message) : Exception(message);
