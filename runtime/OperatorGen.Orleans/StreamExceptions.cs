using System;
using Orleans;

namespace OperatorGen.Streams;

/// <summary>A request that a stream refuses. It has changed nothing, unless it is a <see cref="StreamStoreException"/>, of which that is not known.</summary>
[GenerateSerializer, Alias("OperatorGen.Streams.StreamException")]
public class StreamException : Exception
{
    /// <summary>An exception with a message.</summary>
    /// <param name="message">What was found, and what to do.</param>
    public StreamException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    /// <param name="message">What was found, and what to do.</param>
    /// <param name="cause">The cause.</param>
    public StreamException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

/// <summary>Samples are missing between those that a stream has seen and those that were sent.</summary>
[GenerateSerializer, Alias("OperatorGen.Streams.StreamGapException")]
public sealed class StreamGapException : StreamException
{
    /// <summary>A gap.</summary>
    /// <param name="expected">The number of the sample that the stream waits for.</param>
    /// <param name="found">The number of the first sample that was sent.</param>
    public StreamGapException(long expected, long found)
        : base($"Samples from {found} on were sent, but the stream has seen {expected}: send them from {expected} on.")
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>The number of the sample that the stream waits for.</summary>
    [Id(0)]
    public long Expected { get; }

    /// <summary>The number of the first sample that was sent.</summary>
    [Id(1)]
    public long Found { get; }
}

/// <summary>Samples belong to a stream before a reset: the stream of that name is another one now, and begins at sample 0.</summary>
[GenerateSerializer, Alias("OperatorGen.Streams.StreamEpochException")]
public sealed class StreamEpochException : StreamException
{
    /// <summary>Another epoch.</summary>
    /// <param name="epoch">The epoch of the stream.</param>
    /// <param name="found">The epoch that the caller meant.</param>
    public StreamEpochException(long epoch, long found)
        : base($"The samples belong to epoch {found} of the stream, which is in epoch {epoch}: it has been reset.")
    {
        Epoch = epoch;
        Found = found;
    }

    /// <summary>The epoch of the stream.</summary>
    [Id(0)]
    public long Epoch { get; }

    /// <summary>The epoch that the caller meant.</summary>
    [Id(1)]
    public long Found { get; }
}

/// <summary>A stream's state belongs to a version of its model that this silo does not have: register it, or move the stream to the current one. Until then nothing changes, and the same request may be right later.</summary>
[GenerateSerializer, Alias("OperatorGen.Streams.StreamVersionException")]
public sealed class StreamVersionException : StreamException
{
    /// <summary>A version that is not there.</summary>
    /// <param name="message">Which versions there are.</param>
    public StreamVersionException(string message)
        : base(message)
    {
    }
}

/// <summary>The store failed: nothing was acknowledged, and the stream goes on from the state that is stored, which the store may have written all the same.</summary>
[GenerateSerializer, Alias("OperatorGen.Streams.StreamStoreException")]
public sealed class StreamStoreException : StreamException
{
    /// <summary>A failure of the store.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="cause">The store's exception.</param>
    public StreamStoreException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

/// <summary>A stream or a silo has as many requests waiting as it takes: nothing has changed, and the same request is to be sent again a little later.</summary>
[GenerateSerializer, Alias("OperatorGen.Streams.StreamBusyException")]
public sealed class StreamBusyException : StreamException
{
    /// <summary>A full queue.</summary>
    /// <param name="message">Which queue is full.</param>
    public StreamBusyException(string message)
        : base(message)
    {
    }
}
