using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// One step of a plan, for all time steps of a chunk, with everything that it touches. Verifier, cost and emission know a step by these
/// members only; its C# is written by the <c>StepWriter</c> of its type.
/// </summary>
/// <param name="Heading">Whose part this is, for example <c>s4_layers.0</c>.</param>
public abstract record PlanStep(string Heading)
{
    /// <summary>All that it touches, and what it costs.</summary>
    public abstract StepUses Uses { get; }

    /// <summary>The views that it reads.</summary>
    public IReadOnlyList<PlanView> Reads => Uses.Reads;

    /// <summary>The views that it writes; each is a new value.</summary>
    public IReadOnlyList<PlanView> Writes => Uses.Writes;

    /// <summary>The tables that it reads.</summary>
    public IReadOnlyList<TableUse> Tables => Uses.Tables;

    /// <summary>The parts of the recurrent state that it reads and writes.</summary>
    public IReadOnlyList<SlotUse> Slots => Uses.Slots;

    /// <summary>What it leaves to later passes; each is a new value.</summary>
    public IReadOnlyList<SequenceView> Saves => Uses.Saves;

    /// <summary>What it takes from earlier passes.</summary>
    public IReadOnlyList<SequenceView> Loads => Uses.Loads;

    /// <summary>The direction of the pass that it must be in; null: any, since no time step of it knows of another.</summary>
    public virtual TimeDirection? Direction => null;

    /// <summary>Whether the step reads or writes what belongs to one sequence, besides its row. All others take rows of many sequences as rows of one.</summary>
    public virtual bool IsOfOneSequence => Slots.Count > 0;

    /// <summary>How the step keeps its state, by a name that saved states carry; null where its kind has one form only.</summary>
    public virtual string? StateForm => null;

    /// <summary>Floating-point operations for one time step, see <see cref="StepUses.Operations"/>.</summary>
    public long Operations => Uses.Operations;

    /// <summary>True where a view may be written over a view that is read, column by column.</summary>
    public virtual bool WorksInPlace => false;

    /// <summary>What must hold besides the shapes of views, tables and slots; asked only when these hold.</summary>
    public virtual IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [];

    /// <summary>The step as a formula over its views, in one line: <c>b1[0..8)</c> are eight columns of buffer 1.</summary>
    public abstract string Describe(EvaluationPlan plan);

    /// <summary>A summand of <see cref="Describe"/> that a step may do without.</summary>
    private protected static string Plus(EvaluationPlan plan, TableHandle? table) => table is { } given ? " + " + plan[given].Name : "";
}
