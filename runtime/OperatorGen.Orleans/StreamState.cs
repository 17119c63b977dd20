using System;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OperatorGen.Streams;

/// <summary>
/// One stream in memory: the state of its model, and the last samples with their outputs, for batches that come again. It knows nothing of stores: <see cref="StreamRecord"/> is its form as bytes.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StreamState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly StreamOptions _options;
    private readonly SequenceState<T> _state;
    private readonly T[] _samples; // the ring of kept samples, [kept, input]; sample i is at i modulo kept
    private readonly T[] _outputs; // [kept, output]

    public StreamState(IStreamingModel<T> model, StreamOptions options, long epoch = 0)
    {
        Model = model;
        Epoch = epoch;
        _options = options;
        _state = model.CreateState();
        _samples = new T[checked(options.KeptSamples * InputWidth)];
        _outputs = new T[checked(options.KeptSamples * OutputWidth)];
    }

    public IStreamingModel<T> Model { get; }

    /// <summary>Which stream of its name it is: 0 until the first reset.</summary>
    public long Epoch { get; }

    /// <summary>How many samples the stream has seen: the number of the next one.</summary>
    public long Position => _state.Steps;

    /// <summary>The number of the first sample that is kept.</summary>
    public long FirstKept { get; private set; }

    /// <summary>True: the model failed within a batch, so that samples were taken that nobody has acknowledged. The stream is to be made anew from its stored bytes.</summary>
    public bool IsSpoiled { get; private set; }

    private int InputWidth => Model.Metadata.InputWidth;

    private int OutputWidth => Model.Metadata.OutputWidth;

    /// <summary>Takes a batch: what of it is new goes through the model, what was there already is answered as it was.</summary>
    /// <param name="first">The number of its first sample.</param>
    /// <param name="samples">[sample, InputWidth].</param>
    /// <returns>The outputs of its samples, [sample, OutputWidth].</returns>
    /// <exception cref="StreamException">It is refused; nothing has changed, unless the stream <see cref="IsSpoiled"/>.</exception>
    public T[] Push(long first, ReadOnlySpan<T> samples) => Push(first, samples, _options.NotFinite);

    private T[] Push(long first, ReadOnlySpan<T> samples, NotFinitePolicy notFinite)
    {
        int count = Check(first, samples, notFinite);
        var outputs = new T[count * OutputWidth];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<T> sample = samples.Slice(i * InputWidth, InputWidth);
            Span<T> output = outputs.AsSpan(i * OutputWidth, OutputWidth);
            Span<T> keptSample = Kept(_samples, first + i, InputWidth), keptOutput = Kept(_outputs, first + i, OutputWidth);
            if (first + i < Position)
            {
                keptOutput.CopyTo(output);
                continue;
            }

            Step(first + i, sample, output);
            sample.CopyTo(keptSample);
            output.CopyTo(keptOutput);
        }

        FirstKept = Math.Max(FirstKept, Position - _options.KeptSamples);
        return outputs;
    }

    /// <summary>The state of the model as bytes.</summary>
    public byte[] SaveModelState() => _state.Save();

    /// <summary>The kept samples with their outputs, from a number on.</summary>
    /// <param name="first">The number; earlier ones than are kept, and later ones than there are, are left out. Below 0 it counts from the end.</param>
    public StreamRows<T> Rows(long first)
    {
        first = Math.Clamp(first < 0 ? Position + first : first, FirstKept, Position);
        int count = (int)(Position - first);
        T[] samples = new T[count * InputWidth], outputs = new T[count * OutputWidth];
        for (int i = 0; i < count; i++)
        {
            Kept(_samples, first + i, InputWidth).CopyTo(samples.AsSpan(i * InputWidth));
            Kept(_outputs, first + i, OutputWidth).CopyTo(outputs.AsSpan(i * OutputWidth));
        }

        return new(Model.Metadata.ModelHash, Epoch, first, Position, samples, outputs);
    }

    /// <summary>The stream as bytes.</summary>
    public byte[] Save()
    {
        StreamRows<T> kept = Rows(FirstKept);
        return StreamRecord.Write(new(kept.ModelHash, Epoch, FirstKept, Position, _state.Save(), StreamRecord.Bytes<T>(kept.Samples), StreamRecord.Bytes<T>(kept.Outputs)));
    }

    /// <summary>A stream from its bytes.</summary>
    /// <param name="model">The model that the record names.</param>
    /// <param name="record">The record.</param>
    /// <param name="options">The limits; where fewer samples are kept than the record has, the last ones are.</param>
    /// <exception cref="StreamException">The record does not fit.</exception>
    public static StreamState<T> Restore(IStreamingModel<T> model, StreamRecord record, StreamOptions options)
    {
        var stream = new StreamState<T>(model, options, record.Epoch);
        try
        {
            stream._state.Restore(record.State);
        }
        catch (ArgumentException fault)
        {
            throw new StreamException($"The stored state cannot be restored: {fault.Message}", fault);
        }

        long count = record.Position - record.FirstKept;
        T[] samples = StreamRecord.Numbers<T>(record.Samples), outputs = StreamRecord.Numbers<T>(record.Outputs);
        if (stream.Position != record.Position || count < 0 || samples.Length != count * stream.InputWidth || outputs.Length != count * stream.OutputWidth)
        {
            throw new StreamException(string.Create(CultureInfo.InvariantCulture, $"The stored state is damaged: it says {record.Position} samples, of which those from {record.FirstKept} on are kept, but its model has seen {stream.Position} and {samples.Length} numbers of samples and {outputs.Length} of outputs are kept."));
        }

        stream.FirstKept = Math.Max(record.FirstKept, record.Position - options.KeptSamples);
        for (long i = stream.FirstKept; i < record.Position; i++)
        {
            int at = (int)(i - record.FirstKept);
            samples.AsSpan(at * stream.InputWidth, stream.InputWidth).CopyTo(stream.Kept(stream._samples, i, stream.InputWidth));
            outputs.AsSpan(at * stream.OutputWidth, stream.OutputWidth).CopyTo(stream.Kept(stream._outputs, i, stream.OutputWidth));
        }

        return stream;
    }

    /// <summary>A stream that has seen some samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The limits; that of a batch does not count here.</param>
    /// <param name="samples">All samples.</param>
    /// <param name="before">The stream so far; null: it has not begun.</param>
    /// <exception cref="StreamException">There are more or fewer, some are refused, or they are not those that the stream has seen, as far as it keeps them.</exception>
    public static StreamState<T> Replay(IStreamingModel<T> model, StreamOptions options, ReadOnlySpan<T> samples, StreamRecord? before)
    {
        var stream = new StreamState<T>(model, options, before?.Epoch ?? 0);
        int width = stream.InputWidth;
        long position = before?.Position ?? 0;
        if (samples.Length != position * width)
        {
            throw new StreamException($"{samples.Length} numbers were sent to replay the stream, but it has seen {position} samples of {width}: all of them are needed, from the first on. Reset begins it anew.");
        }

        // A version with another number of inputs has samples of its own, which cannot be compared.
        byte[] kept = before is null ? [] : StreamRecord.Bytes<T>(samples[((int)before.FirstKept * width)..]);
        if (before is not null && before.Samples.Length == kept.Length && !before.Samples.AsSpan().SequenceEqual(kept))
        {
            throw new StreamException($"These are not the samples that the stream has seen: those from {before.FirstKept} on, which it keeps, have other numbers.");
        }

        for (long first = 0; first < position; first += options.GreatestBatch)
        {
            // What was taken once is taken again, whatever the policy is now.
            stream.Push(first, samples.Slice((int)first * width, (int)Math.Min(options.GreatestBatch, position - first) * width), NotFinitePolicy.LetThrough);
        }

        return stream;
    }

    private void Step(long number, ReadOnlySpan<T> sample, Span<T> output)
    {
        try
        {
            Model.Step(sample, output, _state);
        }
        catch (Exception fault)
        {
            IsSpoiled = true;
            throw new StreamException($"The model fails at sample {number}: {fault.Message}", fault);
        }
    }

    private Span<T> Kept(T[] ring, long sample, int width) => ring.AsSpan((int)(sample % _options.KeptSamples) * width, width);

    // Everything that can be refused is refused before the first sample goes through the model.
    private int Check(long first, ReadOnlySpan<T> samples, NotFinitePolicy notFinite)
    {
        if (samples.Length == 0 || samples.Length % InputWidth != 0)
        {
            throw new StreamException($"{samples.Length} numbers are no batch: a sample has {InputWidth}, and a batch has at least one.");
        }

        int count = samples.Length / InputWidth;
        if (count > _options.GreatestBatch)
        {
            throw new StreamException($"The batch has {count} samples; {_options.GreatestBatch} are the limit. Send it in parts.");
        }

        if (first < 0)
        {
            throw new StreamException($"The first sample has the number {first.ToString(CultureInfo.InvariantCulture)}; samples are numbered from 0.");
        }

        if (first > Position)
        {
            throw new StreamGapException(Position, first);
        }

        if (first < FirstKept)
        {
            throw new StreamException($"Sample {first} was acknowledged long ago: outputs are kept from sample {FirstKept} on ({_options.KeptSamples} samples at most), and the next one is {Position}.");
        }

        for (int i = 0; i < count && first + i < Position; i++)
        {
            // Bits are compared, so that a repeated sample that is not a number counts as the same.
            if (!MemoryMarshal.AsBytes(samples.Slice(i * InputWidth, InputWidth)).SequenceEqual(MemoryMarshal.AsBytes(Kept(_samples, first + i, InputWidth))))
            {
                throw new StreamException($"Sample {first + i} has been acknowledged with other numbers. A sample has one number: samples that are new begin at {Position}.");
            }
        }

        // Samples that were acknowledged were let through when they came.
        int firstNew = (int)Math.Min(count, Position - first) * InputWidth;
        for (int i = firstNew; i < samples.Length && notFinite == NotFinitePolicy.Refuse; i++)
        {
            if (!T.IsFinite(samples[i]))
            {
                throw new StreamException($"Sample {first + (i / InputWidth)} has {samples[i].ToString(null, CultureInfo.InvariantCulture)} as its number {i % InputWidth}, which is not finite: it would stay in the state. Leave it out, or let it through (StreamOptions.NotFinite).");
            }
        }

        return count;
    }
}
