using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// What a plan is put together in: buffers that are taken and given back, tables that are padded and rounded, state slots, and steps.
/// </summary>
internal sealed class PlanBuilder(ElementType element, TableMode mode = TableMode.Baked)
{
    private const int CacheBytes = 128 * 1024;
    private const int ShortestChunk = 8;
    private const int LongestChunk = 256;

    // Weights that no cache holds come from memory once per chunk: chunks are then long enough that computing takes longer than reading.
    private const long LargeTables = 4 << 20;
    private const int LargeChunk = 64;

    private readonly int _lanes = EvaluationPlan.LanesOf(element);
    private readonly List<(int Columns, int LeadingRows)> _buffers = [];
    private readonly HashSet<int> _headBuffers = []; // that only the head of a model of tokens uses
    private readonly HashSet<int> _free = [];
    private readonly List<ConstantTable> _tables = [];
    private readonly List<StateSlot> _slots = [];
    private readonly List<PlanPass> _passes = [];
    private readonly List<int> _sequences = []; // columns
    private readonly HashSet<int> _freeSequences = [];
    private readonly List<PlanStep> _steps = []; // of the pass that is being planned
    private TimeDirection _direction;
    private readonly List<PlanStep> _headSteps = [];
    private bool _head, _ownBuffers;
    private int _stateLength;
    private int _values;

    /// <summary>The first constant that single precision cannot hold; null: none.</summary>
    public string? Overflow { get; private set; }

    /// <summary>The first table with a constant beyond the range of a double; null: none.</summary>
    public string? NotFinite { get; private set; }

    /// <summary>The number type.</summary>
    public ElementType Element => element;

    /// <summary>Lanes of the widest vector.</summary>
    public int Lanes => _lanes;

    /// <summary>Whether no number may decide what the plan is: code is made of the shapes alone.</summary>
    public bool ByShapes => mode != TableMode.Baked;

    /// <summary>Whether the numbers of the tables are known.</summary>
    public bool HasNumbers => mode != TableMode.External;

    /// <summary>The width rounded up to whole widest vectors.</summary>
    public int Pad(int width) => EvaluationPlan.Pad(width, element);

    /// <summary>Adds a step.</summary>
    /// <returns>The step.</returns>
    public T Add<T>(T step)
        where T : PlanStep
    {
        (_head ? _headSteps : _steps).Add(step);
        return step;
    }

    /// <summary>The steps that are added from here on are done once per sequence; of a model of tokens, for the rows whose logits are asked for.</summary>
    /// <param name="ownBuffers">Whether the buffers that are acquired from here on have as many rows as the head takes at a time.</param>
    public void BeginHead(bool ownBuffers = false) => (_head, _ownBuffers) = (true, ownBuffers);

    /// <summary>Ends a pass and begins another: no buffer holds anything any more.</summary>
    /// <param name="direction">The direction of the new pass.</param>
    public void BeginPass(TimeDirection direction)
    {
        EndPass();
        _direction = direction;
        _free.UnionWith(Enumerable.Range(0, _buffers.Count));
    }

    /// <summary>Saves a value for later passes, in a sequence buffer that nobody uses.</summary>
    /// <param name="heading">Whose part.</param>
    /// <param name="source">The value.</param>
    public SequenceView Save(string heading, PlanView source)
    {
        int columns = Pad(source.Width);
        int buffer = 0;
        while (buffer < _sequences.Count && !(_sequences[buffer] == columns && _freeSequences.Remove(buffer)))
        {
            buffer++;
        }

        if (buffer == _sequences.Count)
        {
            _sequences.Add(columns);
        }

        return Add(new SaveStep(heading, source, new SequenceView(buffer, source.Width, ++_values))).Sequence;
    }

    /// <summary>Loads what an earlier pass saved.</summary>
    /// <param name="heading">Whose part.</param>
    /// <param name="sequence">What was saved.</param>
    /// <param name="last">Whether no later pass needs it: what is saved from here on may use its place.</param>
    public PlanView Load(string heading, SequenceView sequence, bool last)
    {
        if (last)
        {
            _freeSequences.Add(sequence.Buffer);
        }

        return Add(new LoadStep(heading, sequence, Acquire(sequence.Width))).Target;
    }

    /// <summary>A new value in a buffer that nobody uses.</summary>
    /// <param name="width">Channels.</param>
    /// <param name="leadingRows">Rows of history before the first time step.</param>
    public PlanView Acquire(int width, int leadingRows = 0) => AcquireParts([width], leadingRows)[0];

