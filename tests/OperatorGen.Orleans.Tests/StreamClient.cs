using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Digits;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>
/// A client of one stream, as docs/streams.md tells to write one: it numbers its samples, and sends a batch again until it is acknowledged, to whichever server answers.
/// </summary>
/// <param name="http">The connection.</param>
/// <param name="servers">The servers' addresses.</param>
/// <param name="name">The stream's name, which chooses the samples as well.</param>
internal sealed class StreamClient(HttpClient http, IReadOnlyList<string> servers, int name)
{
    private static readonly OneLayer s_model = new();

    private readonly List<float> _outputs = [];
    private readonly List<float> _samples = [];
    private int _server;

    // The same for the same stream in every run.
    private Random Chance => field ??= new Random(name);

    /// <summary>How many batches were sent again at least once.</summary>
    public int Retried { get; private set; }

    /// <summary>The longest time from the first try of a batch to its acknowledgement.</summary>
    public TimeSpan LongestStall { get; private set; }

    /// <summary>How many samples were acknowledged.</summary>
    public int Position => _samples.Count;

    /// <summary>Sends a batch until it is acknowledged. Now and then an acknowledged one is sent again with it.</summary>
    public async Task Push(int count, TimeSpan patience, CancellationToken cancellation = default)
    {
        float[] batch = [.. Enumerable.Range(0, count).Select(_ => Chance.Next(256))];
        int again = Math.Min(_samples.Count, Chance.Next(4) == 0 ? count : 0);
        float[] sent = [.. _samples.TakeLast(again), .. batch];
        long start = Stopwatch.GetTimestamp();
        bool retried = false;
        while (true)
        {
            try
            {
                float[] outputs = await Send(_samples.Count - again, sent, cancellation);
                Assert.Equal(sent.Length * OneLayer.OutputWidth, outputs.Length);
                Assert.Equal(_outputs.TakeLast(again * OneLayer.OutputWidth), outputs.Take(again * OneLayer.OutputWidth));
                _outputs.AddRange(outputs[(again * OneLayer.OutputWidth)..]);
                _samples.AddRange(batch);
                break;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                // No answer, or one that says to send it again: nothing else is tried again.
                retried = true;
                _server++;
                Assert.True(Stopwatch.GetElapsedTime(start) < patience, $"Stream {name} waits for sample {_samples.Count} since {Stopwatch.GetElapsedTime(start)}: {fault.Message}");
                await Task.Delay(30, cancellation);
            }
        }

        Retried += retried ? 1 : 0;
        TimeSpan stall = Stopwatch.GetElapsedTime(start);
        LongestStall = stall > LongestStall ? stall : LongestStall;
    }

    /// <summary>All outputs are those of a stream that nothing has disturbed, to the bit.</summary>
    public void AssertUndisturbed() => Assert.Equal(Expected(_samples), _outputs);

    /// <summary>The outputs of a stream that nothing disturbs, [sample, OutputWidth].</summary>
    public static float[] Expected(IReadOnlyList<float> samples)
    {
        OneLayer.State state = s_model.CreateState();
        var outputs = new float[samples.Count * OneLayer.OutputWidth];
        for (int i = 0; i < samples.Count; i++)
        {
            s_model.Step([samples[i]], outputs.AsSpan(i * OneLayer.OutputWidth, OneLayer.OutputWidth), state);
        }

        return outputs;
    }

    private async Task<float[]> Send(int first, float[] samples, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var address = new Uri($"{servers[(name + _server) % servers.Count]}/streams/{name}/samples?first={first.ToString(CultureInfo.InvariantCulture)}");
        using HttpResponseMessage answer = await http.PostAsync(address, content, cancellation);
        if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellation));
        }

        answer.EnsureSuccessStatusCode();
        return MemoryMarshal.Cast<byte, float>(await answer.Content.ReadAsByteArrayAsync(cancellation)).ToArray();
    }
}
