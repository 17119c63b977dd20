using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>Numbers that are held at their exact values for the input, one or more per time step.</summary>
/// <param name="Name">What is held fixed.</param>
/// <param name="Width">Numbers per time step.</param>
/// <param name="Values">The numbers, [time, width].</param>
public sealed record FrozenValues(string Name, int Width, IReadOnlyList<double> Values)
{
    /// <summary>The least of them.</summary>
    public double Least => Values.Min();

    /// <summary>The greatest of them.</summary>
    public double Greatest => Values.Max();

    /// <summary>What a layer holds fixed.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="number">Its number; the input of the first is the model's.</param>
    /// <param name="trace">Its trace, up to the cells' input.</param>
    /// <param name="means">The mean of the norm after it, [time]; empty where nothing of it is held.</param>
    /// <param name="scales">The scale of the norm after it, in the same way.</param>
    internal static IReadOnlyList<FrozenValues> Of(LayerDescription layer, int number, LayerTrace trace, double[] means, double[] scales)
    {
        List<FrozenValues> frozen = [];
        if (number > 0)
        {
            frozen.Add(new FrozenValues("input of the layer", layer.Width, trace.Input));
        }

        frozen.AddRange(Norm("before", trace.PreNormMean, trace.PreNormScale));
        if (layer.Residual)
        {
            frozen.Add(new FrozenValues("residual stream", layer.Width, trace.Input));
        }

        frozen.AddRange(Norm("after", means, scales));
        return frozen;
    }

    /// <summary>Means and scales of the norms of a layer that was evaluated whole; those of affine norms are not held fixed.</summary>
    /// <param name="trace">Its trace.</param>
    internal static IEnumerable<FrozenValues> OfNorms(LayerTrace trace) =>
        [.. Norm("before", trace.PreNormMean, trace.PreNormScale), .. Norm("after", trace.PostNormMean, trace.PostNormScale)];

    private static IEnumerable<FrozenValues> Norm(string place, double[] means, double[] scales) =>
        means.Length == 0 ? [] : [new($"mean of the norm {place} the layer", 1, means), new($"scale of the norm {place} the layer", 1, scales)];
}
