using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>A place in a text, for people: lines and columns from 1.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 code units.</param>
/// <param name="Length">How many code units of that line are meant; at least 1.</param>
public sealed record TextPlace(int Line, int Column, int Length);

/// <summary>How grave a fault is.</summary>
public enum FaultSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Probably not what was meant; the work goes on.</summary>
    Warning,

    /// <summary>The work stops here.</summary>
    Error,
}

/// <summary>The kind of a fault: what <c>docs/diagnostics/OPGnnnn.md</c> explains.</summary>
/// <param name="Id">OPG and four digits.</param>
/// <param name="Title">The kind in a few words.</param>
/// <param name="Severity">How grave.</param>
public sealed record FaultKind(string Id, string Title, FaultSeverity Severity);

/// <summary>One thing that is wrong, or worth knowing, about a declaration.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Message">What was found and what to do, in full sentences.</param>
/// <param name="Place">Where in the model file or declaration; null where it has no place there.</param>
public sealed record Fault(FaultKind Kind, string Message, TextPlace? Place)
{
    /// <summary>The member of the declaring C# type that the fault is about, as the declared target names it; null: the fault is about no member.</summary>
    public string? Member { get; init; }
}

/// <summary>What a stage gives: a value (null where an error stopped it) and the faults that it found.</summary>
/// <typeparam name="T">The stage's record.</typeparam>
/// <param name="Value">The result; null exactly when a fault is an error.</param>
/// <param name="Faults">Everything found, in the order of the text.</param>
public sealed record StageResult<T>(T? Value, EquatableArray<Fault> Faults)
    where T : class
{
    /// <summary>The defaults that stand where the declaration says nothing and the tensors do not tell; only resolving notes some.</summary>
    public EquatableArray<AssumedDefault> Assumed { get; init; } = EquatableArray<AssumedDefault>.Empty;
}

/// <summary>A default that an architecture took because neither a hyperparameter nor a tensor's shape says otherwise.</summary>
/// <param name="Name">The hyperparameter's name.</param>
/// <param name="Value">The value, as a model file would have it.</param>
/// <param name="Decides">What it decides, a sentence without its full stop.</param>
public sealed record AssumedDefault(string Name, string Value, string Decides);
