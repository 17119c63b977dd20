using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace OperatorGen.Streams.Tests;

/// <summary>Clusters of one silo in this process.</summary>
internal static class Clusters
{
    /// <summary>Starts a silo.</summary>
    /// <param name="configure">Adds the streams.</param>
    /// <param name="folder">Where states are stored, unless there is another storage.</param>
    /// <param name="storage">Another storage.</param>
    public static async Task<InProcessTestCluster> Start(Action<ISiloBuilder> configure, string folder, IGrainStorage? storage = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            configure(silo);
            if (storage is null)
            {
                silo.AddFileGrainStorage(folder);
            }
            else
            {
                silo.Services.AddKeyedSingleton(StreamStorage.ProviderName, storage);
            }
        });
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    /// <summary>A stream of doubles.</summary>
    public static IStreamGrain<double> Stream(InProcessTestCluster cluster, string key) => cluster.Client.GetGrain<IStreamGrain<double>>(key);
}