    /// <summary>New values side by side in a buffer that nobody uses, each padded by itself.</summary>
    /// <param name="widths">Channels of each.</param>
    /// <param name="leadingRows">Rows of history before the first time step.</param>
    public EquatableArray<PlanView> AcquireParts(int[] widths, int leadingRows = 0)
    {
        (int Columns, int LeadingRows) shape = (widths.Sum(Pad), leadingRows);
        int buffer = 0;
        while (buffer < _buffers.Count && !(_buffers[buffer] == shape && _free.Remove(buffer)))
        {
            buffer++;
        }

        if (buffer == _buffers.Count)
        {
            _buffers.Add(shape);
            if (_ownBuffers)
            {
                _headBuffers.Add(buffer);
            }
        }

        var views = new PlanView[widths.Length];
        for (int i = 0, column = 0; i < views.Length; column += Pad(widths[i++]))
        {
            views[i] = new PlanView(buffer, column, widths[i], ++_values);
        }

        return new EquatableArray<PlanView>(views);
    }

    /// <summary>A new value where an old one is: the target of a step that works in place.</summary>
    public PlanView Rewrite(PlanView view) => view with { Value = ++_values };

    /// <summary>Parts that are padded one by one as one view without padding between them; one part is that view itself.</summary>
    /// <param name="heading">Whose parts.</param>
    /// <param name="parts">The parts of one buffer, which is given back where they are copied.</param>
    public PlanView Packed(string heading, EquatableArray<PlanView> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        PlanView packed = Acquire(parts.Sum(part => part.Width));
        Add(new PackStep(heading, parts, packed));
        Release(parts[0]);
        return packed;
    }

    /// <summary>Gives a view's buffer back.</summary>
    public void Release(PlanView view) => _free.Add(view.Buffer);

    /// <summary>Adds a table; <paramref name="value"/> is asked for every row and channel, padding is 0.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="summary">What it is.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="segments">The widths of the parts of a row; each part is padded by itself.</param>
    /// <param name="value">The number at a row and a channel, the channels of all parts counted through.</param>
    /// <param name="format">The format in a file of weights; null: that of the plan's elements.</param>
    public TableHandle Table(string name, string summary, int rows, int[] segments, Func<int, int, double> value, WeightFormat? format = null) =>
        Add(name, summary, rows, segments, value, format, inPanels: false);

    /// <summary>Adds a table of products of other tables; else as <see cref="Table"/>.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="summary">What it is.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="products">What it is made of.</param>
    /// <param name="value">The number at a row and a channel, as the element type holds it.</param>
    public TableHandle Products(string name, string summary, int rows, TableProducts products, Func<int, int, double> value)
    {
        TableHandle handle = Table(name, summary, rows, [products.Channels], value);
        _tables[handle.Index] = _tables[handle.Index] with { Products = products };
        return handle;
    }

    /// <summary>The number that a table holds of a value.</summary>
    public double Stored(double value) => element == ElementType.Single ? (float)value : value;

    /// <summary>Adds the table of a linear map, in panels; else as <see cref="Table"/>.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="summary">What it is.</param>
    /// <param name="inputs">Rows: the inputs of the map.</param>
    /// <param name="outputs">The widths of the parts of its output; each part is padded by itself.</param>
    /// <param name="value">The number at an input and an output, the outputs of all parts counted through.</param>
    /// <param name="format">The format in a file of weights; null: that of the plan's elements.</param>
    public TableHandle Matrix(string name, string summary, int inputs, int[] outputs, Func<int, int, double> value, WeightFormat? format = null) =>
        Add(name, summary, inputs, outputs, value, format, inPanels: true);

    private TableHandle Add(string name, string summary, int rows, int[] segments, Func<int, int, double> value, WeightFormat? format, bool inPanels)
    {
        int columns = segments.Sum(Pad);
        int panel = inPanels ? Math.Min(columns, EvaluationPlan.PanelOf(element)) : columns;
        string order = panel < columns ? " In panels of " + NumberText.Format((long)panel) + " columns." : "";
        bool isHalf = mode != TableMode.Baked && element == ElementType.Single && format == WeightFormat.BFloat16;
        var table = new ConstantTable(name, summary + order, rows, columns, TableValues.InFile) { IsBFloat16 = isHalf, Panel = panel };
        _tables.Add(table with { Values = Values(table, ChannelOfColumn(segments), value) });
        return new TableHandle(_tables.Count - 1);
    }

    /// <summary>The channel of every column; -1 in the padding, which each segment has by itself.</summary>
    private int[] ChannelOfColumn(int[] segments)
    {
        int[] channels = [.. Enumerable.Repeat(-1, segments.Sum(Pad))];
        int channel = 0, column = 0;
        foreach (int segment in segments)
        {
            for (int i = 0; i < segment; i++)
            {
                channels[column + i] = channel++;
            }

            column += Pad(segment);
        }

        return channels;
    }

