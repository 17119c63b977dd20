using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>One layer of an operator as text: what it is, its formulas, how many terms it has, and its strongest channels with their waves and terms.</summary>
internal sealed class LayerText(OperatorDescription operators, int index, DescriptionView view)
{
    private const int MostChannels = 3;
    private const int ChannelLines = 7; // of a channel before another one is listed
    private const int GateLines = 7;
    private const int ListLines = 8; // what formulas leave to channels at least

    private readonly LayerDescription _layer = operators.Layers[index];
    private readonly LayerExpansion? _expansion = operators.Expansion?.Layers[index];

    /// <summary>The lines.</summary>
    /// <param name="most">How many there are at most, unless the view says how much is listed.</param>
    /// <param name="isShort">True where the formulas of a selective recurrence, which a short text has no room for, and the terms after a gate are left out.</param>
    public IReadOnlyList<string> Lines(int most, bool isShort)
    {
        List<string> lines = [Title()];
        lines.AddRange(PlainText.Wrap(Extent(), 2));
        string[] formulas = [.. Formulas(isShort).SelectMany(formula => PlainText.Wrap(formula, 2))];
        bool free = view.Top is not null;
        if (free || _layer.IsSelective || most - lines.Count - formulas.Length >= ListLines)
        {
            lines.InsertRange(1, formulas);
        }

        if (!_layer.IsSelective)
        {
            bool gated = _expansion is { Gates.Count: > 0 } && !isShort;
            int room = most - lines.Count - (gated ? GateLines : 0);
            lines.AddRange(Channels(room, isShort));
            if (gated)
            {
                lines.AddRange(PlainText.Fitting(new GatedText(operators, index).Lines(view.Top ?? GateLines - 1), 2, free ? int.MaxValue : GateLines));
            }
        }

        if (_layer.Recurrence is SelectiveRecurrence selective && !isShort)
        {
            lines.AddRange(new MeanGateText(_layer, selective, view).Lines(most - lines.Count));
        }

        return free || lines.Count <= most ? lines : [.. lines.Take(Math.Max(most - 1, 1)), .. most > 1 ? ["  ..."] : (string[])[]];
    }

    private string Title()
    {
        string name = _layer.Name.Length == 0 ? "layer" : "layer " + VisibleText.Of(_layer.Name);
        return $"{name}: {Cells()}; g = {_layer.Decoder.Name}";
    }

    private string Cells() => _layer switch
    {
        { Bank: { } bank } => $"{PlainText.Count(_layer.Channels, "channel")} of {PlainText.Count(_layer.Modes, "wave")}{(bank.HasSkip ? " and a skip" : "")}{Backward(bank)}",
        { Recurrence: SelectiveRecurrence cells } =>
            $"{PlainText.Count(cells.Cells, cells.CellName)} of {PlainText.Count(cells.Keys, cells.KeyName)}{(cells.Values == 1 ? "" : $" by {PlainText.Count(cells.Values, "value")}")}, selective: path form",
        { Recurrence: ControlledRecurrence cells } => $"{PlainText.Count(_layer.Channels, "channel")} of {PlainText.Count(cells.States, "state")}, {cells.StepText}",
        _ => $"{PlainText.Count(_layer.Channels, "channel")} of {PlainText.Count(_layer.Modes, "mode")}, selective: path form",
    };

    private static string Backward(ModeBank bank) =>
        bank.IsCausal ? "" : $", {NumberText.Format(Enumerable.Range(0, bank.WavesPerReadout).Count(n => bank.Timing(n).Backward))} of them backward in time";

    /// <summary>How many terms there are, and what is proven.</summary>
    private string Extent()
    {
        if (_layer.IsSelective)
        {
            return $"its recurrence depends on the input: {(_layer.GateRanges is null ? "no waves, no terms, and no bounds" : "waves of the mean gate only, no terms, and no bounds")}.";
        }

        string terms = _expansion is { } expansion
            ? $"{PlainText.Count(expansion.TermCount, "term")} in all, up to order {NumberText.Format(expansion.Order)}."
            : $"no terms: {OperatorExpansion.Obstacle(operators, ExpansionKind.Taylor, null, null)}.";
        return operators.Bounds is not { } bounds ? terms + " Bounds need the option inputRange."
            : index >= bounds.Layers.Count ? terms
            : $"{terms} Proven for inputs of the declared range: o in {PlainText.Range(bounds.Layers[index].ReadoutLow, bounds.Layers[index].ReadoutHigh)}"
                + (bounds.Layers[index].Function is { } error ? $", polynomial less g(o) in {PlainText.Range(error.Low, error.High)}." : ".");
    }

    private IEnumerable<string> Formulas(bool isShort)
    {
        IEnumerable<string> cell = _layer.IsSelective && isShort ? [] : CellText.Of(_layer.Recurrence);
        string g = "g(o) = " + ExpressionText.Render(_layer.Decoder.Formula(Eq.Symbol("o")));
        IEnumerable<string> gate = _expansion is { Gates.Count: > 0 } expansion
            ? [$"{PlainText.Count(expansion.Gates.Count, "gate argument")} z, each with its polynomial of {_layer.GateFunction!.Name}; value times gate ends after the total order {NumberText.Format(expansion.Order)}"]
            : [];
        return FormulaText.Before(_layer).Concat(cell).Append(g).Concat(gate).Concat(FormulaText.After(_layer));
    }

    /// <summary>The strongest channels, or the one that the view names, in at most so many lines.</summary>
    private IEnumerable<string> Channels(int room, bool isShort)
    {
        IReadOnlyList<RankedChannel> ranked = ChannelRanking.Of(operators, index);
        if (view.Top is { } top)
        {
            RankedChannel[] listed = [.. view.Channel is { } one ? ranked.Where(channel => channel.Channel == Math.Min(one, ranked.Count - 1)) : ranked.Take(MostChannels)];
            return [.. Introduction(ranked.Count, listed.Length), .. listed.SelectMany(channel => Channel(channel).Lines(top, top))];
        }

        if (view.Channel is { } named)
        {
            ranked = [.. ranked.Where(channel => channel.Channel == Math.Min(named, ranked.Count - 1))];
        }

        string[] introduction = isShort ? [] : [.. Introduction(_layer.Channels, ranked.Count)];
        room -= introduction.Length;
        int count = Math.Min(ranked.Count, Math.Max(1, Math.Min(MostChannels, room / ChannelLines)));
        List<string> lines = [];
        for (int i = 0; i < count && room >= 1; i++)
        {
            IReadOnlyList<string> one = Channel(ranked[i]).Lines((room - lines.Count) / (count - i));
            lines.AddRange(one);
        }

        return lines.Count == 0 ? [] : introduction.Concat(lines);
    }

    // One channel needs no words about an order.
    private IEnumerable<string> Introduction(int all, int listed) => all == 1 || listed <= 1
        ? []
        : [$"  strongest channels first, by {(ChannelRanking.IsMeasured(operators) ? "measured variance" : "reach")} times the weight of what reads them; waves and terms by reach:"];

    private ChannelText Channel(RankedChannel channel) => new(_layer, _expansion, channel);
}
