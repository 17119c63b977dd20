using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Reports;

/// <summary>The operator as formulas, and its readouts by strength.</summary>
internal sealed class OperatorSection : IReportSection
{
    private const int Top = 12;
    private const int Digits = 5;

    /// <inheritdoc/>
    public string Name => "operator";

    /// <inheritdoc/>
    public string Title => "The operator";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject) => null;

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        yield return new TextBlock("What the model computes, written in its waves w and in products of them, the interactions. A wave is what one mode of the recurrence adds to a readout o; the decoder function g of the readout makes waves interact.");
        foreach (int layer in subject.WaveLayers)
        {
            yield return Readouts(subject, layer);
        }

        int[] strongest = [.. Enumerable.Range(0, subject.Model.Layers.Count).Select(layer => subject.WaveLayers.Contains(layer) ? subject.Ranked(layer)[0].Channel : 0)];
        var view = new OperatorView(null, null, Top) { Channels = strongest, Digits = Digits, HasTerms = !subject.WaveLayers.Any() };
        yield return new MarkupBlock("<div class=\"operator\">\n" + Nested(OperatorMathML.Fragment(subject.Symbolic, view)) + "</div>\n");
        foreach (int layer in subject.WaveLayers.Where(layer => subject.Symbolic.ExpansionOf(layer, strongest[layer]).IsAvailable))
        {
            DecoderExpansion expansion = subject.Symbolic.ExpansionOf(layer, strongest[layer]);
            ModeBank bank = subject.Operator!.Layers[layer].Bank!;
            yield return new TextBlock($"The strongest of the {ReportNumber.Count(expansion.TermCount(bank.Summands))} terms of readout {NumberText.Format((long)strongest[layer])} of {subject.LayerName(layer)}, by |coefficient| times the reach of each wave, the strongest first:", IsNote: true);
            yield return new MarkupBlock("<div class=\"operator terms\">" + RankedTerms.Markup(expansion.Coefficients, bank, strongest[layer], Top) + "</div>\n");
        }
    }

    /// <summary>The fragment's headings begin at h2, as this section's own; names of layers are escaped there and have no markup.</summary>
    private static string Nested(string fragment) => fragment
        .Replace("h3>", "h5>", StringComparison.Ordinal).Replace("h2>", "h4>", StringComparison.Ordinal);

    private static TableBlock Readouts(ReportSubject subject, int layer)
    {
        ModeBank bank = subject.Operator!.Layers[layer].Bank!;
        string size = ChannelRanking.IsMeasured(subject.Operator!) ? "variance" : "reach";
        return new TableBlock(
            $"strength-{NumberText.Format((long)layer)}",
            $"The strongest readouts of {subject.LayerName(layer)}. Strength is {(size == "reach" ? "the reach, the greatest |o| per unit of input," : "the variance of o on the calibration set")} times the norm of the weights that the readout is passed on with. "
                + "Period and lifetime, in steps, are those of its furthest-reaching wave.",
            ["readout", "strength", size, "weight", "wave", "period", "lifetime"],
            [.. subject.Ranked(layer).Take(Top).Select(readout => Row(bank, readout))]);
    }

    private static IReadOnlyList<ReportCell> Row(ModeBank bank, RankedChannel readout)
    {
        int strongest = Enumerable.Range(0, bank.WavesPerReadout).MaxBy(n => bank.WaveReach(readout.Channel, n));
        Wave wave = bank[readout.Channel, strongest];
        return [NumberText.Format((long)readout.Channel), readout.Strength, readout.Measured is { } measured ? measured.Deviation * measured.Deviation : readout.Reach, readout.Weight, $"w({readout.Channel},{strongest})", wave.Period, wave.Lifetime];
    }
}
