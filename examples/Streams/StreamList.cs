using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OperatorGen.Streams;
using Orleans;
using Orleans.Runtime;

namespace StreamHost;

/// <summary>
/// The streams that are in memory anywhere in the cluster. Asking all silos takes a moment, so that an answer serves for a while. Those whose scores are
/// asked for stay in memory as long as somebody looks at the list.
/// </summary>
/// <param name="grains">The grains.</param>
/// <param name="time">The clock.</param>
internal sealed class StreamList(IGrainFactory grains, TimeProvider time) : IDisposable
{
    private const int Shown = 50;

    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private string[] _keys = [];
    private long? _asked;

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>The streams of a tenant, the first of them with their newest scores.</summary>
    public async Task<StreamListMessage> Of(string model, string tenant)
    {
        string[] names = [.. (await Keys()).Select(key => StreamKeys.NameOf(key, model, tenant)).OfType<string>().Order(StringComparer.Ordinal)];
        ListedStream?[] listed = await Task.WhenAll(names.Take(Shown).Select(name => Newest(model, tenant, name)));
        return new(names.Length, [.. listed.OfType<ListedStream>()]);
    }

    private async Task<ListedStream?> Newest(string model, string tenant, string name)
    {
        try
        {
            StreamRows<float> rows = await grains.Stream(model, tenant, name).Read(-1);
            return new(name, rows.Position, rows.Outputs);
        }
        catch (Exception)
        {
            // It cannot be read at the moment, whatever the reason: asking for the stream itself says why, and the others are listed.
            return null;
        }
    }

    private async Task<string[]> Keys()
    {
        await _one.WaitAsync();
        try
        {
            if (_asked is not { } asked || time.GetElapsedTime(asked) > s_fresh)
            {
                GrainType type = grains.GetGrain<IStreamGrain<float>>("any/any").GetGrainId().Type;
                List<GrainId> active = await grains.GetGrain<IManagementGrain>(0).GetActiveGrains(type);
                (_keys, _asked) = ([.. active.Select(id => id.Key.ToString()!).Distinct()], time.GetTimestamp());
            }

            return _keys;
        }
        finally
        {
            _one.Release();
        }
    }
}
