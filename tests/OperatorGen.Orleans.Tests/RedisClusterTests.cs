using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using StreamHost;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Streams.Tests;

/// <summary>Two silos that share a Redis server, each in a process of its own: silos are killed, Redis is killed, nothing is lost, nothing is doubled.</summary>
public sealed class RedisClusterTests(ITestOutputHelper log) : IDisposable
{
    private const int Streams = 1000, Batches = 24, Batch = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("redis").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task A_thousand_streams_survive_their_silos_and_their_store()
    {
        int redisPort = StreamServer.FreePort();
        ServerProcess? redis = StartRedis(redisPort);
        Skip.If(redis is null, "redis-server is not installed.");
        string[] addresses = [.. Enumerable.Range(0, 2).Select(_ => $"http://127.0.0.1:{StreamServer.FreePort()}")];
        int[] siloPorts = [StreamServer.FreePort(), StreamServer.FreePort()];
        ServerProcess Start(int silo) => ServerProcess.Streams(_folder, "--urls", addresses[silo], "--redis", $"127.0.0.1:{redisPort}", "--silo-port", $"{siloPorts[silo]}", "--play", "0");
        await redis.Ready;
        ServerProcess[] silos = [Start(0), Start(1)];
        try
        {
            await Task.WhenAll(silos.Select(silo => silo.Ready));
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(15) };
            StreamClient[] clients = [.. Enumerable.Range(0, Streams).Select(stream => new StreamClient(http, addresses, stream))];
            long start = Stopwatch.GetTimestamp();
            Task[] work = [.. clients.Select(Work)];

            // Silos die at a fifth, two and three fifths of the work; the dead one stays away until the streams go on without it.
            foreach ((int fifth, int silo) in new[] { (1, 1), (2, 0), (3, 1) })
            {
                await Until(fifth);
                silos[silo].Kill();
                await Until(fifth, more: Streams * Batches / 10);
                silos[silo].Dispose();
                silos[silo] = Start(silo);
                await silos[silo].Ready;
            }

            await Until(4);
            redis.Kill();
            redis.Dispose();
            await Task.Delay(1000);
            redis = StartRedis(redisPort)!;
            await Task.WhenAll(work);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            foreach (StreamClient client in clients)
            {
                client.AssertUndisturbed();
            }

            log.WriteLine($"{Streams * Batches} batches in {time.TotalSeconds:0.0} s, {clients.Sum(client => client.Retried)} sent again, longest stall {clients.Max(client => client.LongestStall).TotalSeconds:0.0} s");

            async Task Until(int fifths, int more = 0)
            {
                while (clients.Sum(client => client.Position) < (Streams * Batches * Batch * fifths / 5) + (more * Batch))
                {
                    if (work.FirstOrDefault(task => task.IsFaulted) is { } failed)
                    {
                        await failed;
                    }

                    await Task.Delay(50);
                }
            }
        }
        catch (Exception)
        {
            foreach (ServerProcess silo in silos)
            {
                log.WriteLine(silo.Output);
            }

            throw;
        }
        finally
        {
            foreach (ServerProcess process in (IEnumerable<ServerProcess>)[.. silos, redis])
            {
                process.Dispose();
            }
        }
    }

    private static async Task Work(StreamClient client)
    {
        for (int batch = 0; batch < Batches; batch++)
        {
            await client.Push(Batch, s_patience);
            await Task.Delay(20);
        }
    }

    private ServerProcess? StartRedis(int port)
    {
        try
        {
            return ServerProcess.Redis(_folder, port);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
