using System;
using System.IO;
using System.Threading.Tasks;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OperatorGen.Streams.Tests;

/// <summary>How a store fails.</summary>
internal enum StoreFailure
{
    None,
    Before,
    After,
}

/// <summary>A store in files that fails before it has written, or after, or waits.</summary>
internal sealed class FailingStorage(string folder) : IGrainStorage, IDisposable
{
    private readonly FileGrainStorage _files = new(folder, new StreamStateSerializer());

    /// <summary>What happens at the next write.</summary>
    public StoreFailure Next { get; set; }

    /// <summary>What writes of streams wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void Dispose() => _files.Dispose();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => _files.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => _files.ClearStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StoreFailure now = Next;
        Next = StoreFailure.None;
        await (stateName == "stream" ? Gate : Task.CompletedTask);
        if (now == StoreFailure.Before)
        {
            throw new IOException("No space left on device.");
        }

        await _files.WriteStateAsync(stateName, grainId, grainState);
        if (now == StoreFailure.After)
        {
            throw new IOException("The connection was lost.");
        }
    }
}
