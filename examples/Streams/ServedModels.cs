using System;
using System.Collections.Generic;
using System.Linq;
using Digits;
using OperatorGen;
using OperatorGen.Analysis;
using OperatorGen.Streams;

namespace StreamHost;

/// <summary>A model that the server has.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Model">The model.</param>
/// <param name="Operator">Its operator, for the ring.</param>
internal sealed record ServedModel(string Name, IStreamingModel<float> Model, OperatorDescription Operator);

/// <summary>The models that the server has: recognisers of handwritten digits that read one pixel after another.</summary>
internal static class ServedModels
{
    /// <summary>All of them; the first one is meant where a request names none.</summary>
    public static IReadOnlyList<ServedModel> All { get; } = [new("digits", new OneLayer(), OneLayer.Operator), new("deep", new Deep(), Deep.Operator)];

    /// <summary>Adds all to a silo.</summary>
    public static void AddTo(StreamModels<float> models)
    {
        foreach (ServedModel served in All)
        {
            models.Add(served.Name, served.Model);
        }
    }

    /// <summary>A model by name; null or empty: the first one.</summary>
    /// <exception cref="StreamException">There is no such model.</exception>
    public static ServedModel Find(string? name) =>
        string.IsNullOrEmpty(name) ? All[0]
        : All.FirstOrDefault(served => served.Name == name) ?? throw new StreamException($"There is no model \"{name}\"; there are {string.Join(", ", All.Select(served => served.Name))}.");
}
