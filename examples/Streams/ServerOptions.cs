using System;
using System.Linq;
using System.Net;

namespace StreamHost;

/// <summary>Where states are stored.</summary>
internal enum StoreKind
{
    /// <summary>Files of a folder.</summary>
    Files,

    /// <summary>A Redis server, which the silos of a cluster share.</summary>
    Redis,

    /// <summary>Memory: nothing survives the process.</summary>
    Memory,
}

/// <summary>What the command line says of a server.</summary>
internal sealed record ServerOptions
{
    /// <summary>Where it listens: addresses with ports; port 0: a free one.</summary>
    public string[] Urls { get; init; } = ["http://127.0.0.1:5080"];

    /// <summary>The folder of the states.</summary>
    public string Folder { get; init; } = "streams";

    /// <summary>HOST or HOST:PORT of the Redis server that the silos of a cluster share; null: one process alone.</summary>
    public string? Redis { get; init; }

    /// <summary>True: states stay in memory.</summary>
    public bool InMemory { get; init; }

    /// <summary>Where other silos reach this one.</summary>
    public IPAddress SiloAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The port for other silos; 0: a free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>A file with a tenant and its key in each line; null: none, on loopback only.</summary>
    public string? Keys { get; init; }

    /// <summary>How many streams the generator plays; null: 8, and none where there are keys, because it would play into a tenant's streams.</summary>
    public int? Play { get; init; }

    /// <summary>How many streams the generator plays.</summary>
    public int Played => Play ?? (Keys is null ? 8 : 0);

    /// <summary>Where states are stored.</summary>
    public StoreKind Store => Redis is not null ? StoreKind.Redis : InMemory ? StoreKind.Memory : StoreKind.Files;

    /// <summary>True: only this machine reaches the server.</summary>
    public bool IsLoopback => Urls.All(url => AddressOf(url) is { } address && IsLoopbackHost(address.Host));

    /// <summary>The address of a text like <c>http://127.0.0.1:5080</c>, with * and + for all of this machine's; null: it is none.</summary>
    public static Uri? AddressOf(string url) =>
        Uri.TryCreate(url.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out Uri? address)
        && address is { Scheme: "http", PathAndQuery: "/" } ? address : null;

    /// <summary>Whether a host's name is that of this machine for itself.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
