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

    /// <summary>How many streams the generator plays; 0: none.</summary>
    public int Played { get; init; } = 8;

    /// <summary>Where states are stored.</summary>
    public StoreKind Store => Redis is not null ? StoreKind.Redis : InMemory ? StoreKind.Memory : StoreKind.Files;

    /// <summary>True: only this machine reaches the server.</summary>
    public bool IsLoopback => Urls.All(url => IsLoopbackHost(new Uri(url.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal)).Host));

    /// <summary>Whether a host's name is that of this machine for itself.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
