using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OperatorGen.Package;

/// <summary>The model as a service of a web application.</summary>
[Collection(PackageTests.Name)]
public sealed class WebTests(PackageFixture packages)
{
    [SkippableFact]
    public async Task Every_connection_has_a_state_of_its_own()
    {
        Consumers consumers = packages.Consumers;
        Consumers.SkipWithoutFeed(consumers.Build);
        string folder = Path.Combine(consumers.Folder, "web");
        string assembly = Path.Combine(folder, "bin", "Release", "net10.0", "Web.dll");
        Assert.True(File.Exists(assembly), consumers.Build.All);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using Process server = Command.Start(folder, null, "dotnet", assembly, "--urls", "http://127.0.0.1:0");
        try
        {
            string address = await AddressOf(server, patience.Token);
            using var client = new HttpClient();
            Assert.Equal("3 in, 3 out", await client.GetStringAsync(new Uri($"http://{address}/model"), patience.Token));

            // Two sequences at the same time, sample by sample in turn.
            using ClientWebSocket first = new(), second = new();
            ClientWebSocket[] sockets = [first, second];
            List<float>[] outputs = [[], []];
            foreach (ClientWebSocket socket in sockets)
            {
                await socket.ConnectAsync(new Uri($"ws://{address}/stream"), patience.Token);
            }

            for (int t = 0; t < UpstreamCase.Steps; t++)
            {
                for (int i = 0; i < sockets.Length; i++)
                {
                    outputs[i].AddRange(await Step(sockets[i], UpstreamCase.Input(i).AsMemory(t * UpstreamCase.Channels, UpstreamCase.Channels), patience.Token));
                }
            }

            UpstreamCase.AssertOutput(0, outputs[0]);
            UpstreamCase.AssertOutput(1, outputs[1]);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> AddressOf(Process server, CancellationToken cancellation)
    {
        while (await server.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (Regex.Match(line, "Now listening on: http://(.+)") is { Success: true } match)
            {
                return match.Groups[1].Value.Trim();
            }
        }

        throw new InvalidOperationException("The server ended: " + await server.StandardError.ReadToEndAsync(cancellation));
    }

    private static async Task<float[]> Step(ClientWebSocket socket, ReadOnlyMemory<float> sample, CancellationToken cancellation)
    {
        await socket.SendAsync(MemoryMarshal.AsBytes(sample.Span).ToArray(), WebSocketMessageType.Binary, true, cancellation);
        byte[] output = new byte[UpstreamCase.Channels * sizeof(float)];
        WebSocketReceiveResult received = await socket.ReceiveAsync(output, cancellation);
        Assert.Equal((output.Length, true), (received.Count, received.EndOfMessage));
        return MemoryMarshal.Cast<byte, float>(output).ToArray();
    }
}
