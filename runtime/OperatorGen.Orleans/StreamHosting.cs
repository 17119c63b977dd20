using System;
using System.Linq;
using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace OperatorGen.Streams;

/// <summary>Adds streams to a silo.</summary>
public static class StreamHosting
{
    /// <summary>Lets a silo host streams of these models.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="silo">The silo.</param>
    /// <param name="models">Adds the models.</param>
    /// <param name="configure">Sets the limits, which streams of both precisions share; null: they stay as they are.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentException">The limits contradict each other, or were set already; or there are models of this precision already.</exception>
    public static ISiloBuilder AddModelStreams<T>(this ISiloBuilder silo, Action<StreamModels<T>> models, Action<StreamOptions>? configure = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(models);
        var registered = new StreamModels<T>();
        models(registered);
        var options = new StreamOptions();
        configure?.Invoke(options);
        options.Validate();
        Refuse(silo, typeof(StreamModels<T>), "models of this precision");
        silo.Services.AddSingleton(registered);
        if (configure is not null)
        {
            Refuse(silo, typeof(StreamOptions), "limits, its own or those that hold unless told");
        }

        silo.Services.TryAddSingleton(options.Copy());
        silo.Services.TryAddSingleton(services => new StreamLoad(services.GetRequiredService<StreamOptions>()));
        silo.Services.TryAddSingleton(TimeProvider.System);
        return silo;
    }

    private static void Refuse(ISiloBuilder silo, Type service, string what)
    {
        if (silo.Services.Any(registered => registered.ServiceType == service))
        {
            throw new ArgumentException($"This silo has {what} already: give all of them in its first call of AddModelStreams.");
        }
    }

    /// <summary>Stores the states of streams, and of nothing else, in files of a folder (<see cref="FileGrainStorage"/>, <see cref="StreamStateSerializer"/>).</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="folder">The folder; one process at a time may use it.</param>
    /// <param name="name">The name of the storage provider; that of streams unless told.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddFileGrainStorage(this ISiloBuilder silo, string folder, string name = StreamStorage.ProviderName)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddGrainStorage(name, (_, _) => new FileGrainStorage(folder, new StreamStateSerializer()));
        return silo;
    }

    /// <summary>
    /// Adds a check of a silo's streams: that the silo takes part in its cluster, that the storage writes a state and gives it back, and that the silo's queue is not nearly full.
    /// </summary>
    /// <param name="checks">The host's health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="timeout">How long the store may take; 10 seconds unless told.</param>
    /// <returns>The checks.</returns>
    public static IHealthChecksBuilder AddModelStreams(this IHealthChecksBuilder checks, string name = "streams", TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(checks);
        checks.Services.TryAddSingleton<StreamHealthCheck>();
        return checks.AddCheck<StreamHealthCheck>(name, timeout: timeout ?? TimeSpan.FromSeconds(10));
    }
}
