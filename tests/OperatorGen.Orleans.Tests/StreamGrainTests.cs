using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;
using TokenSelections;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>Streams in a silo: what is acknowledged is stored, whatever the store does in between.</summary>
public sealed class StreamGrainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("streams").FullName;

    private static readonly Attention20 s_model = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_stream_goes_on_after_its_silo_was_stopped()
    {
        double[] samples = Samples.Of(s_model, 60, seed: 1), expected = Expected(samples);
        List<double> outputs = [];
        for (int run = 0; run < 3; run++)
        {
            await using InProcessTestCluster cluster = await Start(models => models.Add("attention", s_model));
            IStreamGrain<double> stream = Stream(cluster, "attention/patient 7");
            Assert.Equal(20 * run, await stream.Position());
            for (int first = 20 * run; first < 20 * (run + 1); first += 5)
            {
                outputs.AddRange(await stream.Push(first, Samples.Batch(s_model, samples, first, 5)));
            }

            // The last batch again: the caller has not got the answer.
            Assert.Equal(outputs.TakeLast(5 * Attention20.OutputWidth), await stream.Push((20 * run) + 15, Samples.Batch(s_model, samples, (20 * run) + 15, 5)));
        }

        Assert.Equal(expected, outputs);
    }

    [Fact]
    public async Task A_store_that_refuses_acknowledges_nothing_and_the_stream_goes_on()
    {
        using var failing = new FailingStorage(_folder);
        await using InProcessTestCluster cluster = await Start(models => models.Add("attention", s_model), failing);
        double[] samples = Samples.Of(s_model, 200, seed: 2), expected = Expected(samples);
        IStreamGrain<double> stream = Stream(cluster, "attention/a");
        var random = new Random(3);
        int failures = 0;
        for (int first = 0; first < 200; first += 4)
        {
            double[] batch = Samples.Batch(s_model, samples, first, 4);
            while (true)
            {
                failing.Next = random.Next(4) switch { 0 => StoreFailure.Before, 1 => StoreFailure.After, _ => StoreFailure.None };
                try
                {
                    Assert.Equal(expected[(first * 2)..((first + 4) * 2)], await stream.Push(first, batch));
                    break;
                }
                catch (StreamStoreException fault)
                {
                    failures++;
                    Assert.Contains("Nothing is acknowledged", fault.Message, StringComparison.Ordinal);
                }
            }
        }

        Assert.InRange(failures, 20, 100);
        Assert.Equal(200, await stream.Position());
    }

    [Fact]
    public async Task Two_versions_are_there_side_by_side_until_the_old_one_is_drained()
    {
        double[] old = Samples.Of(s_model, 8, seed: 4);
        await using (InProcessTestCluster cluster = await Start(models => models.Add("m", s_model)))
        {
            await Stream(cluster, "m/old").Push(0, old);
        }

        var newer = new Attention28();
        await using (InProcessTestCluster cluster = await Start(models => models.Add("m", s_model).Add("m", newer)))
        {
            Assert.Equal(Attention20.ModelHash, await Stream(cluster, "m/old").ModelHash());
            Assert.Equal(Attention28.ModelHash, await Stream(cluster, "m/new").ModelHash());
            await Stream(cluster, "m/old").Push(8, Samples.Of(s_model, 1, seed: 5));
            await Stream(cluster, "m/new").Push(0, Samples.Of(newer, 1, seed: 6));
        }

        await using (InProcessTestCluster cluster = await Start(models => models.Add("m", newer)))
        {
            IStreamGrain<double> stream = Stream(cluster, "m/old");
            StreamVersionException fault = await Assert.ThrowsAsync<StreamVersionException>(stream.Position);
            Assert.Contains($"belongs to version {Attention20.ModelHash} of the model \"m\", which is not registered", fault.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<StreamException>(() => stream.Migrate(Samples.Of(newer, 8, seed: 7)));
            double[] samples = Samples.Of(newer, 9, seed: 8), expected = new double[9 * 2];
            await stream.Migrate(samples);
            newer.Forward(samples, expected);
            Assert.Equal(expected.TakeLast(2), await stream.Push(8, Samples.Batch(newer, samples, 8, 1)));
            await stream.Reset();
            Assert.Equal(0, await stream.Position());
        }
    }

    [Fact]
    public async Task A_damaged_file_is_refused_by_every_request_and_stays_as_it_is()
    {
        await using InProcessTestCluster cluster = await Start(models => models.Add("attention", s_model));
        IStreamGrain<double> stream = Stream(cluster, "attention/a");
        await stream.Push(0, Samples.Of(s_model, 3, seed: 11));
        await cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        string file = Directory.GetFiles(_folder, "*.state", SearchOption.AllDirectories).Single();
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        foreach (Func<Task> request in new Func<Task>[] { stream.Position, stream.Reset, () => stream.Push(3, Samples.Of(s_model, 1, seed: 12)) })
        {
            StreamException fault = await Assert.ThrowsAsync<StreamException>(request);
            Assert.Contains("is damaged", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(_folder, fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
        File.Delete(file);
        Assert.Equal(0, await stream.Position());
    }

    [Fact]
    public async Task A_reset_that_failed_can_be_repeated()
    {
        using var failing = new FailingStorage(_folder);
        await using InProcessTestCluster cluster = await Start(models => models.Add("attention", s_model), failing);
        IStreamGrain<double> stream = Stream(cluster, "attention/a");
        await stream.Push(0, Samples.Of(s_model, 3, seed: 10));
        foreach ((StoreFailure failure, long position) in new[] { (StoreFailure.Before, 3L), (StoreFailure.After, 0L) })
        {
            failing.Next = failure;
            Assert.Contains("It is not known whether it was written", (await Assert.ThrowsAsync<StreamStoreException>(stream.Reset)).Message, StringComparison.Ordinal);
            Assert.Equal(position, await stream.Position());
        }

        await stream.Reset();
        Assert.Equal(0, await stream.Position());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_model_that_fails_within_a_batch_leaves_the_stream_where_it_was(bool unexpected)
    {
        await using InProcessTestCluster cluster = await Start(models => models.Add("limited", new LimitedModel(10, text => unexpected ? new InvalidOperationException(text) : new ArgumentException(text))));
        double[] samples = Samples.Of(s_model, 12, seed: 9), expected = Expected(samples);
        IStreamGrain<double> stream = Stream(cluster, "limited/a");
        Assert.Equal(expected[..16], await stream.Push(0, Samples.Batch(s_model, samples, 0, 8)));
        Assert.Contains("The model fails at sample 10: The sequence is 10 samples long", (await Assert.ThrowsAsync<StreamException>(() => stream.Push(8, Samples.Batch(s_model, samples, 8, 4)))).Message, StringComparison.Ordinal);
        Assert.Equal(8, await stream.Position());
        Assert.Equal(expected[16..20], await stream.Push(8, Samples.Batch(s_model, samples, 8, 2)));
    }

    [Fact]
    public async Task Faults_reach_the_caller_with_their_numbers()
    {
        await using InProcessTestCluster cluster = await Start(models => models.Add("attention", s_model));
        StreamGapException gap = await Assert.ThrowsAsync<StreamGapException>(() => Stream(cluster, "attention/a").Push(5, new double[41]));
        Assert.Equal((0, 5), (gap.Expected, gap.Found));
        Assert.Contains("There is no model \"unknown\"; there is attention.", (await Assert.ThrowsAsync<StreamException>(Stream(cluster, "unknown/a").Position)).Message, StringComparison.Ordinal);
        Assert.Contains("names no stream", (await Assert.ThrowsAsync<StreamException>(Stream(cluster, "attention").Position)).Message, StringComparison.Ordinal);
        Assert.Contains("names no stream", (await Assert.ThrowsAsync<StreamException>(Stream(cluster, "attention/").Position)).Message, StringComparison.Ordinal);
        Assert.Contains("200 characters; 128 are the limit", (await Assert.ThrowsAsync<StreamException>(Stream(cluster, "attention/" + new string('x', 200)).Position)).Message, StringComparison.Ordinal);
        Assert.Contains("a\\u0007b", (await Assert.ThrowsAsync<StreamException>(Stream(cluster, "attention/a\ab").Position)).Message, StringComparison.Ordinal);
    }

    private static IStreamGrain<double> Stream(InProcessTestCluster cluster, string key) => Clusters.Stream(cluster, key);

    private static double[] Expected(double[] samples)
    {
        var outputs = new double[samples.Length / 41 * 2];
        s_model.Forward(samples, outputs);
        return outputs;
    }

    private Task<InProcessTestCluster> Start(Action<StreamModels<double>> models, IGrainStorage? storage = null) =>
        Clusters.Start(silo => silo.AddModelStreams(models), _folder, storage);
}
