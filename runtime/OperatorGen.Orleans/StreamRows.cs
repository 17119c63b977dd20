using System.Numerics;
using Orleans;

namespace OperatorGen.Streams;

/// <summary>Samples of a stream with their outputs, as they were acknowledged.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="modelHash">The hash of the stream's model.</param>
/// <param name="epoch">Which stream of this name it is.</param>
/// <param name="first">The number of the first sample.</param>
/// <param name="position">The number of the next sample that the stream waits for.</param>
/// <param name="samples">[sample, InputWidth].</param>
/// <param name="outputs">[sample, OutputWidth].</param>
[GenerateSerializer, Immutable, Alias("OperatorGen.Streams.StreamRows`1")]
public sealed class StreamRows<T>(string modelHash, long epoch, long first, long position, T[] samples, T[] outputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The hash of the stream's model.</summary>
    [Id(0)]
    public string ModelHash { get; } = modelHash;

    /// <summary>Which stream of this name it is: 0 until the first reset, a greater number after each.</summary>
    [Id(1)]
    public long Epoch { get; } = epoch;

    /// <summary>The number of the first sample.</summary>
    [Id(2)]
    public long First { get; } = first;

    /// <summary>The number of the next sample that the stream waits for.</summary>
    [Id(3)]
    public long Position { get; } = position;

    /// <summary>[sample, InputWidth], row-major.</summary>
    [Id(4)]
    public T[] Samples { get; } = samples;

    /// <summary>[sample, OutputWidth], row-major.</summary>
    [Id(5)]
    public T[] Outputs { get; } = outputs;
}
