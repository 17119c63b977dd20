using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>The number type of a plan.</summary>
public enum ElementType
{
    /// <summary>float, 16 lanes in the widest vector.</summary>
    Single,

    /// <summary>double, 8 lanes in the widest vector.</summary>
    Double,
}

/// <summary>
/// How one model is evaluated in one precision: buffers, constant tables, recurrent state and the steps in order, before any C# is written.
/// Every layout is padded to the widest vector (64 bytes); the width itself is chosen where the code runs.
/// </summary>
/// <param name="Element">The number type.</param>
/// <param name="InputWidth">Channels per input sample.</param>
/// <param name="OutputWidth">Numbers per output row.</param>
/// <param name="Pooled">True when a whole sequence gives one row.</param>
/// <param name="ChunkLength">How many time steps run through all steps at a time.</param>
/// <param name="Buffers">The scratch buffers.</param>
/// <param name="Tables">The constant tables.</param>
/// <param name="Slots">The parts of the recurrent state.</param>
/// <param name="StateLength">Elements of the recurrent state.</param>
/// <param name="SumWidth">Doubles of the pooling's running sum; 0: none.</param>
/// <param name="Sequences">What is kept of whole sequences between passes.</param>
/// <param name="Passes">The passes over the sequence in order.</param>
/// <param name="HeadSteps">What is done once with the pooled row, or, where the input is tokens, with the rows whose logits are asked for; empty: nothing.</param>
/// <param name="Parts">Which of the steps are which part of the model.</param>
public sealed record EvaluationPlan(
    ElementType Element,
    int InputWidth,
    int OutputWidth,
    bool Pooled,
    int ChunkLength,
    EquatableArray<PlanBuffer> Buffers,
    EquatableArray<ConstantTable> Tables,
    EquatableArray<StateSlot> Slots,
    int StateLength,
    int SumWidth,
    EquatableArray<SequenceBuffer> Sequences,
    EquatableArray<PlanPass> Passes,
    EquatableArray<PlanStep> HeadSteps,
    PlanParts Parts)
{
    /// <summary>The rows that the head of a model of tokens takes at a time.</summary>
    public const int HeadRows = 8;

    /// <summary>How many tokens there are; null: the input is numbers.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>A table.</summary>
    public ConstantTable this[TableHandle table] => Tables[table.Index];

    /// <summary>A part of the state.</summary>
    public StateSlot this[SlotHandle slot] => Slots[slot.Index];

    /// <summary>What is done with every chunk, of all passes.</summary>
    public IEnumerable<PlanStep> Steps => Passes.SelectMany(pass => pass.Steps);

    /// <summary>True where one pass does it all, so that a sequence may come in pieces.</summary>
    public bool IsCausal => Passes.Count == 1;

    /// <summary>Elements of one time step in the memory of whole sequences.</summary>
    public int SequenceStride => Sequences.Sum(sequence => sequence.Columns);

    /// <summary>The forms in which the steps keep their states, in order, of those whose kind has several forms: code with other forms cannot go on from such a state.</summary>
    public string StateForm => string.Join(", ", Steps.Select(step => step.StateForm).Where(form => form is not null));

    /// <summary>Floating-point operations per time step; the head of a pooled model is not counted.</summary>
    public long Operations => Steps.Concat(Vocabulary is null ? [] : HeadSteps).Sum(step => step.Operations);

    /// <summary>Bytes of the constant tables that are stored, in the code or in a file, padding included: not of those that are made when the code is first used.</summary>
    public long TableBytes => Tables.Where(table => IsExternal || table.Products is null).Sum(table => (long)table.Rows * table.Columns * table.StoredSize(Element));

    /// <summary>The uses of tables by steps, those of the head included.</summary>
    public IEnumerable<TableUse> TableUses => Steps.Concat(HeadSteps).SelectMany(step => step.Tables);

    /// <summary>Bytes of the tables that a single time step reads, on average; the head of a pooled model is done once per sequence, and so at every one of single steps.</summary>
    public double TableBytesPerStep => TableUses.GroupBy(use => use.Table)
        .Sum(uses => uses.Max(use => use.RowsPerStep) * this[uses.Key].Columns * this[uses.Key].StoredSize(Element));

    /// <summary>Bytes of the state that a single time step reads, on average.</summary>
    public double StateBytesRead => StateBytes(use => use.RowsRead);

    /// <summary>Bytes of the state that a single time step writes, on average.</summary>
    public double StateBytesWritten => StateBytes(use => use.RowsWritten);

    private double StateBytes(Func<SlotUse, double> rows) => Steps.SelectMany(step => step.Slots).Where(use => !use.ReadOnly).Sum(use => rows(use) * this[use.Slot].Columns * ElementSize);

    /// <summary>Whether the numbers of the tables come from a file at run time.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The first byte of each table in the data of a packed file: large elements first, then in the order of the plan, as the file's writer has them.</summary>
    public long[] TableOffsets()
    {
        var offsets = new long[Tables.Count];
        long end = 0;
        foreach (int i in PackedOrder())
        {
            offsets[i] = end;
            end += (long)Tables[i].Rows * Tables[i].Columns * Tables[i].StoredSize(Element);
        }

        return offsets;
    }

    /// <summary>The numbers of the tables in the order of a packed file.</summary>
    public IEnumerable<int> PackedOrder() => Enumerable.Range(0, Tables.Count).OrderBy(i => Tables[i].IsBFloat16).ThenBy(i => i);

    /// <summary>Elements of the scratch memory: the buffers, and one widest vector that a load from an unaligned column may reach into.</summary>
    public int ScratchLength => (Buffers.Count == 0 ? 0 : Buffers[Buffers.Count - 1].Offset + Buffers[Buffers.Count - 1].Length(ChunkLength)) + Lanes;

    /// <summary>Lanes of the widest vector.</summary>
    public int Lanes => LanesOf(Element);

    /// <summary>Bytes of one element.</summary>
    public int ElementSize => Element == ElementType.Single ? 4 : 8;

    /// <summary>Widest vectors of a whole panel of a matrix; of half that width there are twice as many.</summary>
    public const int PanelVectors = 4;

    /// <summary>Columns of a whole panel of a matrix.</summary>
    public static int PanelOf(ElementType element) => PanelVectors * LanesOf(element);

    /// <summary>A width rounded up to whole widest vectors.</summary>
    public int Pad(int width) => Pad(width, Element);

    /// <summary>A width rounded up to whole widest vectors of an element type.</summary>
    public static int Pad(int width, ElementType element) => (width + LanesOf(element) - 1) / LanesOf(element) * LanesOf(element);

    /// <summary>Lanes of the widest vector, 64 bytes, of an element type.</summary>
    public static int LanesOf(ElementType element) => element == ElementType.Single ? 16 : 8;

    /// <summary>Lanes of the narrowest vector, 16 bytes, of an element type.</summary>
    public static int NarrowestLanesOf(ElementType element) => LanesOf(element) / 4;
}

