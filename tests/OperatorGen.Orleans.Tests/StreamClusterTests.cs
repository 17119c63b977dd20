using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Core.Internal;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;
using TokenSelections;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Streams.Tests;

/// <summary>Streams under load while silos die without warning: nothing is lost, nothing is doubled.</summary>
public sealed class StreamClusterTests(ITestOutputHelper log) : IDisposable
{
    private const int Streams = 100, Length = 60, Batch = 5, Kills = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("streams").FullName;
    private static readonly Attention20 s_model = new();
    private int _retried, _done;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_outputs_are_those_of_undisturbed_streams()
    {
        void Configure(ISiloBuilder silo)
        {
            silo.AddModelStreams<double>(models => models.Add("m", s_model));
            silo.Services.Configure<ClusterMembershipOptions>(options =>
            {
                // A dead silo is found out within a second or two; the defaults take half a minute.
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.NumMissedProbesLimit = 2;
                options.NumVotesForDeathDeclaration = 1;
            });
        }

        await using InProcessTestCluster cluster = await Clusters.Start(Configure, _folder, silos: 2);
        Task<double[]>[] streams = [.. Enumerable.Range(0, Streams).Select(stream => Run(cluster, stream))];
        for (int kill = 1; kill <= Kills; kill++)
        {
            // At a quarter, a half and three quarters of the work.
            while (Volatile.Read(ref _done) < kill * Streams * Length / Batch / 4)
            {
                await Task.Delay(5);
                if (streams.FirstOrDefault(stream => stream.IsFaulted) is { } failed)
                {
                    await failed;
                }
            }

            await cluster.KillSiloAsync(cluster.Silos[^1]);
            await cluster.StartAdditionalSiloAsync();
        }

        double[][] outputs = await Task.WhenAll(streams);
        for (int stream = 0; stream < Streams; stream++)
        {
            var expected = new double[Length * Attention20.OutputWidth];
            s_model.Forward(Samples.Of(s_model, Length, stream), expected);
            Assert.Equal(expected, outputs[stream]);
        }

        log.WriteLine($"{_retried} of {_done} batches were sent again at least once");
    }

    /// <summary>A grain that moves to another silo takes nothing from memory with it that is not stored.</summary>
    [Fact]
    public async Task A_stream_goes_on_after_it_moved_to_another_silo()
    {
        await using InProcessTestCluster cluster = await Clusters.Start(silo => silo.AddModelStreams<double>(models => models.Add("m", s_model)), _folder, silos: 2);
        double[] samples = Samples.Of(s_model, 40, seed: 1), expected = new double[40 * Attention20.OutputWidth];
        s_model.Forward(samples, expected);
        IStreamGrain<double> grain = cluster.Client.GetGrain<IStreamGrain<double>>("m/a");
        HashSet<SiloAddress> places = [];
        for (int first = 0; first < 40; first += 4)
        {
            Assert.Equal(expected[(first * Attention20.OutputWidth)..((first + 4) * Attention20.OutputWidth)], await grain.Push(first, Samples.Batch(s_model, samples, first, 4)));
            SiloAddress place = (await Place())!;
            places.Add(place);
            RequestContext.Set(IPlacementDirector.PlacementHintKey, cluster.Silos.Select(silo => silo.SiloAddress).First(silo => !silo.Equals(place)));
            await grain.Cast<IGrainManagementExtension>().MigrateOnIdle();
            RequestContext.Clear();
            for (int i = 0; i < 200 && (await Place())?.Equals(place) != false; i++)
            {
                await Task.Delay(10);
            }
        }

        Assert.Equal(2, places.Count);

        // Null: it is on its way.
        async Task<SiloAddress?> Place()
        {
            foreach (InProcessSiloHandle silo in cluster.Silos)
            {
                DetailedGrainStatistic[] grains = await cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics(hostsIds: [silo.SiloAddress]);
                if (grains.Any(statistic => statistic.GrainId == grain.GetGrainId()))
                {
                    return silo.SiloAddress;
                }
            }

            return null;
        }
    }

    private async Task<double[]> Run(InProcessTestCluster cluster, int stream)
    {
        double[] samples = Samples.Of(s_model, Length, stream), outputs = new double[Length * Attention20.OutputWidth];
        IStreamGrain<double> grain = cluster.Client.GetGrain<IStreamGrain<double>>($"m/{stream}");
        var limit = Stopwatch.StartNew();
        for (int first = 0; first < Length; first += Batch)
        {
            for (bool again = false; ; again = true)
            {
                try
                {
                    (await grain.Push(first, Samples.Batch(s_model, samples, first, Batch)).WaitAsync(TimeSpan.FromSeconds(5))).CopyTo(outputs, first * Attention20.OutputWidth);
                    break;
                }
                catch (Exception fault) when (fault is not (StreamGapException or Xunit.Sdk.XunitException) && limit.Elapsed < TimeSpan.FromMinutes(3))
                {
                    // Any error at all: what was not acknowledged is sent again.
                    _ = again ? 0 : Interlocked.Increment(ref _retried);
                    await Task.Delay(50);
                }
            }

            Interlocked.Increment(ref _done);
            await Task.Delay(20);
        }

        return outputs;
    }
}
