using System;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen.Tool.Explanations;

/// <summary>Ranks terms by proven bounds of their waves.</summary>
public static class ProvenRanking
{
    /// <summary>The terms that can weigh most in a score for any input of a range: by |coefficient| times the product of the waves' proven greatest magnitudes.</summary>
    /// <param name="explainer">The explainer.</param>
    /// <param name="range">The range of the scaled input.</param>
    /// <param name="score">The index of the score.</param>
    /// <param name="top">How many terms are listed.</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score, or top is negative.</exception>
    /// <exception cref="InvalidOperationException">The layer ends with a LayerNorm, whose scale no input range bounds usefully.</exception>
    public static BoundRanking Rank(this OperatorExplainer explainer, InputRange range, int score, int top = 20, int? maxLength = null)
    {
        var magnitudes = new WaveMagnitudes(OperatorEnclosure.Of(explainer.Operator, range, maxLength).Layers[explainer.Layer]);
        return explainer.Rank([.. explainer.Factors().Select(factor => Magnitude(magnitudes, factor))], score, top);
    }

    private static double Magnitude(WaveMagnitudes magnitudes, WaveFactor factor) => factor.Kind switch
    {
        WaveKind.Mode => magnitudes.Wave(factor.Channel, factor.Mode),
        WaveKind.Skip => magnitudes.Skip(factor.Channel),
        WaveKind.Gate => magnitudes.Gate(factor.Channel),
        WaveKind.Oscillator => magnitudes.Oscillator(factor.Mode),
        _ => throw new ArgumentOutOfRangeException(nameof(factor), factor.Kind, "A kind of wave without a magnitude."),
    };
}
