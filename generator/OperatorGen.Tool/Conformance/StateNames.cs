using System.Collections.Generic;
using OperatorGen.Models;

namespace OperatorGen.Tool.Conformance;

/// <summary>Upstream's names of the parts of a model's state.</summary>
internal static class StateNames
{
    /// <summary>All of them: a convolution's history and the recurrence's state, layer by layer. A model that is not causal has no state between samples.</summary>
    public static IEnumerable<string> Of(SequenceModel model)
    {
        foreach (Layer layer in model.Layers)
        {
            if (!model.IsCausal)
            {
                yield break;
            }

            if (layer.Input.Convolution is { StateName: { } cache })
            {
                yield return Of(layer, cache);
            }

            if (layer.Cell.StateName is { } name)
            {
                yield return Of(layer, name);
            }
        }
    }

    /// <summary>The name of a layer's part.</summary>
    public static string Of(Layer layer, string part) => layer.Name.Length == 0 ? part : layer.Name + "." + part;
}
