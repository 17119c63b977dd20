using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace StreamHost;

/// <summary>The command line: the server, and the measurement of what a machine takes.</summary>
internal static class StreamCommand
{
    private const int Unusable = 2, Stopped = 130;

    /// <summary>Runs the program and returns the exit code: 0, 2 where an option or a file cannot be used, 130 where it was stopped before its end.</summary>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var defaults = new ServerOptions();
        Option<string[]> urls = new("--urls") { Description = "Where the server listens; port 0: a free one. Anything but this machine's own address needs --keys.", DefaultValueFactory = _ => defaults.Urls };
        Option<string?> redis = new("--redis") { Description = "HOST or HOST:PORT of a Redis server: this process is one silo of a cluster." };
        Option<int> siloPort = new("--silo-port") { Description = "The port for other silos; 0: a free one." };
        Option<string> siloAddress = new("--silo-address") { Description = "The address at which other silos reach this one.", DefaultValueFactory = _ => defaults.SiloAddress.ToString() };
        Option<string> folder = new("--folder") { Description = "Where states are stored, without --redis.", DefaultValueFactory = _ => defaults.Folder };
        Option<bool> memory = new("--memory") { Description = "States stay in memory: nothing survives the process." };
        Option<string?> keys = new("--keys") { Description = "A file with a tenant in each line: a name, a space, a key." };
        Option<int?> play = new("--play") { Description = "How many streams of digits the generator plays; 8, with --keys none." };
        Require(play, value => value is null or (>= 0 and <= 10_000), "--play is from 0 to 10000.");
        Require(siloPort, value => value is >= 0 and <= 65_535, "--silo-port is from 0 to 65535.");
        Require(siloAddress, value => IPAddress.TryParse(value, out _), "--silo-address is an IP address.");
        Require(urls, value => value.All(url => ServerOptions.AddressOf(url) is not null), "--urls are addresses like http://127.0.0.1:5080, without a path; TLS is for a proxy before this server.");
        ServerOptions Options(ParseResult result) => new()
        {
            Urls = result.GetValue(urls)!,
            Redis = result.GetValue(redis),
            SiloPort = result.GetValue(siloPort),
            SiloAddress = IPAddress.Parse(result.GetValue(siloAddress)!),
            Folder = result.GetValue(folder)!,
            InMemory = result.GetValue(memory),
            Keys = result.GetValue(keys),
            Play = result.GetValue(play),
        };

        var root = new RootCommand("Handwritten digits as live streams: a server whose streams survive failures, and a page that shows what they compute.") { urls, redis, siloPort, siloAddress, folder, memory, keys, play };
        root.SetAction((result, cancellation) => Guarded(error, () => Serve(Options(result), output, cancellation)));

        Option<int> streams = new("--streams") { Description = "How many streams.", DefaultValueFactory = _ => 1000 };
        Option<int> seconds = new("--seconds") { Description = "How long.", DefaultValueFactory = _ => 60 };
        Option<string> model = new("--model") { Description = "digits or deep.", DefaultValueFactory = _ => "deep" };
        Require(streams, value => value is >= 1 and <= 1_000_000, "--streams is from 1 to 1000000.");
        Require(seconds, value => value is >= 1 and <= 86_400, "--seconds is from 1 to 86400.");
        model.AcceptOnlyFromAmong([.. ServedModels.All.Select(served => served.Name)]);
        Option<string?> scratch = new("--folder") { Description = "Where states are stored, without --redis, and stay; a folder that is removed unless told." };
        var load = new Command("load", "Measures what this machine takes: streams of ten samples a second, in batches of ten, in one process. States in Redis stay there.") { streams, seconds, model, redis, scratch, memory };
        load.SetAction((result, cancellation) => Guarded(error, () => Measure(
            new ServerOptions { Redis = result.GetValue(redis), InMemory = result.GetValue(memory) },
            result.GetValue(scratch),
            ServedModels.Find(result.GetValue(model)),
            result.GetValue(streams),
            TimeSpan.FromSeconds(result.GetValue(seconds)),
            output,
            cancellation)));
        root.Add(load);

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError fault in parsed.Errors)
            {
                await error.WriteLineAsync(fault.Message);
            }

            await error.WriteLineAsync("--help lists the options.");
            return Unusable;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }

    private static async Task Serve(ServerOptions options, TextWriter output, CancellationToken cancellation)
    {
        if (options.Redis is not null && options.InMemory)
        {
            throw new UnusableException("--redis and --memory are two stores: choose one.");
        }

        await using WebApplication app = StreamServer.Build(options);
        output.WriteLine(options.Store switch
        {
            StoreKind.Files => $"States are in {Path.GetFullPath(options.Folder)}.",
            StoreKind.Redis => "States are in Redis.",
            StoreKind.Memory => "States are in memory: nothing survives this process.",
            _ => throw new NotSupportedException($"{options.Store}"),
        });
        await app.RunAsync(cancellation);
    }

    private static async Task Measure(ServerOptions options, string? folder, ServedModel served, int streams, TimeSpan duration, TextWriter output, CancellationToken cancellation)
    {
        string own = folder ?? Directory.CreateTempSubdirectory("streams-load-").FullName;
        try
        {
            await LoadRun.Run(options with { Folder = own }, served, streams, duration, output, cancellation);
        }
        finally
        {
            if (folder is null)
            {
                Directory.Delete(own, recursive: true);
            }
        }
    }

    private static void Require<T>(Option<T> option, Func<T, bool> holds, string message) => option.Validators.Add(result =>
    {
        T? value;
        try
        {
            value = result.GetValueOrDefault<T>();
        }
        catch (InvalidOperationException)
        {
            return; // it cannot be read, which the parser says
        }

        if (!holds(value!))
        {
            result.AddError(message);
        }
    });

    /// <summary>What the user can do something about is one line; anything else is a fault of the program.</summary>
    private static async Task<int> Guarded(TextWriter error, Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UnusableException or RedisException || fault.GetBaseException() is RedisException)
        {
            await error.WriteLineAsync(fault.GetBaseException() is RedisException redis ? $"Redis cannot be used: {redis.Message}" : fault.Message);
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            return Stopped;
        }
    }
}
