using Orleans;

namespace OperatorGen.Streams;

/// <summary>What a store holds of a stream. Its bytes have a format of their own, with a checksum, so that every store and every serializer will do.</summary>
[GenerateSerializer, Alias("OperatorGen.Streams.StoredStreamState")]
public sealed class StoredStreamState
{
    /// <summary>The bytes; empty: the stream has not begun.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; } = [];
}
