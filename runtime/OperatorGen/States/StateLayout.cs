using System;
using System.Collections.Generic;

namespace OperatorGen;

/// <summary>What a generated model's states hold: sizes, the model's identity, and the parts that can be read by upstream's names.</summary>
/// <param name="modelHash">The model's hash, 64 hexadecimal digits.</param>
/// <param name="memoryLength">Elements of recurrent memory.</param>
/// <param name="sumLength">Doubles of the pooling's running sums.</param>
/// <param name="scratchLength">Elements of scratch memory.</param>
/// <param name="tensors">The parts that can be read by name.</param>
public sealed class StateLayout(string modelHash, int memoryLength, int sumLength, int scratchLength, params StateTensor[] tensors)
{
    /// <summary>The model's hash, 64 hexadecimal digits.</summary>
    public string ModelHash { get; } = modelHash;

    /// <summary>Elements of recurrent memory.</summary>
    public int MemoryLength { get; } = memoryLength;

    /// <summary>Doubles of the pooling's running sums.</summary>
    public int SumLength { get; } = sumLength;

    /// <summary>Elements of scratch memory.</summary>
    public int ScratchLength { get; } = scratchLength;

    /// <summary>The parts that can be read by name.</summary>
    public IReadOnlyList<StateTensor> Tensors { get; } = tensors;

    /// <summary>
    /// The forms in which the recurrences keep their states, where they have several, for example <c>look-ahead, scan</c>; empty: each has one. The same model may be
    /// compiled with other forms, which do not understand each other's states.
    /// </summary>
    public string Form { get; init; } = "";
}

/// <summary>A part of a state, with upstream's name and shape.</summary>
/// <param name="name">Upstream's name, for example <c>ssm_state</c>.</param>
/// <param name="offset">Where it starts in the state's memory.</param>
/// <param name="shape">The sizes of its axes, outermost first.</param>
/// <param name="strides">Elements of the memory from one index of an axis to the next.</param>
public sealed class StateTensor(string name, int offset, int[] shape, int[] strides)
{
    private readonly int[] _shape = shape;

    /// <summary>Upstream's name.</summary>
    public string Name { get; } = name;

    /// <summary>The sizes of its axes, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of its elements.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int size in _shape)
            {
                count *= size;
            }

            return count;
        }
    }

    /// <summary>Copies the part out of a state's memory, row-major in upstream's layout.</summary>
    internal void Read<T>(ReadOnlySpan<T> memory, Span<T> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = memory[Position(i)];
        }
    }

    /// <summary>Copies the part, row-major in upstream's layout, into a state's memory.</summary>
    internal void Write<T>(ReadOnlySpan<T> source, Span<T> memory)
    {
        for (int i = 0; i < source.Length; i++)
        {
            memory[Position(i)] = source[i];
        }
    }

    private int Position(int index)
    {
        int position = offset;
        for (int axis = _shape.Length - 1; axis >= 0; axis--)
        {
            position += index % _shape[axis] * strides[axis];
            index /= _shape[axis];
        }

        return position;
    }
}
