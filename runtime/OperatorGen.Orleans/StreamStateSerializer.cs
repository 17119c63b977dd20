using System;
using Orleans.Storage;

namespace OperatorGen.Streams;

/// <summary>
/// Stores a stream's bytes as they are. The serializer that a grain storage has by itself writes them as text or in a format of its own, which takes time and a third more space; give this one to a storage
/// that holds streams only.
/// </summary>
public sealed class StreamStateSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">It is no <see cref="StoredStreamState"/>.</exception>
    public BinaryData Serialize<T>(T? input) => input is StoredStreamState state ? new BinaryData(state.Bytes) : throw Unknown<T>();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Something else than a <see cref="StoredStreamState"/> is asked for.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new StoredStreamState { Bytes = input.ToArray() } is T state ? state : throw Unknown<T>();
    }

    private static NotSupportedException Unknown<T>() =>
        new($"A storage with StreamStateSerializer holds streams, not {typeof(T)}: give other grains a storage of their own.");
}
