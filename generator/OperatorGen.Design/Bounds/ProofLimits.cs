using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Where a bound's proof ends, and why.</summary>
internal static class ProofLimits
{
    /// <summary>Why nothing is proven of a layer; null where nothing is in the way.</summary>
    /// <param name="exact">The layer.</param>
    /// <param name="input">The change of the layer's input.</param>
    public static string? Before(LayerEnclosure exact, Interval[] input)
    {
        LayerDescription layer = exact.Layer;
        return layer.IsSelective ? Named(layer) + " is selective: its recurrence depends on the input, and nothing is expanded"
            : layer.PreNorm is { } norm && norm.Change(input) is null ? "an error enters the normalisation of " + Named(layer) + ", for which no bound is proven"
            : Unbounded(exact);
    }

    /// <summary>Why nothing is proven behind a layer; null where nothing is in the way.</summary>
    /// <param name="exact">The layer.</param>
    /// <param name="error">Its error.</param>
    public static string? After(LayerEnclosure exact, LayerError error) =>
        error.Output.Any(e => !e.IsFinite) ? "the error of the polynomials of " + Named(exact.Layer) + " is not bounded on the range of their arguments"
        : exact.Layer.PostNorm is { } norm && norm.Change(error.Output) is null ? "an error enters the normalisation behind " + Named(exact.Layer) + ", for which no bound is proven"
        : null;

    /// <summary>Why a readout has no range; null where all have one.</summary>
    public static string? Unbounded(LayerEnclosure exact)
    {
        for (int c = 0; c < exact.Readouts.Count; c++)
        {
            if (exact.Readouts[c].IsFinite)
            {
                continue;
            }

            string readout = "readout " + NumberText.Format(c) + " of " + Named(exact.Layer) + " is not bounded: ";
            bool driven = exact.Layer.Bank is { IsShared: true } ? exact.CellInput.All(v => v.IsFinite) : exact.CellInput[c % exact.CellInput.Count].IsFinite;
            return readout + (!driven ? "its input has no range"
                : exact.MaxLength is null ? (exact.Layer.Bank!.Blocks.Count > 0 ? "a wave does not decay (|lambda| >= 1), or a block of modes is not proven to," : "a wave does not decay (|lambda| >= 1)") + " and no greatest length is declared"
                : "its kernel overflows within the greatest length");
        }

        return exact.Gates.Any(z => !z.IsFinite) ? "a gate of " + Named(exact.Layer) + " is not bounded" : null;
    }

    private static string Named(LayerDescription layer) => layer.Name.Length == 0 ? "the layer" : "the layer \"" + layer.Name + "\"";
}
