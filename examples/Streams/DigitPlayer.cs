using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Digits;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OperatorGen.Streams;
using Orleans;

namespace StreamHost;

/// <summary>
/// Plays handwritten digits as live streams: each stream reads one digit after another, some pixels at a time. It is a client like any other: it remembers what was acknowledged, and sends again
/// what was not.
/// </summary>
/// <param name="grains">The grains.</param>
/// <param name="options">How many streams.</param>
/// <param name="tenants">Whose streams they are: the first tenant's.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class DigitPlayer(IGrainFactory grains, ServerOptions options, Tenants tenants, ILogger<DigitPlayer> log) : BackgroundService
{
    private const int Batch = 14, Pause = 20; // samples at a time, and beats from one digit to the next
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(100), s_afterFailure = TimeSpan.FromSeconds(5);

    private readonly DigitSet _digits = DigitSet.Load();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, options.Played).Select(number => Play(number, stoppingToken)));

    private async Task Play(int number, CancellationToken stopping)
    {
        // In a cluster each silo plays streams of its own.
        string name = options.Store == StoreKind.Redis ? $"camera {number + 1} of {options.SiloAddress}:{options.SiloPort}" : $"camera {number + 1}";
        IStreamGrain<float> stream = grains.Stream(ServedModels.All[0].Name, tenants.First, name);
        var random = new Random(number);
        using var beat = new PeriodicTimer(s_beat);

        // Not all at the same place of their digits.
        await Task.Delay(random.Next(5000), stopping);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // A stream from before a restart is of a digit that this process does not know.
                for (long epoch = await stream.Reset(); ; epoch = await stream.Reset())
                {
                    await PlayDigit(stream, epoch, _digits[random.Next(_digits.Count)], beat, stopping);
                }
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                LogFailure(log, name, fault.Message);
                await Task.Delay(s_afterFailure, stopping);
            }
        }
    }

    private async Task PlayDigit(IStreamGrain<float> stream, long epoch, ReadOnlyMemory<float> pixels, PeriodicTimer beat, CancellationToken stopping)
    {
        for (int first = 0; first < pixels.Length && await beat.WaitForNextTickAsync(stopping);)
        {
            try
            {
                ReadOnlyMemory<float> batch = pixels.Slice(first, Math.Min(Batch, pixels.Length - first));
                await stream.Push(first, batch, epoch);
                first += batch.Length;
            }
            catch (Exception fault) when (fault is StreamStoreException or StreamBusyException or not StreamException && !stopping.IsCancellationRequested)
            {
                // Nothing was acknowledged: the same samples go again at the next beat.
                LogRetry(log, first, fault.Message);
            }
        }

        for (int i = 0; i < Pause && await beat.WaitForNextTickAsync(stopping); i++)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Samples from {first} on go again: {reason}")]
    private static partial void LogRetry(ILogger log, long first, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stream {name} begins anew: {reason}")]
    private static partial void LogFailure(ILogger log, string name, string reason);
}
