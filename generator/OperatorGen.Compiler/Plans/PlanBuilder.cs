using System;
using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// What a plan is put together in: buffers that are taken and given back, tables that are padded and rounded, state slots, and steps.
/// </summary>
internal sealed class PlanBuilder(ElementType element)
{
    private const int CacheBytes = 128 * 1024;
    private const int ShortestChunk = 8;
    private const int LongestChunk = 256;

    private readonly int _lanes = EvaluationPlan.LanesOf(element);
    private readonly List<(int Columns, int LeadingRows)> _buffers = [];
    private readonly HashSet<int> _free = [];
    private readonly List<ConstantTable> _tables = [];
    private readonly List<StateSlot> _slots = [];
    private int _stateLength;

    /// <summary>The steps so far.</summary>
    public List<PlanStep> Steps { get; } = [];

    /// <summary>How generated code describes the layers' recurrences.</summary>
    public List<DescriptionCall> Recurrences { get; } = [];

    /// <summary>The first constant that single precision cannot hold; null: none.</summary>
    public string? Overflow { get; private set; }

    /// <summary>The first table with a constant beyond the range of a double; null: none.</summary>
    public string? NotFinite { get; private set; }

    /// <summary>The width rounded up to whole widest vectors.</summary>
    public int Pad(int width) => EvaluationPlan.Pad(width, element);

    /// <summary>A view of a buffer that nobody uses.</summary>
    /// <param name="width">Channels.</param>
    /// <param name="leadingRows">Rows of history before the first time step.</param>
    /// <param name="extraColumns">Padded columns after the view's own, for a second part.</param>
    public PlanView Acquire(int width, int leadingRows = 0, int extraColumns = 0)
    {
        int columns = Pad(width) + extraColumns;
        for (int i = 0; i < _buffers.Count; i++)
        {
            if (_buffers[i] == (columns, leadingRows) && _free.Remove(i))
            {
                return new PlanView(i, 0, width);
            }
        }

        _buffers.Add((columns, leadingRows));
        return new PlanView(_buffers.Count - 1, 0, width);
    }

    /// <summary>Gives a view's buffer back.</summary>
    public void Release(PlanView view) => _free.Add(view.Buffer);

    /// <summary>Adds a table; <paramref name="value"/> is asked for every row and channel, padding is 0.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="summary">What it is.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="segments">The widths of the parts of a row; each part is padded by itself.</param>
    /// <param name="value">The number at a row and a channel, the channels of all parts counted through.</param>
    /// <returns>The table's index.</returns>
    public int Table(string name, string summary, int rows, int[] segments, Func<int, int, double> value)
    {
        int columns = 0;
        foreach (int segment in segments)
        {
            columns += Pad(segment);
        }

        var values = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            int channel = 0;
            int column = 0;
            foreach (int segment in segments)
            {
                for (int i = 0; i < segment; i++)
                {
                    values[(row * columns) + column + i] = Round(value(row, channel++), name);
                }

                column += Pad(segment);
            }
        }

        _tables.Add(new ConstantTable(name, summary, rows, columns, new TableValues(values)));
        return _tables.Count - 1;
    }

    /// <summary>Adds a state slot, readable by upstream's name where it has one.</summary>
    public int Slot(string? name, int rows, int width, StateAxis[] axes)
    {
        _slots.Add(new StateSlot(name, _stateLength, rows, Pad(width), new EquatableArray<StateAxis>(name is null ? [] : axes)));
        _stateLength += rows * Pad(width);
        return _slots.Count - 1;
    }

    /// <summary>The plan, with buffers laid out one after another and the chunk as long as the cache allows.</summary>
    public EvaluationPlan Build(SequenceModel model, List<PlanStep> headSteps)
    {
        int rowBytes = 0;
        foreach ((int columns, _) in _buffers)
        {
            rowBytes += Stride(columns) * (element == ElementType.Single ? 4 : 8);
        }

        int chunk = Math.Max(ShortestChunk, Math.Min(LongestChunk, CacheBytes / rowBytes / 8 * 8));
        var buffers = new PlanBuffer[_buffers.Count];
        int offset = 0;
        for (int i = 0; i < buffers.Length; i++)
        {
            (int columns, int leadingRows) = _buffers[i];
            buffers[i] = new PlanBuffer(i, columns, Stride(columns), leadingRows, offset);
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
            Steps.ToEquatableArray(),
            headSteps.ToEquatableArray(),
            Recurrences.ToEquatableArray());
    }

    private int Stride(int columns) => columns / _lanes % 2 == 0 ? columns + _lanes : columns;

    /// <summary>The value that the element type holds; notes in <see cref="NotFinite"/> and <see cref="Overflow"/> where it holds none.</summary>
    /// <param name="value">A constant.</param>
    /// <param name="table">Where it stands.</param>
    public double Round(double value, string table)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            NotFinite ??= table;
        }

        if (element == ElementType.Double)
        {
            return value;
        }

        float rounded = (float)value;
        if (float.IsInfinity(rounded) && !double.IsInfinity(value))
        {
            Overflow ??= $"{table} holds {NumberText.Format(value)}";
        }

        return rounded;
    }

    /// <summary>The value that the element type holds of one that must stay positive; notes in <see cref="Overflow"/> where it becomes 0.</summary>
    /// <param name="value">A positive constant.</param>
    /// <param name="table">Where it stands.</param>
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
