using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// How a change of a decoder function's value g(o_h) in some layer changes the outputs at most, whichever modes are dropped elsewhere. Of the last layer,
/// <code>
/// |change of score_s| &lt;= |sum_i H_si W_ic| |change of g_c|                             without gated linear unit
/// |change of score_s| &lt;= |sum_i H_si (sigma_i W_ic + A_i sigma'_i W_(H+i)c)| |change|  with one; sigma_i, A_i, sigma'_i in their ranges
/// </code>
/// Through a later layer a change of its input x goes by |input map|, the sum of |K| over all its modes taken one by one (an upper bound for every subset of
/// them), the Lipschitz bound of g, and the decoder's gains; a norm by <see cref="GainMatrix.Of(NormDescription)"/>.
/// </summary>
internal static class PruningGains
{
    /// <summary>Why no change is certified for this operator; null where it is.</summary>
    public static string? Obstacle(OperatorEnclosure enclosure)
    {
        foreach (LayerEnclosure layer in enclosure.Layers)
        {
            LayerDescription l = layer.Layer;
            string? reason = l.IsSelective ? "a selective layer has no constant modes"
                : !l.Input.IsNone || l.Gate is not null ? "no bound is proven through an input stage or a gate stream"
                : ReferenceEquals(layer, enclosure.Layers[0]) || !double.IsInfinity(l.Decoder.LipschitzBound) ? ProofLimits.Unbounded(layer)
                : "the decoder " + l.Decoder.Name + " of a later layer has no Lipschitz bound";
            if (reason is not null)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>The gains from g of every layer to the outputs, [layer].</summary>
    public static GainMatrix[] Of(OperatorEnclosure enclosure)
    {
        OperatorDescription operators = enclosure.Operator;
        int count = enclosure.Layers.Count;
        var gains = new GainMatrix[count];
        GainMatrix after = operators.Head is null ? GainMatrix.Identity(operators.OutputWidth) : GainMatrix.Of(operators.Head);
        for (int l = count - 1; l >= 0; l--)
        {
            LayerEnclosure layer = enclosure.Layers[l];
            after = layer.Layer.PostNorm is { } post ? after.After(GainMatrix.Of(post)) : after;
            GainMatrix decoder = Decoder(layer);
            gains[l] = l == count - 1 && layer.Layer.PostNorm is null ? Last(operators, layer) : after.After(decoder);
            if (l > 0)
            {
                GainMatrix through = after.After(decoder).After(Recurrence(layer));
                through = layer.Layer.PreNorm is { } pre ? through.After(GainMatrix.Of(pre)) : through;
                after = layer.Layer.Residual ? through.Plus(after) : through;
            }
        }

        return gains;
    }

    // |change of g_h| per |change of v_i|.
    private static GainMatrix Recurrence(LayerEnclosure layer)
    {
        BankEnclosure images = layer.Images!(0);
        return GainMatrix.Of(layer.Layer.Channels, layer.CellInput.Count, (h, i) => (images.SeparateSum(h, i) * layer.Layer.Decoder.LipschitzBound).High);
    }

    // From g to the decoded outputs.
    private static GainMatrix Decoder(LayerEnclosure layer)
    {
        LayerDescription description = layer.Layer;
        return description.Glu ? GainMatrix.Of(description.OutputWidth, description.Channels, (i, c) => Glu(layer, i, c).Magnitude)
            : description.Mixing is null ? GainMatrix.Identity(description.Channels)
            : GainMatrix.Of(description.Mixing);
    }

    private static GainMatrix Last(OperatorDescription operators, LayerEnclosure layer)
    {
        if (operators.Head is not { } head || layer.Layer.Mixing is null)
        {
            return operators.Head is null ? Decoder(layer) : GainMatrix.Of(operators.Head).After(Decoder(layer));
        }

        if (!layer.Layer.Glu)
        {
            Interval[][] rows = OutputMap.Coefficients(operators, layer.Layer);
            return GainMatrix.Of(head.Outputs, layer.Layer.Channels, (s, c) => rows[s][c].Magnitude);
        }

        return GainMatrix.Of(head.Outputs, layer.Layer.Channels, (s, c) =>
        {
            Interval sum = default;
            for (int i = 0; i < head.Inputs; i++)
            {
                sum += head.Weight(s, i) * Glu(layer, i, c);
            }

            return sum.Magnitude;
        });
    }

    // The derivative of A sigma(Z) by g_c as a mean value: sigma(Z~) W_ic + A sigma'(xi) W_(H+i)c, with sigma in [0, 1] and sigma' in [0, 1/4] anywhere.
    private static Interval Glu(LayerEnclosure layer, int output, int channel)
    {
        LinearDescription mixing = layer.Layer.Mixing!;
        return (new Interval(0, 1) * mixing.Weight(output, channel))
            + (layer.Mixed[output] * new Interval(0, 0.25) * mixing.Weight(layer.Layer.OutputWidth + output, channel));
    }
}
