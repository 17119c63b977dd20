using System;
using Orleans.Storage;

namespace OperatorGen.Streams.Tests;

/// <summary>Stored states as their bytes, without a host.</summary>
internal sealed class BytesSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(((StoredStreamState)(object)input!).Bytes);

    public T Deserialize<T>(BinaryData input) => (T)(object)new StoredStreamState { Bytes = input.ToArray() };
}
