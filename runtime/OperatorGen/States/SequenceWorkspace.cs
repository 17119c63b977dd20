using System;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OperatorGen;

/// <summary>
/// What one call of a generated model that is not causal works in: recurrent memory as a state has it, and rows of the whole sequence, which
/// grow with its length and are kept, so that a second sequence of that length or a shorter one allocates nothing.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SequenceWorkspace<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedArray<T> _memory;
    private readonly double[] _sums;
    private readonly int _scratchLength;
    private readonly int _stride;
    private T[] _rows = [];

    /// <summary>Makes a workspace for sequences of length 0.</summary>
    /// <param name="memoryLength">Elements of recurrent memory.</param>
    /// <param name="sumLength">Doubles of the pooling's running sums.</param>
    /// <param name="scratchLength">Elements of scratch memory.</param>
    /// <param name="sequenceStride">Elements that are kept per time step of a sequence.</param>
    protected SequenceWorkspace(int memoryLength, int sumLength, int scratchLength, int sequenceStride)
    {
        _memory = new AlignedArray<T>(memoryLength);
        _sums = new double[sumLength];
        _scratchLength = scratchLength;
        _stride = sequenceStride;
    }

    /// <summary>How many samples the last pass has seen.</summary>
    protected long Steps { get; private set; }

    /// <summary>The recurrent numbers.</summary>
    protected Span<T> Memory => _memory.Span;

    /// <summary>The running sums of the pooling.</summary>
    protected Span<double> Sums => _sums;

    /// <summary>The scratch memory, which belongs to the thread.</summary>
    protected Span<T> Scratch => ThreadScratch<T>.Take(_scratchLength);

    /// <summary>Makes it ready for another sequence.</summary>
    public void Reset()
    {
        _memory.Span.Clear();
        Array.Clear(_sums);
        Steps = 0;
    }

    /// <summary>Makes room for a sequence.</summary>
    /// <param name="steps">Its time steps.</param>
    /// <exception cref="ArgumentException">So many time steps need more numbers than one array holds.</exception>
    protected void Reserve(int steps)
    {
        long length = (long)steps * _stride;
        if (length > Array.MaxLength)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A sequence is evaluated as a whole, with {_stride} numbers kept per time step: {steps} time steps are too many, {Array.MaxLength / _stride} are possible."));
        }

        if (length > _rows.Length)
        {
            _rows = GC.AllocateUninitializedArray<T>((int)length);
        }
    }

    /// <summary>The row of a time step, for which there is room.</summary>
    /// <param name="step">The time step.</param>
    protected ref T Row(int step) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rows), (nint)step * _stride);

    /// <summary>Counts samples.</summary>
    protected void Advance(int samples) => Steps += samples;
}
