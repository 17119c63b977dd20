using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace OperatorGen.Streams.Tests;

/// <summary>Clusters in this process.</summary>
internal static class Clusters
{
    /// <summary>Starts a cluster.</summary>
    /// <param name="configure">Adds the streams.</param>
    /// <param name="folder">Where states are stored, unless there is another storage.</param>
    /// <param name="storage">Another storage.</param>
    /// <param name="silos">How many silos.</param>
    public static async Task<InProcessTestCluster> Start(Action<ISiloBuilder> configure, string folder, IGrainStorage? storage = null, short silos = 1)
    {
        var builder = new InProcessTestClusterBuilder(silos);
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