    private TableValues Values(ConstantTable table, int[] channels, Func<int, int, double> value)
    {
        switch (mode)
        {
            case TableMode.External:
                return TableValues.InFile;
            case TableMode.Packing:
                return TableValues.ByPart((row, first, count) => [.. Enumerable.Range(first, count).Select(column => channels[column] < 0 ? 0 : value(row, channels[column]))]);
            case TableMode.Baked:
                var values = new double[table.Rows * table.Columns];
                int next = 0;
                foreach ((int row, int first, int count) in table.Parts())
                {
                    for (int column = first; column < first + count; column++, next++)
                    {
                        values[next] = channels[column] < 0 ? 0 : Round(value(row, channels[column]), table.Name);
                    }
                }

                return new TableValues(values);
            default:
                throw new InvalidOperationException($"No numbers are known for {mode}.");
        }
    }

    /// <summary>Adds a state slot, readable by upstream's name where it has one.</summary>
    public SlotHandle Slot(string? name, int rows, int width, StateAxis[] axes)
    {
        _slots.Add(new StateSlot(name, _stateLength, rows, Pad(width), new EquatableArray<StateAxis>(name is null ? [] : axes)));
        _stateLength += rows * Pad(width);
        return new SlotHandle(_slots.Count - 1);
    }

    /// <summary>The plan, with buffers laid out one after another and the chunk as long as the cache allows.</summary>
    public EvaluationPlan Build(SequenceModel model, PlanParts parts)
    {
        EndPass();
        int rowBytes = 0;
        for (int i = 0; i < _buffers.Count; i++)
        {
            rowBytes += _headBuffers.Contains(i) ? 0 : Stride(_buffers[i].Columns) * (element == ElementType.Single ? 4 : 8);
        }

        int shortest = _tables.Sum(table => (long)table.Rows * table.Columns * table.StoredSize(element)) > LargeTables ? LargeChunk : ShortestChunk;
        int chunk = Math.Max(shortest, Math.Min(LongestChunk, CacheBytes / rowBytes / 8 * 8));
        var buffers = new PlanBuffer[_buffers.Count];
        int offset = 0;
        for (int i = 0; i < buffers.Length; i++)
        {
            (int columns, int leadingRows) = _buffers[i];
            buffers[i] = new PlanBuffer(i, columns, Stride(columns), leadingRows, offset) { HeadRows = _headBuffers.Contains(i) ? EvaluationPlan.HeadRows : null };
            offset += buffers[i].Length(chunk);
        }

        return new EvaluationPlan(
            element,
            model.InputWidth,
            model.OutputWidth,
            model.Pooling != Pooling.None,
            chunk,
            new EquatableArray<PlanBuffer>(buffers),
            _tables.ToEquatableArray(),
            _slots.ToEquatableArray(),
            _stateLength,
            model.Pooling == Pooling.Mean ? Pad(model.Layers[model.Layers.Count - 1].OutputWidth) : 0,
            Sequences(),
            _passes.ToEquatableArray(),
            _headSteps.ToEquatableArray(),
            parts)
        { Vocabulary = model.Embedding?.Vocabulary, IsExternal = mode != TableMode.Baked };
    }

    private void EndPass()
    {
        _passes.Add(new PlanPass(_direction, _steps.ToEquatableArray()));
        _steps.Clear();
    }

    /// <summary>The sequence buffers side by side in the rows of one memory.</summary>
    private EquatableArray<SequenceBuffer> Sequences()
    {
        var buffers = new SequenceBuffer[_sequences.Count];
        int offset = 0;
        for (int i = 0; i < buffers.Length; offset += _sequences[i++])
        {
            buffers[i] = new SequenceBuffer(offset, _sequences[i]);
        }

        return new EquatableArray<SequenceBuffer>(buffers);
    }

    private int Stride(int columns) => columns / _lanes % 2 == 0 ? columns + _lanes : columns;

    /// <summary>The value that the element type holds; notes in <see cref="NotFinite"/> and <see cref="Overflow"/> where it holds none.</summary>
    /// <param name="value">A constant.</param>
    /// <param name="table">Where it is.</param>
    public double Round(double value, string table)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            NotFinite ??= table;
        }

        double rounded = Stored(value);
        if (double.IsInfinity(rounded) && !double.IsInfinity(value))
        {
            Overflow ??= $"{table} holds {NumberText.Format(value)}";
        }

        return rounded;
    }

    /// <summary>The value that the element type holds of one that must stay positive; notes in <see cref="Overflow"/> where it becomes 0.</summary>
    /// <param name="value">A positive constant.</param>
    /// <param name="table">Where it is.</param>
    public double RoundPositive(double value, string table)
    {
        double rounded = Round(value, table);
        if (rounded == 0)
        {
            Overflow ??= $"{table} holds {NumberText.Format(value)}";
        }

        return rounded;
    }
}
