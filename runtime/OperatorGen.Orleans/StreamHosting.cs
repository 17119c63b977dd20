using System;
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
    /// <param name="configure">Sets the limits; null: they stay as they are.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentException">A model or a limit cannot be used.</exception>
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
        silo.Services.AddSingleton(registered);
        silo.Services.TryAddSingleton(options);
        return silo;
    }

    /// <summary>Stores the states of streams in files of a folder (<see cref="FileGrainStorage"/>).</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="folder">The folder; one process at a time may use it.</param>
    /// <param name="name">The name of the storage provider; that of streams unless told.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddFileGrainStorage(this ISiloBuilder silo, string folder, string name = StreamStorage.ProviderName)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddGrainStorage(name, (services, _) => new FileGrainStorage(folder, services.GetRequiredService<IGrainStorageSerializer>()));
        return silo;
    }
}
