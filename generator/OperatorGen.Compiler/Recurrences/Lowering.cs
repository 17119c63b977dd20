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

    /// <summary>The operator: waves, waves with symbols, or paths.</summary>
    public abstract CellOperator Solve();

    /// <summary>Delta A of a readout's wave, its continuous eigenvalue per step; null where the wave is discrete from the start or there is none.</summary>
    /// <param name="readout">The readout.</param>
    /// <param name="wave">The wave.</param>
    public abstract ComplexNumber? Rate(int readout, int wave);

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
