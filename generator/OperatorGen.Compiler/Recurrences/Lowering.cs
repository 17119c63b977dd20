using System;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// What the compiler makes of one kind of recurrence: its numbers, its operator, its steps and how generated code describes it. One file per kind; the list is
/// <see cref="Lowerings"/>.
/// </summary>
public abstract class Lowering
{
    /// <summary>The recurrence with numbers, which operator, analysis and plan share.</summary>
    /// <exception cref="System.ArgumentException">The cell has symbols.</exception>
    public abstract RecurrenceDescription Describe();

    /// <summary>The recurrence in the form that code in float has, with the constants in double.</summary>
    internal virtual RecurrenceDescription DescribeInSingle() => Describe();

    /// <summary>
    /// The modes of <see cref="DescribeInSingle"/> with the constants as code in float stores them, where the numbers of the bank are made of several of them; null where each
    /// number of the bank is a constant that is stored.
    /// </summary>
    internal virtual ModeBank? StoredInSingle() => null;

    /// <summary>The operator: waves, waves with symbols, or paths.</summary>
    public abstract CellOperator Solve();

    /// <summary>Delta A of a readout's wave, its continuous eigenvalue per step; null where the wave is discrete from the start or there is none.</summary>
    /// <param name="readout">The readout.</param>
    /// <param name="wave">The wave.</param>
    public abstract ComplexNumber? Rate(int readout, int wave);

    /// <summary>Which of several forms was chosen and why, a part of a sentence; null where there is one form only.</summary>
    /// <param name="element">The precision of the code; the operator is made as code in double is.</param>
    public virtual string? Choice(ElementType element) => null;

    /// <summary>The basis of the state in generated code; null where it is the model's.</summary>
    /// <param name="element">The precision of the code.</param>
    public virtual StateBasis? BasisOf(ElementType element) => null;

    /// <summary>A state of the model in eigenvectors that another program chose, [channel, eigenvalue]; null where the recurrence is not in another basis than its eigenvectors, or has none.</summary>
    /// <param name="state">The state in the order of the cell's state sizes, (re, im) last.</param>
    /// <param name="chosen">The eigenvectors.</param>
    public virtual ComplexNumber[]? StateIn(ReadOnlySpan<double> state, ChosenEigenvectors chosen) => null;

    /// <summary>Why no code is written for the cell; null where it is.</summary>
    internal abstract string? Refusal { get; }

    /// <summary>Makes the tables of the recurrence, and says how its steps are added.</summary>
    /// <param name="builder">Where they go.</param>
    /// <param name="place">The names of the layer's part.</param>
    /// <returns>How the steps of each direction are added, and how generated code describes the recurrence.</returns>
    internal abstract PlannedCell Plan(PlanBuilder builder, CellPlace place);
}

/// <summary>How the parts of a layer's recurrence are named.</summary>
/// <param name="Heading">Whose part, for comments.</param>
/// <param name="Prefix">What the names of tables start with.</param>
/// <param name="StateName">The state's full name; null: not readable by name.</param>
internal sealed record CellPlace(string Heading, string Prefix, string? StateName);
