using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.MeanGates;

/// <summary>Says in what an expansion about mean gates fails: in errors that a higher order does not make smaller, and in gates that reach too far for it to converge at any length.</summary>
internal static class MeanGateFailures
{
    /// <summary>The failures, each a sentence.</summary>
    public static IEnumerable<string> Of(MeanGateResult result)
    {
        int last = result.Rows.Count - 1;
        StudiedOrder first = result.Rows[0], greatest = result.Rows[last];
        if (last > 0 && !(greatest.MeanScoreChange < first.MeanScoreChange) && greatest.MeanScoreChange > StateErrors.Rounding * result.LargestScore)
        {
            yield return $"the mean |change| of a score does not fall: {Text(first.MeanScoreChange)} at order {first.Order}, {Text(greatest.MeanScoreChange)} at order {greatest.Order}.";
        }

        foreach (MeanGateLayer layer in result.Layers)
        {
            if (last > 0 && !(layer.Errors[last] < layer.Errors[0]) && layer.Errors[last] > 0)
            {
                yield return $"{Name(layer)}: the error of a state does not fall: {Text(layer.Errors[0])} at order {first.Order}, {Text(layer.Errors[last])} at order {greatest.Order}.";
            }
        }
    }

    /// <summary>The layers whose gates reach too far, each a sentence.</summary>
    public static IEnumerable<string> Unbounded(MeanGateResult result)
    {
        foreach (MeanGateLayer layer in result.Layers)
        {
            if (layer.Closing > 0)
            {
                yield return $"{Name(layer)}: {NumberText.Format((long)layer.Closing)} of {CountText.Of(layer.Gates, "gate")} {(layer.Closing == 1 ? "closes" : "close")} completely at some time of the calibration, and no deviation from a centre is that large.";
            }

            if (layer.Lasting > 0)
            {
                yield return $"{Name(layer)}: {NumberText.Format((long)layer.Lasting)} of {CountText.Of(layer.Gates, "gate")} {(layer.Lasting == 1 ? "does not decay about its" : "do not decay about their")} centre, a log-gate of 0 or more, so that every deviation is too large beside the decay.";
            }

            if (layer.Ratio >= 1 && double.IsFinite(layer.Ratio))
            {
                string midrange = layer.MidrangeRatio < 1 ? " With --centre midrange it is below 1, and the expansion converges, the slower the nearer rho is to 1." : "";
                yield return $"{Name(layer)}: deviation / decay of the gates is up to {Text(layer.Ratio)}, and rho up to {Text(layer.Rho.Greatest)}. Where deviation / decay is below 1, the expansion converges for inputs of any length.{midrange}";
            }
        }
    }

    private static string Name(MeanGateLayer layer) => layer.Name.Length == 0 ? "the layer" : "layer " + layer.Name;

    private static string Text(double value) => NumberText.Format(value, 4);
}
