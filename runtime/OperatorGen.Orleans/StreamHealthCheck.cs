using System;
using System.Globalization;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OperatorGen.Streams;

/// <summary>Whether a silo can take samples: it writes a small state to the storage of streams and reads it back, as a stream does for every batch.</summary>
/// <param name="storage">The storage of streams.</param>
/// <param name="load">What the silo has in hand.</param>
/// <param name="silo">The silo.</param>
/// <param name="status">How the silo sees its cluster.</param>
internal sealed class StreamHealthCheck([FromKeyedServices(StreamStorage.ProviderName)] IGrainStorage storage, StreamLoad load, ILocalSiloDetails silo, ISiloStatusOracle status) : IHealthCheck, IDisposable
{
    private const string Name = "health";

    private readonly SemaphoreSlim _one = new(1); // two checks at a time would write over each other

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (status.CurrentStatus != SiloStatus.Active)
        {
            return HealthCheckResult.Unhealthy($"The silo is not active in its cluster: its status is {status.CurrentStatus}.");
        }

        try
        {
            await ProbeAlone().WaitAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The storage of streams fails: {fault.GetBaseException().Message}", fault);
        }

        string text = string.Create(CultureInfo.InvariantCulture, $"{load.Taken} of {load.Limit} requests in hand.");
        return load.Taken >= load.Limit * 0.8 ? HealthCheckResult.Degraded($"The silo's queue is nearly full: {text}") : HealthCheckResult.Healthy(text);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    // Whoever has given up waiting leaves the probe that it began to its end.
    private async Task ProbeAlone()
    {
        await _one.WaitAsync();
        try
        {
            await Probe();
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task Probe()
    {
        IPEndPoint endpoint = silo.SiloAddress.Endpoint;
        var grain = GrainId.Create("operatorgen-health", endpoint.ToString());
        var state = new GrainState<StoredStreamState>(new StoredStreamState());
        await storage.ReadStateAsync(Name, grain, state);
        byte[] bytes = Guid.NewGuid().ToByteArray();
        state.State = new StoredStreamState { Bytes = bytes };
        await storage.WriteStateAsync(Name, grain, state);
        var read = new GrainState<StoredStreamState>(new StoredStreamState());
        await storage.ReadStateAsync(Name, grain, read);
        if (read.State?.Bytes.AsSpan().SequenceEqual(bytes) != true)
        {
            throw new InvalidOperationException("What was written is not what is read.");
        }

        await storage.ClearStateAsync(Name, grain, read);
    }
}
