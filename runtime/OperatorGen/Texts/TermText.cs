using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What a term is, in words: the waves that it lives as, what it adds at which frequency, and through which readouts.</summary>
internal static class TermText
{
    /// <summary>The words.</summary>
    /// <param name="term">The term.</param>
    /// <param name="source">The input that it is of; null where it is not known.</param>
    public static string Of(ContributionTerm term, InputContributions? source)
    {
        if (term.Products.Count > 0)
        {
            return Products(term);
        }

        string waves = Waves(term, source);
        return term.Readouts is { } parts ? $"{waves}; {Readouts(parts)}" : waves;
    }

    /// <summary>What the letters of waves mean.</summary>
    /// <param name="shared">Whether all readouts share the modes.</param>
    public static string Legend(bool shared) =>
        (shared ? "s(n): oscillator n, in all readouts that it has" : "w(c,n): wave of mode n in channel c") + "; d(c): skip; z(c): gate argument. Lifetimes and periods in time steps.";

    /// <summary>What the choices of conjugates add, the strongest first, and whose frequencies cancel.</summary>
    private static string Products(ContributionTerm term)
    {
        OscillatorProduct[] products = [.. term.Products.OrderByDescending(product => System.Math.Abs(product.Contribution ?? 0))];
        string listed = string.Join(", ", products.Select(product => $"{PlainText.Signed(product.Contribution ?? 0)} as {product.Signs} at {(product.Eigenvalue is { } eigenvalue ? InteractionText.Period(new InteractionWave(product.Signs, eigenvalue, 1).Period) : "no frequency")}{(product.Resonance is { } resonance ? $" ({resonance})" : "")}"));
        return listed + (System.Array.Exists(products, product => product.Resonance is not null) ? "; in brackets frequencies that cancel" : "");
    }

    private static string Waves(ContributionTerm term, InputContributions? source)
    {
        if (source?.InteractionObstacle(term) is { } obstacle && term.Order > 1)
        {
            return "no frequencies: " + obstacle;
        }

        if (term.Order == 1)
        {
            string split = term.OfBias == 0 ? "" : $"; input {PlainText.Signed(term.OfInput)}, encoder's bias {PlainText.Signed(term.OfBias)}";
            return Single(term, source) + split;
        }

        return term.Waves.Count == 0 ? "instantaneous"
            : source is not null && InputContributions.IsPair(term) ? Pair(source.Interaction(term))
            : InteractionText.Of(term.Waves);
    }

    private static string Single(ContributionTerm term, InputContributions? source)
    {
        WaveFactor factor = term.Factors[0];
        if (source is null && factor.Kind is not (WaveKind.Skip or WaveKind.Gate))
        {
            return term.Waves.Count == 0 ? "" : InteractionText.Of(term.Waves);
        }

        return source is null ? "instantaneous" : Of(source.Explainer.Target.Layer, factor);
    }

    /// <summary>What is known of a wave: how long it lasts and how fast it turns.</summary>
    /// <param name="layer">Its layer.</param>
    /// <param name="factor">The wave, skip or gate argument.</param>
    public static string Of(LayerDescription layer, WaveFactor factor)
    {
        if (factor.Kind is WaveKind.Skip or WaveKind.Gate)
        {
            return "instantaneous";
        }

        Wave wave = layer.Wave(factor.Channel, factor.Mode);
        bool backward = layer.Bank!.Timing(layer.Bank.ModeOf(factor.Channel, factor.Mode)).Backward;
        return $"lifetime {PlainText.Number(wave.Lifetime)}, {InteractionText.Period(wave.Period)}{(backward ? ", runs backward" : "")}";
    }

    /// <summary>What the sum and the difference of two frequencies add; as one where both are the same.</summary>
    private static string Pair(PairInteraction pair)
    {
        string lifetime = "lifetime " + PlainText.Number(pair.Sum.Lifetime);
        return pair.Sum.Eigenvalue == pair.Difference.Eigenvalue
            ? $"{lifetime}, {InteractionText.Period(pair.Sum.Period)}"
            : $"{lifetime}, sum {Half(pair.Sum)}, difference {Half(pair.Difference)}";
    }

    private static string Half(PairMode half) => $"{PlainText.Signed(half.Contribution)} at {InteractionText.Period(half.Period)}";

    private static string Readouts(TermReadouts parts)
    {
        string listed = string.Join(", ", parts.Strongest.Select(part => $"{part.Readout}{(part.Other is { } other ? $" x {other}" : "")} {PlainText.Signed(part.Contribution)}"));
        int rest = parts.Count - parts.Strongest.Count;
        return $"readouts {listed}{(rest > 0 ? $", {rest} more {PlainText.Signed(parts.Rest)}" : "")}";
    }
}
