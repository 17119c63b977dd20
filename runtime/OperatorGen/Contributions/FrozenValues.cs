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

        Add("mean of the norm before the layer", trace.PreNormMean);
        Add("scale of the norm before the layer", trace.PreNormScale);
        if (layer.Residual)
        {
            frozen.Add(new FrozenValues("residual stream", layer.Width, trace.Input));
        }

        Add("mean of the norm after the layer", means);
        Add("scale of the norm after the layer", scales);
        return frozen;

        void Add(string name, double[] values)
        {
            if (values.Length > 0)
            {
                frozen.Add(new FrozenValues(name, 1, values));
            }
        }
    }
}
