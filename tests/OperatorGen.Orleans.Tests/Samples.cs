using System;
using System.Linq;

namespace OperatorGen.Streams.Tests;

/// <summary>Random samples, and batches of them.</summary>
internal static class Samples
{
    /// <summary>Samples with numbers from -1 to 1, [sample, InputWidth].</summary>
    public static double[] Of(IStreamingModel<double> model, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * model.Metadata.InputWidth).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    /// <summary>Some samples.</summary>
    public static double[] Batch(IStreamingModel<double> model, double[] samples, int first, int count) =>
        samples[(first * model.Metadata.InputWidth)..((first + count) * model.Metadata.InputWidth)];
}
