using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using TokenSelections;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>Queues that are full, streams that are idle, and what a silo says of its health.</summary>
public sealed class StreamLimitTests : IDisposable
{
    private static readonly Attention20 s_model = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("streams").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_stream_takes_as_many_requests_as_it_says_and_refuses_the_next()
    {
        using var storage = new FailingStorage(_folder);
        var gate = new TaskCompletionSource();
        storage.Gate = gate.Task;
        await using InProcessTestCluster cluster = await Start(storage, options => options.GreatestQueue = 3);
        IStreamGrain<double> stream = Clusters.Stream(cluster, "m/a");
        double[] samples = Samples.Of(s_model, 4, seed: 1), expected = new double[4 * 2];
        s_model.Forward(samples, expected);
        List<Task<double[]>> taken = [];
        for (int i = 0; i < 3; i++)
        {
            taken.Add(stream.Push(i, Samples.Batch(s_model, samples, i, 1)));
            await Taken(cluster, i + 1); // what is sent at the same time may arrive in any order
        }

        Assert.Contains("3 requests wait for the stream \"m/a\"", (await Assert.ThrowsAsync<StreamBusyException>(() => stream.Push(3, Samples.Batch(s_model, samples, 3, 1)))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StreamBusyException>(stream.Position);
        gate.SetResult();
        Assert.Equal(expected[..6], (await Task.WhenAll(taken)).SelectMany(rows => rows));
        Assert.Equal(expected[6..], await stream.Push(3, Samples.Batch(s_model, samples, 3, 1)));
        Assert.Equal(0, Load(cluster).Taken);
    }

    [Fact]
    public async Task A_silo_takes_as_many_requests_as_it_says_and_is_not_well_when_it_has_nearly_as_many()
    {
        using var storage = new FailingStorage(_folder);
        await using InProcessTestCluster cluster = await Start(storage, options => (options.GreatestQueue, options.GreatestLoad) = (2, 5));
        Assert.Equal(HealthStatus.Healthy, (await Health(cluster)).Status);
        var gate = new TaskCompletionSource();
        storage.Gate = gate.Task;
        Task<double[]>[] taken = [.. Enumerable.Range(0, 5).Select(i => Clusters.Stream(cluster, $"m/{i}").Push(0, Samples.Of(s_model, 1, i)))];
        await Taken(cluster, 5);
        Assert.Contains("This silo has 5 requests in hand", (await Assert.ThrowsAsync<StreamBusyException>(Clusters.Stream(cluster, "m/6").Position)).Message, StringComparison.Ordinal);
        HealthReport report = await Health(cluster);
        Assert.Equal((HealthStatus.Degraded, "The silo's queue is nearly full: 5 of 5 requests in hand."), (report.Status, report.Entries["streams"].Description));
        gate.SetResult();
        await Task.WhenAll(taken);
        Assert.Equal(0, await Clusters.Stream(cluster, "m/6").Position());
    }

    [Fact]
    public async Task A_store_that_fails_is_not_healthy()
    {
        using var storage = new FailingStorage(_folder);
        await using InProcessTestCluster cluster = await Start(storage);
        storage.Next = StoreFailure.Before;
        HealthReport report = await Health(cluster);
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Contains("The storage of streams fails: No space left on device.", report.Entries["streams"].Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, (await Health(cluster)).Status);
    }

    [Fact]
    public async Task Limits_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(new StreamOptions { GreatestQueue = 0 }.Validate);
        Assert.Contains("GreatestLoad (3)", Assert.Throws<ArgumentException>(new StreamOptions { GreatestQueue = 4, GreatestLoad = 3 }.Validate).Message, StringComparison.Ordinal);
        using var storage = new FailingStorage(_folder);
        await Assert.ThrowsAsync<ArgumentException>(() => Start(storage, options => options.KeptSamples = 1));
    }

    /// <summary>A thousand streams become active, leave memory, and come back where they were.</summary>
    [Fact]
    public async Task Idle_streams_leave_memory()
    {
        const int Streams = 1000;
        long activated = 0;
        using MeterListener listener = Listen("operatorgen.streams.activations", count => activated += count);
        using var storage = new FailingStorage(_folder);
        await using InProcessTestCluster cluster = await Start(storage);
        IManagementGrain management = cluster.Client.GetGrain<IManagementGrain>(0);
        GrainType type = Clusters.Stream(cluster, "m/0").GetGrainId().Type;
        double[] samples = Samples.Of(s_model, 2, seed: 2), expected = new double[4];
        s_model.Forward(samples, expected);
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(i => Clusters.Stream(cluster, $"m/{i}").Push(0, Samples.Batch(s_model, samples, 0, 1))));
        Assert.Equal(Streams, (await management.GetActiveGrains(type)).Count);
        Assert.True(activated >= Streams, $"{activated}"); // other tests of this process have streams as well
        await management.ForceActivationCollection(TimeSpan.Zero);
        for (int i = 0; i < 600 && (await management.GetActiveGrains(type)).Count > 0; i++)
        {
            await Task.Delay(50);
        }

        Assert.Empty(await management.GetActiveGrains(type));
        Assert.Equal(expected[2..], await Clusters.Stream(cluster, "m/7").Push(1, Samples.Batch(s_model, samples, 1, 1)));
    }

    /// <summary>What stores know a stream by: another name, and all states of older versions would be lost.</summary>
    [Fact]
    public async Task The_names_of_stored_streams_stay()
    {
        using var storage = new FailingStorage(_folder);
        await using InProcessTestCluster cluster = await Start(storage);
        Assert.Equal("operatorgen-stream`1[[double]]/m/a", Clusters.Stream(cluster, "m/a").GetGrainId().ToString());
    }

    private static StreamLoad Load(InProcessTestCluster cluster) => cluster.Silos[0].ServiceProvider.GetRequiredService<StreamLoad>();

    private static Task<HealthReport> Health(InProcessTestCluster cluster) => cluster.Silos[0].ServiceProvider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private static async Task Taken(InProcessTestCluster cluster, int count)
    {
        for (int i = 0; i < 1000 && Load(cluster).Taken < count; i++)
        {
            await Task.Delay(10);
        }

        Assert.Equal(count, Load(cluster).Taken);
    }

    private static MeterListener Listen(string name, Action<long> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        object gate = new();
        listener.SetMeasurementEventCallback<long>((_, value, _, _) =>
        {
            lock (gate)
            {
                measured(value);
            }
        });
        listener.Start();
        return listener;
    }

    private Task<InProcessTestCluster> Start(FailingStorage storage, Action<StreamOptions>? configure = null) => Clusters.Start(
        silo =>
        {
            silo.AddModelStreams<double>(models => models.Add("m", s_model), configure);
            silo.Services.AddHealthChecks().AddModelStreams();
        },
        _folder,
        storage);
}
