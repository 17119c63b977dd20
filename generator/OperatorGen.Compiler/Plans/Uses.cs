using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>What a step touches. A test compares it with the views, tables and slots that the step holds.</summary>
/// <param name="Reads">The views that it reads.</param>
/// <param name="Writes">The views that it writes; each is a new value.</param>
public sealed record StepUses(IReadOnlyList<PlanView> Reads, IReadOnlyList<PlanView> Writes)
{
    /// <summary>
    /// Those of <see cref="Reads"/> whose numbers are read one by one. All others are read in whole vectors, which must not reach into numbers of others: what is not a number there would go into sums and states.
    /// </summary>
    public IReadOnlyList<PlanView> OneByOne { get; init; } = [];

    /// <summary>The tables that it reads.</summary>
    public IReadOnlyList<TableUse> Tables { get; init; } = [];

    /// <summary>The parts of the recurrent state that it reads and writes.</summary>
    public IReadOnlyList<SlotUse> Slots { get; init; } = [];

    /// <summary>What it leaves to later passes; each is a new value.</summary>
    public IReadOnlyList<SequenceView> Saves { get; init; } = [];

    /// <summary>What it takes from earlier passes.</summary>
    public IReadOnlyList<SequenceView> Loads { get; init; } = [];

    /// <summary>
    /// Floating-point operations for one time step, without padding: an addition, a multiplication and a division count one each,
    /// a function of a number counts as <see cref="FunctionCost"/>.
    /// </summary>
    public long Operations { get; init; }
}

/// <summary>A table that a step reads, with the shape that the step relies on.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Widths">The channels of the parts of a row; each part is padded by itself.</param>
public sealed record TableUse(TableHandle Table, int Rows, IReadOnlyList<int> Widths)
{
    /// <summary>A table with rows of one part.</summary>
    public TableUse(TableHandle table, int rows, int width)
        : this(table, rows, [width])
    {
    }

    /// <summary>How many of the rows a single time step reads, on average.</summary>
    public double RowsPerStep { get; init; } = Rows;

    /// <summary>Whether the step reads the table in panels.</summary>
    public bool InPanels { get; init; }

    /// <summary>The use of a table that a step may do without: one use, or none.</summary>
    public static IReadOnlyList<TableUse> Optional(TableHandle? table, int rows, params IReadOnlyList<int> widths) =>
        table is { } given ? [new TableUse(given, rows, widths)] : [];
}

/// <summary>A part of the recurrent state that a step reads and writes, with the shape that the step relies on.</summary>
/// <param name="Slot">The slot; no other step writes it.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Width">The channels of a row.</param>
/// <param name="ReadOnly">True where the step reads what another step wrote.</param>
public sealed record SlotUse(SlotHandle Slot, int Rows, int Width, bool ReadOnly = false)
{
    /// <summary>How many rows a single time step reads, on average.</summary>
    public double RowsRead { get; init; } = Rows;

    /// <summary>How many rows a single time step writes, on average.</summary>
    public double RowsWritten { get; init; } = Rows;
}
