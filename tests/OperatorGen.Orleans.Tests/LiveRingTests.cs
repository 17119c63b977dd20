using System;
using System.Linq;
using Digits;
using OperatorGen.Analysis;
using StreamHost;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>The ring that the page shows is the ring of docs/operator.md, whatever pieces the samples come in.</summary>
public sealed class LiveRingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(39)]
    [InlineData(63)]
    public void Nodes_are_those_of_the_simulated_ring(int channel)
    {
        OperatorDescription description = OneLayer.Operator;
        var random = new Random(channel);
        float[] samples = [.. Enumerable.Range(0, 300).Select(_ => (float)random.Next(256))];
        double[] inputs = OperatorTrace.Of(description, Array.ConvertAll(samples, x => (double)x)).Layers[0].CellInput;
        double[] heard = [.. Enumerable.Range(0, 300).Select(t => inputs[(t * 64) + channel])];
        var wave = WaveRing.Complex(description.Layers[0].Bank!.Waves(channel));
        RingActivity expected = wave.Simulate(heard);

        var ring = new LiveRing(description, channel);
        float[] nodes = [.. ring.Take(samples.AsSpan(0, 7)), .. ring.Take([]), .. ring.Take(samples.AsSpan(7))];
        Assert.Equal(wave.Nodes, ring.Nodes);
        double scale = Enumerable.Range(0, 300).SelectMany(t => Enumerable.Range(0, ring.Nodes).Select(j => expected[j, t].Magnitude)).Max();
        for (int t = 0; t < 300; t++)
        {
            for (int j = 0; j < ring.Nodes; j++)
            {
                // Rounded to float, which is 6e-8 of the number.
                Assert.Equal(expected[j, t].Re, nodes[((t * ring.Nodes) + j) * 2], 1e-7 * scale);
                Assert.Equal(expected[j, t].Im, nodes[(((t * ring.Nodes) + j) * 2) + 1], 1e-7 * scale);
            }
        }
    }

    [Fact]
    public void What_is_not_there_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new LiveRing(OneLayer.Operator, 64));
}
