using System;
using OperatorGen.Streams;
using Orleans;

namespace StreamHost;

/// <summary>The keys of grains: MODEL/TENANT/STREAM.</summary>
internal static class StreamKeys
{
    /// <summary>The stream of a tenant.</summary>
    public static IStreamGrain<float> Stream(this IGrainFactory grains, string model, string tenant, string id) => grains.GetGrain<IStreamGrain<float>>($"{model}/{tenant}/{id}");

    /// <summary>The name of a stream by its key; null: it is another model's or another tenant's.</summary>
    public static string? NameOf(string key, string model, string tenant)
    {
        string prefix = $"{model}/{tenant}/";
        return key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : null;
    }
}
