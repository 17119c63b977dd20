using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Compiler.Plans;

/// <summary>Which value every column of every buffer holds while the steps of a chunk run; 0 before the first write.</summary>
internal sealed class BufferContents(EvaluationPlan plan)
{
    private readonly int[][] _values = [.. plan.Buffers.Select(buffer => new int[buffer.Columns])];
    private readonly Dictionary<int, int> _buffers = []; // of values
    private readonly Dictionary<(int Value, int Column), bool> _made = []; // whether it is a number, or padding

    /// <summary>Whether every column of a view has been written.</summary>
    public bool IsWritten(PlanView view) => Columns(view).All(value => value != 0);

    /// <summary>Whether every column of a view holds the value that the view means.</summary>
    public bool Holds(PlanView view) => Columns(view).All(value => value == view.Value);

    /// <summary>Whether the vectors that a view is read in hold nothing but its own numbers and the padding that was written after them.</summary>
    public bool IsWhole(PlanView view) => Enumerable.Range(0, plan.Pad(view.Width)).All(i => _made.TryGetValue((view.Value, view.Column + i), out bool isNumber) && isNumber == (i < view.Width));

    /// <summary>Puts the value of a view into its columns and their padding.</summary>
    /// <returns>Whether the value is a new one; it may be made part by part, in columns of one buffer.</returns>
    public bool Write(PlanView view)
    {
        int width = plan.Pad(view.Width);
        _values[view.Buffer].AsSpan(view.Column, width).Fill(view.Value);
        if (!_buffers.TryGetValue(view.Value, out int buffer))
        {
            _buffers.Add(view.Value, view.Buffer);
            buffer = view.Buffer;
        }

        return view.Value != 0 && buffer == view.Buffer && Enumerable.Range(0, width).Count(i => TryMake((view.Value, view.Column + i), i < view.Width)) == width;
    }

    /// <summary>Forgets what the buffers hold; a value that was made stays made.</summary>
    public void Clear()
    {
        foreach (int[] values in _values)
        {
            values.AsSpan().Clear();
        }
    }

    private bool TryMake((int Value, int Column) place, bool isNumber)
    {
        bool isNew = !_made.ContainsKey(place);
        _made[place] = isNumber;
        return isNew;
    }

    private IEnumerable<int> Columns(PlanView view) => _values[view.Buffer].Skip(view.Column).Take(view.Width);
}
