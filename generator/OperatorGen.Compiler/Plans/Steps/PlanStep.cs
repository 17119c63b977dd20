using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// One step of a plan, for all time steps of a chunk, with everything that it touches. Verifier, cost and emission know a step by these
/// members only; its C# is written by the <c>StepWriter</c> of its type.
/// </summary>
/// <param name="Heading">Whose part this is, for example <c>s4_layers.0</c>.</param>
public abstract record PlanStep(string Heading)
{
    /// <summary>The views that it reads.</summary>
    public abstract IReadOnlyList<PlanView> Reads { get; }

    /// <summary>The views that it writes; each is a new value.</summary>
    public abstract IReadOnlyList<PlanView> Writes { get; }

    /// <summary>The tables that it reads.</summary>
    public abstract IReadOnlyList<TableUse> Tables { get; }

    /// <summary>The parts of the recurrent state that it reads and writes.</summary>
    public abstract IReadOnlyList<SlotUse> Slots { get; }

    /// <summary>
    /// Floating-point operations for one time step, without padding: an addition, a multiplication and a division count one each,
    /// a function of a number counts as <see cref="FunctionCost"/>.
    /// </summary>
    public abstract long Operations { get; }

    /// <summary>True where a view may be written over a view that is read, column by column.</summary>
    public virtual bool WorksInPlace => false;

    /// <summary>What must hold besides the shapes of views, tables and slots; asked only when these hold.</summary>
    public abstract IEnumerable<PlanClaim> Claims(EvaluationPlan plan);

    /// <summary>The step as a formula over its views, in one line: <c>b1[0..8)</c> are eight columns of buffer 1.</summary>
    public abstract string Describe(EvaluationPlan plan);

    /// <summary>A summand of <see cref="Describe"/> that a step may do without.</summary>
    private protected static string Plus(EvaluationPlan plan, TableHandle? table) => table is { } given ? " + " + plan[given].Name : "";
}
