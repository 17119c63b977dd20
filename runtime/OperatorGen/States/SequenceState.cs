using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace OperatorGen;

/// <summary>
/// What a generated model remembers between samples: everything that one evaluation changes and that outlives it.
/// One state serves one sequence at a time; the model itself is immutable and may be used by many states at once.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class SequenceState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int SaveFormat = 2;

    /// <summary>2^62 samples and as many again can be counted.</summary>
    private const long MaxSteps = 1L << 62;

    private static readonly byte[] s_magic = "OPGS"u8.ToArray();

    private readonly StateLayout _layout;
    private readonly AlignedArray<T> _memory;
    private readonly double[] _sums;

    /// <summary>Makes a fresh state.</summary>
    /// <param name="layout">What it holds.</param>
    protected SequenceState(StateLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _layout = layout;
        _memory = new AlignedArray<T>(layout.MemoryLength);
        _sums = new double[layout.SumLength];
    }

    /// <summary>How many samples the state has seen since it was fresh.</summary>
    public long Steps { get; private set; }

    /// <summary>True when every number in it is finite. A state that met not-a-number or infinity heals by <see cref="Reset"/>.</summary>
    public bool IsFinite
    {
        get
        {
            foreach (T value in _memory.Span)
            {
                if (!T.IsFinite(value))
                {
                    return false;
                }
            }

            return Array.TrueForAll(_sums, double.IsFinite);
        }
    }

    /// <summary>
    /// Who shares the large products of a step; null, as in a fresh state and in a clone: the thread that calls computes alone. The results are the same to the bit. No part of what is
    /// saved and copied.
    /// </summary>
    public ComputeThreads? Threads { get; set; }

    /// <summary>The parts that can be read by upstream's name.</summary>
    public IReadOnlyList<StateTensor> Tensors => _layout.Tensors;

    /// <summary>
    /// Bytes of the numbers that the state remembers: what <see cref="Save"/> writes after a short header. It does not grow with the sequence. The
    /// scratch memory, which nothing outlives, belongs to the threads that evaluate and is not counted.
    /// </summary>
    public long MemoryBytes => ((long)_sums.Length * sizeof(double)) + ((long)_memory.Length * ElementSize);

    /// <summary>The last call that it was given to together with others.</summary>
    internal long LastCall { get; set; }

    /// <summary>What it holds. Of a type with external weights each instance has its own.</summary>
    internal StateLayout Layout => _layout;

    /// <summary>The recurrent numbers, in the generated code's layout.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal Span<T> Memory => _memory.Span;

    /// <summary>The running sums of the pooling.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal Span<double> Sums => _sums;

    /// <summary>The scratch memory, which belongs to the thread; nothing in it outlives a call.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal Span<T> Scratch => ThreadScratch<T>.Take(_layout.ScratchLength);

    /// <summary>Makes the state fresh again: all zero, no sample seen.</summary>
    public void Reset()
    {
        _memory.Span.Clear();
        Array.Clear(_sums);
        Steps = 0;
    }

    /// <summary>Copies a part of the state, row-major in upstream's layout.</summary>
    /// <param name="name">Upstream's name, one of <see cref="Tensors"/>.</param>
    /// <param name="destination">Where to; as long as the part.</param>
    /// <exception cref="ArgumentException">There is no such part, or the destination has another length.</exception>
    public void Read(string name, Span<T> destination) =>
        Part(name, destination.Length, nameof(destination), "the destination has room for").Read<T>(_memory.Span, destination);

    /// <summary>Sets a part of the state, so that a sequence goes on from there. The rest of the state stays as it is.</summary>
    /// <param name="name">Upstream's name, one of <see cref="Tensors"/>.</param>
    /// <param name="source">The numbers, row-major in upstream's layout; as long as the part.</param>
    /// <exception cref="ArgumentException">There is no such part, or the source has another length.</exception>
    public void Write(string name, ReadOnlySpan<T> source) =>
        Part(name, source.Length, nameof(source), "the source has").Write<T>(source, _memory.Span);

    /// <summary>The state as bytes: format version, model hash, precision, samples seen, the forms of the recurrences (<see cref="StateLayout.Form"/>), numbers; little-endian.</summary>
    public byte[] Save()
    {
        byte[] hash = Encoding.ASCII.GetBytes(_layout.ModelHash), form = Encoding.UTF8.GetBytes(_layout.Form);
        var bytes = new byte[HeaderLength + form.Length + (_sums.Length * sizeof(double)) + (_memory.Length * ElementSize)];
        Span<byte> rest = bytes;
        s_magic.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], SaveFormat);
        hash.CopyTo(rest[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest[72..], ElementSize);
        BinaryPrimitives.WriteInt64LittleEndian(rest[76..], Steps);
        BinaryPrimitives.WriteInt32LittleEndian(rest[84..], form.Length);
        form.CopyTo(rest[HeaderLength..]);
        rest = rest[(HeaderLength + form.Length)..];
        foreach (double sum in _sums)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, sum);
            rest = rest[sizeof(double)..];
        }

        MemoryMarshal.AsBytes(_memory.Span).CopyTo(rest);
        Order(rest);
        return bytes;
    }

    /// <summary>Takes over what <see cref="Save"/> gave. Nothing changes where it is refused.</summary>
    /// <param name="saved">The bytes.</param>
    /// <exception cref="ArgumentException">The bytes are no saved state, one of another format version, model, precision or form of the recurrences, or one that claims more than 2^62 samples.</exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        if (saved.Length < HeaderLength || !saved[..4].SequenceEqual(s_magic))
        {
            throw new ArgumentException($"This is no saved state: one starts with \"OPGS\" and has at least {HeaderLength} bytes, not {saved.Length}.", nameof(saved));
        }

        int format = BinaryPrimitives.ReadInt32LittleEndian(saved[4..]);
        if (format != SaveFormat)
        {
            throw new ArgumentException($"The saved state has format version {format}; this version of OperatorGen reads {SaveFormat}.", nameof(saved));
        }

        string hash = Encoding.ASCII.GetString(saved.Slice(8, 64));
        if (hash != _layout.ModelHash)
        {
            throw new ArgumentException($"The saved state belongs to the model {hash}, this one is {_layout.ModelHash}.", nameof(saved));
        }

        int size = BinaryPrimitives.ReadInt32LittleEndian(saved[72..]);
        if (size != ElementSize)
        {
            throw new ArgumentException($"The saved state has {size}-byte numbers; this model's state has {ElementSize}-byte numbers.", nameof(saved));
        }

        int formLength = BinaryPrimitives.ReadInt32LittleEndian(saved[84..]);
        if (formLength < 0 || formLength > saved.Length - HeaderLength)
        {
            throw new ArgumentException($"The saved state is damaged: it says that the name of its form has {formLength} bytes, and has {saved.Length} in all.", nameof(saved));
        }

        string form = Encoding.UTF8.GetString(saved.Slice(HeaderLength, formLength));
        if (form != _layout.Form)
        {
            throw new ArgumentException(
                $"The saved state has recurrences of the form \"{form}\", this code has \"{_layout.Form}\": the model was compiled in another way. Go on with the code that saved it, or begin the sequence again.",
                nameof(saved));
        }

        int header = HeaderLength + formLength;
        int expected = header + (_sums.Length * sizeof(double)) + (_memory.Length * ElementSize);
        if (saved.Length != expected)
        {
            throw new ArgumentException($"The saved state has {saved.Length} bytes; this model's state has {expected}.", nameof(saved));
        }

        long steps = BinaryPrimitives.ReadInt64LittleEndian(saved[76..]);
        if (steps is < 0 or > MaxSteps)
        {
            throw new ArgumentException($"The saved state claims {steps} samples; 0 to {MaxSteps} are possible.", nameof(saved));
        }

        Steps = steps;
        ReadOnlySpan<byte> rest = saved[header..];
        for (int i = 0; i < _sums.Length; i++, rest = rest[sizeof(double)..])
        {
            _sums[i] = BinaryPrimitives.ReadDoubleLittleEndian(rest);
        }

        Span<byte> memory = MemoryMarshal.AsBytes(_memory.Span);
        rest.CopyTo(memory);
        Order(memory);
    }

    /// <summary>
    /// Takes over the contents of another state of the same model: both are then at the same place of the sequence, and neither sees what the other does
    /// next. Generated states have the same for their own type.
    /// </summary>
    /// <param name="other">The other state; stays as it is.</param>
    /// <exception cref="ArgumentException">The other state belongs to another model; nothing changes.</exception>
    public void CopyFrom(SequenceState<T> other) => CopyMemoryFrom(other);

    /// <summary>Copies another state of the same model.</summary>
    /// <exception cref="ArgumentException">The other state belongs to another model.</exception>
    protected void CopyMemoryFrom(SequenceState<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._layout.ModelHash != _layout.ModelHash)
        {
            throw new ArgumentException($"The other state belongs to the model {other._layout.ModelHash}, this one to {_layout.ModelHash}.", nameof(other));
        }

        if (other._layout.Form != _layout.Form || other._memory.Length != _memory.Length || other._sums.Length != _sums.Length)
        {
            throw new ArgumentException($"The other state is of the same model and of another layout: it remembers {other.MemoryBytes} bytes in the form \"{other._layout.Form}\", this one {MemoryBytes} in \"{_layout.Form}\".", nameof(other));
        }

        other._memory.Span.CopyTo(_memory.Span);
        other._sums.CopyTo(_sums, 0);
        Steps = other.Steps;
    }

    /// <summary>Counts samples that were taken in.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal void Advance(int samples) => Steps += samples;

    private const int HeaderLength = 88;

    private static int ElementSize => typeof(T) == typeof(float) ? sizeof(float) : sizeof(double);

    // Saved numbers are little endian: on a machine whose own are big endian each is turned round.
    private static void Order(Span<byte> numbers)
    {
        for (int i = 0; !BitConverter.IsLittleEndian && i < numbers.Length; i += ElementSize)
        {
            numbers.Slice(i, ElementSize).Reverse();
        }
    }

    private StateTensor Part(string name, int length, string parameter, string has)
    {
        foreach (StateTensor tensor in _layout.Tensors)
        {
            if (tensor.Name == name)
            {
                return tensor.Count == length
                    ? tensor
                    : throw new ArgumentException($"The state's \"{name}\" has shape [{string.Join(", ", tensor.Shape.ToArray())}], size {tensor.Count}; {has} {length}.", parameter);
            }
        }

        throw new ArgumentException($"The state has no part \"{name}\"; it has: {NamesOf(_layout)}.", nameof(name));
    }

    private static string NamesOf(StateLayout layout)
    {
        var names = new List<string>();
        foreach (StateTensor tensor in layout.Tensors)
        {
            names.Add(tensor.Name);
        }

        return names.Count == 0 ? "none" : string.Join(", ", names);
    }
}
