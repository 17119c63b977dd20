using System;

namespace OperatorGen.Tool.Conformance;

/// <summary>Why a tensor of a case cannot be compared, so that it fails.</summary>
/// <param name="message">Why.</param>
internal sealed class ConformanceException(string message) : Exception(message);
