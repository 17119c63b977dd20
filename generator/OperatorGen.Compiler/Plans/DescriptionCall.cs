using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Emission;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>How generated code makes the description of a recurrence: a method of OperatorGen.Analysis and its arguments.</summary>
/// <param name="Method">The method or constructor, for example <c>ModeRows.PerChannel</c> or <c>new SelectiveRecurrence</c>.</param>
/// <param name="Arguments">The arguments in order.</param>
public sealed record DescriptionCall(string Method, EquatableArray<DescriptionArgument> Arguments)
{
    /// <summary>A call with the given arguments.</summary>
    public DescriptionCall(string method, params DescriptionArgument[] arguments)
        : this(method, new EquatableArray<DescriptionArgument>(arguments))
    {
    }

    /// <summary>The bank of a recurrence that runs in both directions.</summary>
    /// <param name="forward">How the forward modes are described.</param>
    /// <param name="backward">How the backward modes are described.</param>
    /// <param name="delay">How many steps a backward read leaves out.</param>
    public static DescriptionCall BothDirections(DescriptionCall forward, DescriptionCall backward, int delay) =>
        new("ModeBank.BothDirections", DescriptionArgument.Of(forward), DescriptionArgument.Of(backward), DescriptionArgument.Of("delay", delay));
}

/// <summary>An argument: a literal, or the numbers of a table of the plan without padding.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Literal">The literal; null: a table.</param>
/// <param name="Table">The table; null: a literal.</param>
/// <param name="Segments">The widths of the parts of a row, each of which starts at a whole vector.</param>
public sealed record DescriptionArgument(string Name, string? Literal, TableHandle? Table, EquatableArray<int> Segments)
{
    /// <summary>A call whose result is given; null: none.</summary>
    public DescriptionCall? Call { get; init; }

    /// <summary>What a call gives.</summary>
    /// <param name="call">The call.</param>
    /// <param name="name">The parameter's name; empty: it is given without a name.</param>
    public static DescriptionArgument Of(DescriptionCall call, string name = "") => new(name, null, null, default) { Call = call };

    /// <summary>A number that is given without a name.</summary>
    public static DescriptionArgument Unnamed(int value) => new("", NumberText.Format(value), null, default);

    /// <summary>A decimal number.</summary>
    public static DescriptionArgument Of(string name, double value) => new(name, CSharp.Number(value), null, default);

    /// <summary>A text.</summary>
    public static DescriptionArgument Text(string name, string text) => new(name, CSharp.Literal(text), null, default);

    /// <summary>A decoder function.</summary>
    public static DescriptionArgument Of(string name, DecoderFunction function) => new(name, CSharp.Find(function), null, default);

    /// <summary>Nothing.</summary>
    public static DescriptionArgument Null(string name) => new(name, "null", null, default);

    /// <summary>A number.</summary>
    public static DescriptionArgument Of(string name, int value) => new(name, NumberText.Format(value), null, default);

    /// <summary>Numbers.</summary>
    public static DescriptionArgument Of(string name, IEnumerable<int> values) => new(name, $"new int[] {{ {string.Join(", ", values.Select(value => NumberText.Format(value)))} }}", null, default);

    /// <summary>How a controlled recurrence makes its steps.</summary>
    public static DescriptionArgument Of(string name, ControlledStep step) => new(name, $"global::OperatorGen.Analysis.ControlledStep.{step}", null, default);

    /// <summary>Texts.</summary>
    public static DescriptionArgument Of(string name, IEnumerable<string> texts) => new(name, $"new string[] {{ {string.Join(", ", texts.Select(CSharp.Literal))} }}", null, default);

    /// <summary>true or false.</summary>
    public static DescriptionArgument Of(string name, bool value) => new(name, value ? "true" : "false", null, default);

    /// <summary>A table; null where there is none.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="table">The table; null: none.</param>
    /// <param name="segments">The widths of the parts of a row.</param>
    public static DescriptionArgument Of(string name, TableHandle? table, params int[] segments) =>
        table is null ? new(name, "null", null, default) : new(name, null, table, new EquatableArray<int>(segments));
}

/// <summary>A planned recurrence: its tables are made, its steps are added direction by direction.</summary>
/// <param name="Describe">How generated code describes it; asked after the steps were added.</param>
/// <param name="Forward">Adds the steps of the forward direction, and the skip, to the present pass: from the cells' input v to where the readouts are.</param>
/// <param name="Backward">The same of the backward direction, without the skip; null: the recurrence is causal.</param>
internal sealed record PlannedCell(Func<DescriptionCall> Describe, Func<PlanView, PlanView> Forward, Func<PlanView, PlanView>? Backward = null);
