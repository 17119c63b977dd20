using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen;

namespace Text;

/// <summary>
/// Why a character: the difference of its logit and the greatest other one, attributed to the characters before it along the straight path from the zero embedding (docs/selective.md).
/// </summary>
/// <param name="Before">The characters before it.</param>
/// <param name="Chosen">The character.</param>
/// <param name="RunnerUp">The character of the greatest other logit.</param>
/// <param name="Attribution">The attribution.</param>
/// <param name="Head">The head of the last layer that adds most to the difference, by size, with all gates held.</param>
/// <param name="Attention">What the head's readout after the last of the characters takes of the value of each, [character].</param>
internal sealed record CharacterExplanation(int[] Before, int Chosen, int RunnerUp, SelectiveAttribution Attribution, int Head, double[] Attention)
{
    /// <summary>The time grows with the characters, so more than these are not looked at.</summary>
    public const int MostCharacters = 200;

    /// <summary>How small the gap of the quadrature is to become, as a share of what is added and taken away.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>What each character adds, through values and gates together.</summary>
    public IReadOnlyList<double> Added { get; } = [.. Attribution.Value.Zip(Attribution.Gate, (value, gate) => value + gate)];

    /// <summary>The layer of <see cref="Attention"/>: the last.</summary>
    public int Layer { get; private init; }

    /// <summary>Explains the last character of a text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">The text, at least two characters; the last is explained by up to <see cref="MostCharacters"/> before it, from a fresh state.</param>
    public static CharacterExplanation Of(TextModel model, ReadOnlySpan<int> tokens)
    {
        int[] before = tokens[Math.Max(0, tokens.Length - 1 - MostCharacters)..^1].ToArray();
        int chosen = tokens[^1];
        var logits = new float[TextModel.OutputWidth];
        model.Prefill(before, logits, model.CreateState());
        int runnerUp = Enumerable.Range(0, TextModel.Vocabulary).Where(token => token != chosen).MaxBy(token => logits[token]);
        SelectiveAttribution attribution = model.ExplainSelective(before, chosen, runnerUp, tolerance: Tolerance);
        IReadOnlyList<double> heads = attribution.ByCell();
        int head = Enumerable.Range(0, heads.Count).MaxBy(cell => Math.Abs(heads[cell])), layer = model.Operator.Layers.Count - 1;
        double[] matrix = model.Attention(before, layer, head);
        return new CharacterExplanation(before, chosen, runnerUp, attribution, head, matrix[^before.Length..]) { Layer = layer };
    }
}