/// <summary>A scratch buffer: rows of one time step each.</summary>
/// <param name="Index">Its place in the list of buffers.</param>
/// <param name="Columns">Elements of a row that steps may use, a multiple of the lanes.</param>
/// <param name="Stride">Elements from row to row: an odd number of cache lines, so that walking down a column meets every cache set.</param>
/// <param name="LeadingRows">Rows before the first time step (a convolution's history).</param>
/// <param name="Offset">Where it starts in the scratch memory.</param>
public sealed record PlanBuffer(int Index, int Columns, int Stride, int LeadingRows, int Offset)
{
    /// <summary>The time steps of a buffer that only the head uses; null: those of a chunk.</summary>
    public int? HeadRows { get; init; }

    /// <summary>Elements of the whole buffer.</summary>
    public int Length(int chunkLength) => Stride * (LeadingRows + (HeadRows ?? chunkLength));
}

/// <summary>Consecutive columns of a buffer.</summary>
/// <param name="Buffer">The buffer's index.</param>
/// <param name="Column">The first column.</param>
/// <param name="Width">How many columns carry numbers; the padding after them is not counted.</param>
/// <param name="Value">The number of the value that is meant. Each write makes a new value; a buffer that is used again, or a step that works in place, ends the value before.</param>
public sealed record PlanView(int Buffer, int Column, int Width, int Value)
{
    /// <summary>The columns, for example <c>b1[0..8)</c>.</summary>
    public override string ToString() => $"b{Buffer}[{Column}..{Column + Width})";
}

/// <summary>
/// Constants of the generated code, padded, already rounded to the plan's precision. The columns are cut into panels, which lie one after another, each row-major: a
/// linear map goes through its weights in the order of the memory. A table that is no matrix is one panel.
/// </summary>
/// <param name="Name">The member's name in the generated code.</param>
/// <param name="Summary">What the numbers are, with the layout.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">Elements of a row.</param>
/// <param name="Values">The numbers.</param>
public sealed record ConstantTable(string Name, string Summary, int Rows, int Columns, TableValues Values)
{
    /// <summary>True where the elements are stored as the upper halves of singles, which the code widens.</summary>
    public bool IsBFloat16 { get; init; }

