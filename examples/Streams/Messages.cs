using System.Collections.Generic;
using OperatorGen.Streams;

namespace StreamHost;

/// <summary>A batch, as a request has it.</summary>
/// <param name="First">The number of the first sample.</param>
/// <param name="Samples">[sample, InputWidth].</param>
/// <param name="Epoch">Which stream of this name is meant; null: whichever it is.</param>
internal sealed record SampleBatch(long? First, float[]? Samples, long? Epoch);

/// <summary>The answer to a batch.</summary>
/// <param name="First">The number of the first sample.</param>
/// <param name="Next">The number of the sample after the last one.</param>
/// <param name="Outputs">[sample, OutputWidth].</param>
internal sealed record AcknowledgedBatch(long First, long Next, float[] Outputs);

/// <summary>Samples with their outputs.</summary>
/// <param name="Hash">The model hash.</param>
/// <param name="Epoch">Which stream of this name it is.</param>
/// <param name="First">The number of the first sample.</param>
/// <param name="Position">The number of the next one that the stream waits for.</param>
/// <param name="Samples">[sample, InputWidth].</param>
/// <param name="Outputs">[sample, OutputWidth].</param>
/// <param name="Ring">[sample, node, 2]: the ring after each sample, real and imaginary parts; null: not asked for.</param>
internal sealed record RowsMessage(string Hash, long Epoch, long First, long Position, float[] Samples, float[] Outputs, float[]? Ring = null)
{
    public static RowsMessage Of(StreamRows<float> rows, float[]? ring = null) => new(rows.ModelHash, rows.Epoch, rows.First, rows.Position, rows.Samples, rows.Outputs, ring);
}

/// <summary>A model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">The model hash.</param>
/// <param name="InputWidth">Numbers of a sample.</param>
/// <param name="Labels">The names of the outputs.</param>
/// <param name="Channels">Channels of the first layer, each of which has a ring.</param>
internal sealed record ModelMessage(string Name, string Hash, int InputWidth, IReadOnlyList<string> Labels, int Channels);

/// <summary>A stream in a list.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Position">How many samples it has seen.</param>
/// <param name="Scores">The newest row of outputs; empty: there is none yet.</param>
internal sealed record ListedStream(string Id, long Position, float[] Scores);

/// <summary>The streams of a tenant that are in memory.</summary>
/// <param name="Active">How many there are.</param>
/// <param name="Streams">The first of them by name.</param>
internal sealed record StreamListMessage(int Active, IReadOnlyList<ListedStream> Streams);
