using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;

namespace OperatorGen.Streams;

/// <summary>
/// The grain of a stream: it computes, stores, and then answers. Where the store fails it throws away what it computed and reads the stored state before the next request, because a store that
/// reports a failure may have written all the same.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>Requests are worked on one after another, in the order in which they came. Orleans lets them in at once, so that those that wait can be counted and bounded.</remarks>
/// <param name="models">The registered models.</param>
/// <param name="options">The limits.</param>
/// <param name="load">What the silo has in hand.</param>
/// <param name="time">The clock, for the numbers of epochs.</param>
/// <param name="storage">The storage named <see cref="StreamStorage.ProviderName"/>.</param>
[Reentrant]
[GrainType("operatorgen-stream`1")]
public sealed class StreamGrain<T>(
    StreamModels<T> models,
    StreamOptions options,
    StreamLoad load,
    TimeProvider time,
    [FromKeyedServices(StreamStorage.ProviderName)] IGrainStorage storage) : Grain, IStreamGrain<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string StateName = "stream";
    private const string Unknown = "It is not known whether it was written: ask for Epoch, Position and ModelHash, and repeat the call.";

    private readonly GrainState<StoredStreamState> _stored = new(new StoredStreamState()); // its bytes are here only as long as they are needed
    private Task _last = Task.CompletedTask; // ends with the last request that has come
    private int _waiting;                    // requests, with the one that is worked on
    private StreamState<T>? _stream;         // null: to be made from what is stored

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        StreamMetrics.Activations.Add(1);
        StreamMetrics.Active.Add(1);
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        StreamMetrics.Active.Add(-1);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<T[]> Push(long first, ReadOnlyMemory<T> samples, long? epoch = null) => InTurn(async () =>
    {
        using Activity? activity = StreamMetrics.Source.StartActivity("stream push");
        StreamState<T> stream = await Current();
        if (epoch is { } meant && meant != stream.Epoch)
        {
            throw new StreamEpochException(stream.Epoch, meant);
        }

        long before = stream.Position;
        T[] outputs = Compute(stream, first, samples.Span);
        if (stream.Position > before)
        {
            await Store(stream, "Nothing is acknowledged: send the samples again.");
            StreamMetrics.Samples.Add(stream.Position - before);
        }

        StreamMetrics.Outputs.Add(outputs.Length / stream.Model.Metadata.OutputWidth);
        activity?.SetTag("samples.new", stream.Position - before);
        return outputs;
    });

    /// <inheritdoc/>
    public Task<StreamRows<T>> Read(long first) => InTurn(async () => (await Current()).Rows(first));

    /// <inheritdoc/>
    public Task<long> Position() => InTurn(async () => (await Current()).Position);

    /// <inheritdoc/>
    public Task<long> Epoch() => InTurn(async () => (await Current()).Epoch);

    /// <inheritdoc/>
    public Task<string> ModelHash() => InTurn(async () => (await Current()).Model.Metadata.ModelHash);

    /// <inheritdoc/>
    public Task<byte[]> Snapshot() => InTurn(async () => (await Current()).SaveModelState());

    /// <inheritdoc/>
    public Task<long> Reset() => InTurn(async () =>
    {
        IStreamingModel<T> model = models.Current(ModelName());

        // Of a damaged record the epoch is unknown: the clock gives one that is greater than all before.
        await Load();
        long epoch = Math.Max(EpochIfReadable() + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        await Store(new StreamState<T>(model, options, epoch), Unknown);
        return epoch;
    });

    /// <inheritdoc/>
    public Task Migrate(ReadOnlyMemory<T> samples) => InTurn(async () =>
    {
        IStreamingModel<T> model = models.Current(ModelName());
        StreamRecord? before = await Record();
        await Store(StreamState<T>.Replay(model, options, samples.Span, before), Unknown);
        return true;
    });

    private async Task<TResult> InTurn<TResult>(Func<Task<TResult>> request)
    {
        if (_waiting >= options.GreatestQueue)
        {
            StreamMetrics.Refused.Add(1);
            throw new StreamBusyException($"{_waiting} requests wait for the stream \"{Shown(this.GetPrimaryKeyString())}\", as many as it takes (StreamOptions.GreatestQueue). Nothing has changed: send this one again a little later.");
        }

        load.Enter();
        _waiting++;
        Task before = _last;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _last = done.Task;
        try
        {
            await before;
            return await request();
        }
        finally
        {
            _waiting--;
            load.Leave();
            done.SetResult();
        }
    }

    private long EpochIfReadable()
    {
        try
        {
            return Loaded()?.Epoch ?? 0;
        }
        catch (StreamException)
        {
            return 0;
        }
    }

    private T[] Compute(StreamState<T> stream, long first, ReadOnlySpan<T> samples)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            return stream.Push(first, samples);
        }
        finally
        {
            StreamMetrics.Compute.Record(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (stream.IsSpoiled)
            {
                _stream = null;
            }
        }
    }

    private async Task<StreamState<T>> Current()
    {
        if (_stream is null)
        {
            string model = ModelName();
            StreamRecord? record = await Record();
            _stream = record is null ? new StreamState<T>(models.Current(model), options) : StreamState<T>.Restore(models.Find(model, record.Hash), record, options);
        }

        return _stream;
    }

    // What is stored, read anew; null: the stream has not begun.
    private async Task<StreamRecord?> Record()
    {
        await Load();
        return Loaded();
    }

    private StreamRecord? Loaded()
    {
        byte[]? bytes = _stored.State?.Bytes;
        _stored.State = new StoredStreamState();
        return !_stored.RecordExists ? null
            : bytes is { Length: > 0 } ? StreamRecord.Read(bytes)
            : throw new StreamException($"The store has a record of \"{this.GetPrimaryKeyString()}\" without a state: it is damaged, or was written by something else. Reset begins the stream anew.");
    }

    private async Task Load()
    {
        try
        {
            await storage.ReadStateAsync(StateName, this.GetGrainId(), _stored);
        }
        catch (Exception fault) when (fault.GetBaseException() is InvalidDataException damage)
        {
            throw new StreamException($"The state of \"{this.GetPrimaryKeyString()}\" cannot be read: {damage.Message}", fault);
        }
        catch (Exception fault)
        {
            throw new StreamStoreException($"The state of \"{this.GetPrimaryKeyString()}\" cannot be read: {fault.GetBaseException().Message}", fault);
        }
    }

    private async Task Store(StreamState<T> stream, string then)
    {
        long start = Stopwatch.GetTimestamp();

        // What is not stored must not pass for what is: after a failure it is read again before the next request.
        _stream = null;
        byte[] bytes;
        try
        {
            bytes = stream.Save();
            _stored.State = new StoredStreamState { Bytes = bytes };
            await storage.WriteStateAsync(StateName, this.GetGrainId(), _stored);
        }
        catch (Exception fault)
        {
            if (fault is InconsistentStateException)
            {
                // Another silo has the stream as well, and has written: this one is out of date.
                DeactivateOnIdle();
            }

            throw new StreamStoreException($"The state of \"{this.GetPrimaryKeyString()}\" was not stored: {fault.GetBaseException().Message} {then}", fault);
        }
        finally
        {
            // The stream has all that its bytes have, and memory is for streams.
            _stored.State = new StoredStreamState();
        }

        _stream = stream;
        StreamMetrics.StoredBytes.Add(bytes.Length);
        StreamMetrics.TimeToDurable.Record(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    // The part of the key before the slash; the rest, the stream's own name, is checked.
    private string ModelName()
    {
        string key = this.GetPrimaryKeyString();
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == key.Length - 1)
        {
            throw new StreamException($"The key \"{Shown(key)}\" names no stream: MODEL/STREAM is expected.");
        }

        string stream = key[(slash + 1)..];
        if (stream.Length > options.GreatestName)
        {
            throw new StreamException($"The stream's name has {stream.Length} characters; {options.GreatestName} are the limit.");
        }

        foreach (char c in stream)
        {
            if (char.IsControl(c))
            {
                throw new StreamException($"The stream's name \"{Shown(stream)}\" has a control character.");
            }
        }

        return key[..slash];
    }

    // Names come from anywhere: control characters are shown by their numbers.
    private static string Shown(string text) => string.Concat((text.Length > 200 ? text[..200] : text).Select(c => char.IsControl(c) ? $"\\u{(int)c:X4}" : c.ToString()));
}