    /// <summary>The tables whose products these are, made from them where the code is first used; null: the numbers are in the code. In a file all numbers are.</summary>
    public TableProducts? Products { get; init; }

    /// <summary>Columns of a panel; the last one may be narrower.</summary>
    public int Panel { get => field == 0 ? Columns : field; init; }

    /// <summary>The parts of rows in the order of the memory: the row, the first column, and how many.</summary>
    public IEnumerable<(int Row, int First, int Count)> Parts()
    {
        for (int first = 0; first < Columns; first += Panel)
        {
            for (int row = 0; row < Rows; row++)
            {
                yield return (row, first, Math.Min(Panel, Columns - first));
            }
        }
    }

    /// <summary>The type of the stored elements, as safetensors names it.</summary>
    /// <param name="element">The element type of the plan.</param>
    public string StoredType(ElementType element) => IsBFloat16 ? "BF16" : element == ElementType.Single ? "F32" : "F64";

    /// <summary>Bytes of one stored element.</summary>
    /// <param name="element">The element type of the plan.</param>
    public int StoredSize(ElementType element) => IsBFloat16 ? 2 : element == ElementType.Single ? 4 : 8;
}

/// <summary>What <see cref="OperatorGen.Analysis.LookAhead.Table"/> is made of.</summary>
/// <param name="Eigenvalues">lambda.</param>
/// <param name="Weights">w.</param>
/// <param name="Skip">D; null: none.</param>
/// <param name="Modes">Modes per channel.</param>
/// <param name="Channels">The channels.</param>
public sealed record TableProducts(TableHandle Eigenvalues, TableHandle Weights, TableHandle? Skip, int Modes, int Channels);

/// <summary>Where the numbers of a plan's tables are.</summary>
public enum TableMode
{
    /// <summary>In the plan, and so in the assembly.</summary>
    Baked,

    /// <summary>In a file at run time: the plan has shapes only.</summary>
    External,

    /// <summary>In the model, to be written to such a file: the plan is that of <see cref="External"/>, and its tables are computed row by row when they are asked for.</summary>
    Packing,
}

/// <summary>The numbers of a table, equal by a hash computed once; or how to compute them, or nothing where they are in a file.</summary>
public sealed class TableValues : IEquatable<TableValues>
{
    private readonly double[]? _values;
    private readonly Func<int, int, int, double[]>? _part;
    private string? _hash;

    /// <summary>Takes the array as it is; it must not be written afterwards.</summary>
    public TableValues(double[] values) => _values = values;

    private TableValues(Func<int, int, int, double[]>? part) => _part = part;

    /// <summary>No numbers: they are in a file at run time.</summary>
    public static TableValues InFile { get; } = new((Func<int, int, int, double[]>?)null);

    /// <summary>Numbers that are computed when they are asked for, and not kept.</summary>
    /// <param name="part">Computes a part of a row with its padding: row, first column, count.</param>
    public static TableValues ByPart(Func<int, int, int, double[]> part) => new(part);

    /// <summary>Whether the numbers are here.</summary>
    public bool AreBaked => _values is not null;

    /// <summary>The numbers in the order of <see cref="ConstantTable.Parts"/>.</summary>
    /// <exception cref="InvalidOperationException">They are not here.</exception>
    public ReadOnlySpan<double> Span => _values ?? throw new InvalidOperationException("The numbers of this table are in a file.");

    /// <summary>A part of a row with its padding.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The first column.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidOperationException">The numbers are not computed when they are asked for.</exception>
    public double[] Part(int row, int first, int count) => (_part ?? throw new InvalidOperationException("The numbers of this table are not computed when they are asked for."))(row, first, count);

    private string Hash => _hash ??= _values is null ? "" : new ContentHash().Add(_values).ToHexString();

    /// <inheritdoc/>
    public bool Equals(TableValues? other) => other is not null && (ReferenceEquals(this, other) || Hash == other.Hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableValues);

    /// <inheritdoc/>
    public override int GetHashCode() => _values?.Length ?? 0;
}

/// <summary>A part of the recurrent state.</summary>
/// <param name="Name">Upstream's name where it has one; null: not readable by name.</param>
/// <param name="Offset">Where it starts.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">Elements of a row, a multiple of the lanes.</param>
/// <param name="Axes">The axes in upstream's order; empty where there is no name.</param>
public sealed record StateSlot(string? Name, int Offset, int Rows, int Columns, EquatableArray<StateAxis> Axes);

/// <summary>An axis of a state in upstream's layout.</summary>
/// <param name="Size">Its size.</param>
/// <param name="Stride">Elements of the slot from one index to the next.</param>
public sealed record StateAxis(int Size, int Stride);
