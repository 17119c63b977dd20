using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Benchmarks.Report.Limits;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>Streaming, one sample at a time of each of 1 to 1,000 streams: the kernel, the layer, the four-layer digit model. Times are per sample of one stream; the peer is <c>Forward</c> of one long sequence.</summary>
internal sealed class StreamWorkload : IWorkload
{
    /// <inheritdoc/>
    public int Number => 4;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["s4d-standalone", "s4-example"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context)
    {
        (string Name, Func<CompiledModel> Model)[] models =
        [
            ("kernel", () => new CompiledModel(S4dLayers.Kernel(context))),
            ("layer", () => new CompiledModel(S4dLayers.Layer(context))),
            ("deep", () => CompiledModel.OfExample("deep")),
        ];
        int[] counts = context.Small ? [1, 3] : [1, 2, 3, 8, 64, 1000];
        return models.SelectMany(each =>
        {
            CompiledModel compiled = each.Model();
            return counts.Select(streams => Of(context, FormattableString.Invariant($"{each.Name}-streams-{streams}"), compiled, streams));
        });
    }

    private static Subject Of(ReportContext context, string name, CompiledModel compiled, int streams)
    {
        double error = Error(context, compiled, streams);
        var all = new StreamSet(compiled, streams);
        int steps = context.Small ? 32 : 4096;
        float[] input = BenchmarkModels.Input(steps * compiled.Model.InputWidth), output = new float[compiled.OutputLength(steps)];
        SequenceState<float> state = compiled.Generated.CreateState();
        Limit traffic = Limit.Traffic(compiled.TableBytes, compiled.StateBytesRead, compiled.StateBytesWritten, streams, context.Width);
        return new Subject(
            name,
            Contender.Of(name, () => all.Step(context.Width), 1.0 / streams),
            compiled.Nominal,
            traffic with { Contender = new(traffic.Name, count => traffic.Contender.Seconds(count) / streams) },
            [Contender.Of("forward", () => compiled.Generated.Forward(input, output, state, context.Width), 1.0 / steps)],
            error);
    }

    /// <summary>The error of the first and the last stream after some samples.</summary>
    private static double Error(ReportContext context, CompiledModel compiled, int streams)
    {
        const int Steps = 16;
        var some = new StreamSet(compiled, streams);
        for (int i = 0; i < Steps; i++)
        {
            some.Step(context.Width);
        }

        int outputs = compiled.Generated.OutputWidth;
        return new[] { 0, streams - 1 }.Max(stream =>
        {
            double[] expected = compiled.Reference([.. Enumerable.Repeat(some.Sample(stream).ToArray(), Steps).SelectMany(sample => sample)]);
            return Agreement.Demand("A stream", Agreement.Error(some.Outputs.AsSpan(stream * outputs, outputs), expected.AsSpan(expected.Length - outputs)));
        });
    }
}
