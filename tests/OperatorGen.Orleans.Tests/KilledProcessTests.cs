using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using StreamHost;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Streams.Tests;

/// <summary>One process with states in files, killed without warning again and again: nothing is lost, nothing is doubled.</summary>
public sealed class KilledProcessTests(ITestOutputHelper log) : IDisposable
{
    private const int Processes = 2, Kills = 100, Streams = 4, Batch = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("streams").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>200 kills, half of them in each of two servers, which keep both cores busy.</summary>
    [Fact]
    public Task Streams_go_on_after_every_kill() => Task.WhenAll(Enumerable.Range(0, Processes).Select(Run));

    private async Task Run(int number)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, $"{number}")).FullName, address = $"http://127.0.0.1:{StreamServer.FreePort()}";
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        StreamClient[] clients = [.. Enumerable.Range(0, Streams).Select(stream => new StreamClient(http, [address], (Streams * number) + stream))];
        using var end = new CancellationTokenSource();
        Task[] work = [.. clients.Select(client => Work(client, end.Token))];
        var random = new Random(number);
        for (int kill = 0; kill < Kills; kill++)
        {
            using var server = ServerProcess.Streams(folder, "--urls", address, "--folder", "states", "--play", "0");
            if (kill % 4 == 3)
            {
                // While it starts.
                await Task.Delay(random.Next(600));
            }
            else
            {
                // While it works: a moment after its first acknowledgement.
                int before = clients.Sum(client => client.Position);
                while (clients.Sum(client => client.Position) == before && !work.Any(task => task.IsFaulted))
                {
                    await Task.Delay(2);
                }

                await Task.Delay(random.Next(60));
            }

            server.Kill();
            if (work.FirstOrDefault(task => task.IsFaulted) is { } failed)
            {
                log.WriteLine(server.Output);
                await failed;
            }
        }

        // Once more, to the end.
        using var last = ServerProcess.Streams(folder, "--urls", address, "--folder", "states", "--play", "0");
        await last.Ready;
        await end.CancelAsync();
        await Task.WhenAll(work);
        foreach (StreamClient client in clients)
        {
            client.AssertUndisturbed();
        }

        int retried = clients.Sum(client => client.Retried), samples = clients.Sum(client => client.Position);
        log.WriteLine($"{Kills} kills: {samples / Batch} batches, {retried} sent again");
        Assert.True(retried > Kills / 4, $"Only {retried} batches were sent again: the kills did not meet any work.");
    }

    [Fact]
    public async Task A_second_process_does_not_get_the_folder()
    {
        using var first = ServerProcess.Streams(_folder, "--urls", "http://127.0.0.1:0", "--folder", "states", "--play", "0");
        await first.Ready;
        using var second = ServerProcess.Streams(_folder, "--urls", "http://127.0.0.1:0", "--folder", "states", "--play", "0");
        await second.Ready;
        Assert.Contains("One process at a time may store states in a folder.", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Application started", second.Output, StringComparison.Ordinal);
    }

    private static async Task Work(StreamClient client, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await client.Push(Batch, TimeSpan.FromMinutes(3), CancellationToken.None);
        }
    }
}
