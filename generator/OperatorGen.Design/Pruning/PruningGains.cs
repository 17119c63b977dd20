using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// How a change of a decoder function's value g(o_h) in some layer (of o_h where a gated linear unit's value is mixed of the readouts) changes the outputs at
/// most, whichever modes are dropped elsewhere. Of the last layer,
/// <code>
/// |change of score_s| &lt;= |sum_i H_si W_ic| |change of g_c|                             without gated linear unit
/// |change of score_s| &lt;= |sum_i H_si (sigma_i W_ic + A_i sigma'_i W_(H+i)c)| |change|  with one of gate sigma; sigma_i, A_i, sigma'_i in their ranges
/// </code>
/// Through a later layer a change of its input x goes by |input map|, the sum of |K| over all its modes taken one by one (an upper bound for every subset of
/// them), the Lipschitz bound of g, and the decoder's gains; a norm by <see cref="NormEnclosure.Gains"/>.
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
                : !l.Bank!.IsCausal ? "a layer runs in both directions in time, whose waves share their eigenvalues two by two, so that none can be dropped alone"
                : Obstacle(l) is { } obstacle ? obstacle
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
            after = layer.Layer.PostNorm is { } post ? after.After(post.Gains()) : after;
            GainMatrix decoder = Decoder(layer);
            gains[l] = l == count - 1 && layer.Layer.PostNorm is null ? Last(operators, layer) : after.After(decoder);
            if (l > 0)
            {
                GainMatrix through = after.After(decoder).After(Recurrence(layer));
                through = layer.Layer.PreNorm is { } pre ? through.After(pre.Gains()) : through;
                after = layer.Layer.Residual ? through.Plus(after) : through;
            }
        }

        return gains;
    }

    // |change of g_h| or of o_h, per |change of v_i|.
    private static GainMatrix Recurrence(LayerEnclosure layer)
    {
        BankEnclosure images = layer.Images!(0);
        double steepest = layer.Layer.Glu is { ReadsReadouts: true } ? 1 : layer.Layer.Decoder.LipschitzBound;
        return GainMatrix.Of(layer.Layer.Channels, layer.CellInput.Count, (h, i) => (images.SeparateSum(h, i) * steepest).High);
    }

    // From g to the decoded outputs.
    private static GainMatrix Decoder(LayerEnclosure layer)
    {
        LayerDescription description = layer.Layer;
        return description.Glu is not null ? GainMatrix.Of(description.OutputWidth, description.Channels, (i, c) => Glu(layer, i, c).Magnitude)
            : description.Mixing is null ? GainMatrix.Identity(description.Channels)
            : GainMatrix.Of(description.Mixing);
    }

    private static GainMatrix Last(OperatorDescription operators, LayerEnclosure layer)
    {
        if (operators.Head is not { } head || layer.Layer.Mixing is null)
        {
            return operators.Head is null ? Decoder(layer) : GainMatrix.Of(operators.Head).After(Decoder(layer));
        }

        if (layer.Layer.Glu is null)
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

    // The derivative of A gate(Z) by g_c as a mean value: gate(Z~) W_ic + A gate'(xi) W_(H+i)c, with gate and its slope in their ranges anywhere. Where the value
    // is mixed of the readouts it is the derivative by o_c: gate(Z~) W_ic + A gate'(xi) W_(H+i)c g'(xi').
    private static Interval Glu(LayerEnclosure layer, int output, int channel)
    {
        LayerDescription description = layer.Layer;
        GluDescription glu = description.Glu!;
        LinearDescription mixing = description.Mixing!;
        Interval argument = FunctionRange.SlopeAnywhere(glu.Gate) * mixing.Weight(description.OutputWidth + output, channel);
        if (glu.ReadsReadouts)
        {
            argument *= FunctionRange.SlopeAnywhere(description.Decoder);
        }

        double value = mixing.Weight(output, channel);
        return (layer.Mixed[output] * argument) + (value == 0 ? 0 : FunctionRange.Anywhere(glu.Gate) * value);
    }

    // Why a change of the readouts has no bound behind a gated linear unit; null where it has.
    private static string? Obstacle(LayerDescription layer)
    {
        if (layer.Glu is not { } glu)
        {
            return null;
        }

        bool valued = Enumerable.Range(0, layer.OutputWidth).Any(i => layer.Mixing!.Row(i).ToArray().Any(weight => weight != 0));
        return !FunctionRange.SlopeAnywhere(glu.Gate).IsFinite ? "the gate " + glu.Gate.Name + " has no Lipschitz bound"
            : valued && !FunctionRange.Anywhere(glu.Gate).IsFinite ? "the gate " + glu.Gate.Name + " is not bounded"
            : glu.ReadsReadouts && double.IsInfinity(layer.Decoder.LipschitzBound) ? "the decoder " + layer.Decoder.Name + " has no Lipschitz bound"
            : null;
    }
}
