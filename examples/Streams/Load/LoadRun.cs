using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OperatorGen.Streams;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace StreamHost;

/// <summary>
/// Measures one process: streams are brought into memory, then each sends ten samples every second, and at last they leave memory again. A batch counts from the moment at which it was due, so that
/// a server that falls behind is seen to.
/// </summary>
internal sealed class LoadRun
{
    private const int Batch = 10;

    // The first seconds compile code and make files.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    private readonly IGrainFactory _grains;
    private readonly ServedModel _served;
    private readonly float[] _samples;
    private readonly long[] _positions;
    private readonly string _name = Guid.NewGuid().ToString("N")[..8];
    private readonly List<double> _latencies = []; // milliseconds
    private readonly Lock _measured = new();
    private double _computed; // milliseconds in the model
    private long _stored;     // bytes
    private int _failed;

    private LoadRun(IGrainFactory grains, ServedModel served, int streams)
    {
        _grains = grains;
        _served = served;
        _positions = new long[streams];
        _samples = [.. Enumerable.Range(0, Batch * served.Model.Metadata.InputWidth).Select(_ => Random.Shared.NextSingle() * 255)];
    }

    /// <summary>Measures, and prints.</summary>
    public static async Task Run(ServerOptions options, ServedModel served, int streams, TimeSpan duration, TextWriter output, CancellationToken cancellation)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo => StreamServer.Configure(silo, options with { SiloPort = StreamServer.FreePort() }));
        using IHost host = builder.Build();
        await host.StartAsync(cancellation);
        IGrainFactory grains = host.Services.GetRequiredService<IGrainFactory>();
        var run = new LoadRun(grains, served, streams);
        using MeterListener listener = run.Listen();
        output.WriteLine($"{streams} streams of the model {served.Name}, {options.Store.ToString().ToLowerInvariant()}, {Environment.ProcessorCount} processors");
        await run.Activate(output, cancellation);
        await run.Steady(duration, output, cancellation);
        await run.Leave(output);
        await host.StopAsync(CancellationToken.None);
    }

    private static long Memory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static double Percentile(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == StreamMetrics.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            if (instrument.Name == "operatorgen.streams.compute")
            {
                lock (_measured)
                {
                    _computed += value;
                }
            }
        });
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "operatorgen.streams.stored")
            {
                Interlocked.Add(ref _stored, value);
            }
        });
        listener.Start();
        return listener;
    }

    // A few at a time, tenth by tenth: what is linear takes as long for each.
    private async Task Activate(TextWriter output, CancellationToken cancellation)
    {
        long before = Memory();
        var times = new List<double>();
        int done = 0;
        for (int tenth = 1; tenth <= 10; tenth++)
        {
            int until = (int)((long)_positions.Length * tenth / 10);
            long start = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(Enumerable.Range(done, until - done), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellation }, async (stream, _) => await Push(stream));
            times.Add(until == done ? 0 : Stopwatch.GetElapsedTime(start).TotalMilliseconds / (until - done));
            done = until;
        }

        output.WriteLine($"idle to active, ms per stream, tenth by tenth: {string.Join("  ", times.Select(time => $"{time:0.000}"))}");
        output.WriteLine($"memory per stream: {(Memory() - before) / (double)_positions.Length / 1024:0.0} KB");
    }

    private async Task Steady(TimeSpan duration, TextWriter output, CancellationToken cancellation)
    {
        double interval = 1.0 / _positions.Length;
        var pushes = new Task[_positions.Length];
        Array.Fill(pushes, Task.CompletedTask);
        long start = Stopwatch.GetTimestamp(), due = 0;
        await Send(s_warmUp, isMeasured: false);
        await Task.WhenAll(pushes);
        Begin();
        long first = due;
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        long measured = Stopwatch.GetTimestamp();
        start = measured - (long)(due * interval * Stopwatch.Frequency);
        await Send(TimeSpan.FromSeconds(due * interval) + duration, isMeasured: true);
        double sent = Stopwatch.GetElapsedTime(measured).TotalSeconds;
        await Task.WhenAll(pushes);
        double wall = Stopwatch.GetElapsedTime(measured).TotalSeconds;
        processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
        double[] sorted;
        lock (_measured)
        {
            sorted = [.. _latencies.Order()];
        }

        long batches = due - first;
        output.WriteLine($"{batches} batches of {Batch} in {wall:0.0} s ({wall - sent:0.0} s after the last was due), {batches * Batch / wall:0} samples a second, {_failed} sent again");
        output.WriteLine($"from due to durable, ms: median {Percentile(sorted, 0.5):0.0}, 99th percentile {Percentile(sorted, 0.99):0.0}, longest {sorted.LastOrDefault():0.0}");
        output.WriteLine($"processors busy {100 * processor.TotalSeconds / wall / Environment.ProcessorCount:0} %; of that, in the model {100 * _computed / processor.TotalMilliseconds:0} %");
        output.WriteLine($"stored: {_stored / wall / 1e6:0.0} MB a second, {_stored / (double)batches / 1024:0.0} KB a batch");

        // All that are due before a time, each when it is due.
        async Task Send(TimeSpan until, bool isMeasured)
        {
            while (due * interval < until.TotalSeconds)
            {
                for (double now = Stopwatch.GetElapsedTime(start).TotalSeconds; due * interval <= now && due * interval < until.TotalSeconds; due++)
                {
                    int stream = (int)(due % _positions.Length);
                    pushes[stream] = After(pushes[stream], stream, start + (long)(due * interval * Stopwatch.Frequency), isMeasured);
                }

                await Task.Delay(1, cancellation);
            }
        }
    }

    // What was measured so far is forgotten.
    private void Begin()
    {
        lock (_measured)
        {
            _latencies.Clear();
            _computed = 0;
        }

        Interlocked.Exchange(ref _stored, 0);
        Interlocked.Exchange(ref _failed, 0);
    }

    private async Task After(Task before, int stream, long due, bool isMeasured)
    {
        await before;
        await Push(stream);
        if (isMeasured)
        {
            lock (_measured)
            {
                _latencies.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            }
        }
    }

    private async Task Push(int stream)
    {
        IStreamGrain<float> grain = _grains.Stream(_served.Name, _name, stream.ToString(System.Globalization.CultureInfo.InvariantCulture));
        while (true)
        {
            try
            {
                await grain.Push(_positions[stream], _samples);
                _positions[stream] += Batch;
                return;
            }
            catch (Exception fault) when (fault is StreamStoreException or StreamBusyException or TimeoutException)
            {
                Interlocked.Increment(ref _failed);
                await Task.Delay(50);
            }
        }
    }

    private async Task Leave(TextWriter output)
    {
        long before = Memory();
        await _grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        var wait = Stopwatch.StartNew();
        GrainType type = _grains.Stream(_served.Name, _name, "0").GetGrainId().Type;
        int active;
        do
        {
            await Task.Delay(200);
            active = (await _grains.GetGrain<IManagementGrain>(0).GetActiveGrains(type)).Count;
        }
        while (active > 0 && wait.Elapsed < TimeSpan.FromMinutes(1));
        output.WriteLine($"active to idle: {active} streams are left in memory; {(before - Memory()) / (double)_positions.Length / 1024:0.0} KB per stream are free again");
    }
}
