using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace TokenSelections.Trained;

/// <summary>
/// How many waves have to meet for the trained stack to copy: the decoders of one layer, or of both, are replaced by polynomials that are fitted to the readouts of other strings, and the
/// words that are still right are counted. Its two layers are looked at as an operator each.
/// </summary>
internal sealed class SelectingOrders
{
    private const int Seed = 29, Fitted = 60;

    // All triples of 112 oscillators and 192 readouts are ranked within this many multiplications.
    private const long Work = 20_000_000_000;

    private readonly int _length;
    private readonly Calibration[] _measures;

    /// <summary>Collects the readouts of both layers for strings of a length: of the first at all time steps, of the second at those where a word is asked for.</summary>
    public SelectingOrders(int length)
    {
        _length = length;
        OperatorDescription whole = TrainedCopy.Operator;
        First = whole with { Layers = [whole.Layers[0]], Head = null, Vocabulary = null, DeclaredExpansion = _ => null };
        Second = whole with { Layers = [whole.Layers[1]], Vocabulary = null, DeclaredExpansion = _ => null };
        var random = new Random(Seed);
        List<double>[][] samples = [Samples(First), Samples(Second)];
        for (int i = 0; i < Fitted; i++)
        {
            double[] rows = Rows(TrainedCopying.Tokens(TrainedCopying.String(random, length)));
            var first = OperatorTrace.Of(First, rows);
            Add(samples[0], first.Layers[0].Readouts);
            Add(samples[1], OperatorTrace.Of(Second, first.Outputs).Layers[0].Readouts.AsSpan(TrainedCopying.StepOf(length, 0) * samples[1].Length));
        }

        _measures = [.. samples.Select(layer => new Calibration("strings", Fitted, "", new([new ArgumentMeasures(new([.. layer.Select(Measure)]), new([]))])))];
    }

    /// <summary>The layers; the input of the second is the output of the first.</summary>
    public OperatorDescription First { get; }

    /// <inheritdoc cref="First"/>
    public OperatorDescription Second { get; }

    /// <summary>The polynomials of a layer.</summary>
    public OperatorExpansion Expansion(int layer, int order) => OperatorExpansion.Of(layer == 0 ? First : Second, new ExpansionRequest(ExpansionKind.Measure, order), _measures[layer]);

    /// <summary>The share of words that are right.</summary>
    /// <param name="first">The order of the first layer's polynomials; null: its decoder function.</param>
    /// <param name="second">The order of the second layer's polynomials; null: its decoder function.</param>
    /// <param name="strings">How many strings.</param>
    /// <param name="seed">The seed of the strings.</param>
    public double Accuracy(int? first, int? second, int strings, int seed)
    {
        OperatorExpansion? firsts = first is { } p ? Expansion(0, p) : null, seconds = second is { } q ? Expansion(1, q) : null;
        var random = new Random(seed);
        int right = 0;
        for (int i = 0; i < strings; i++)
        {
            int[] words = TrainedCopying.String(random, _length);
            double[] logits = OperatorTrace.Of(Second, OperatorTrace.Of(First, Rows(TrainedCopying.Tokens(words)), firsts).Outputs, seconds).Outputs;
            right += TrainedCopying.Right(words, logits);
        }

        return right / (double)(strings * _length);
    }

    /// <summary>The second layer taken apart for a word: its logit less the mean of all words' logits, which the choice between words does not depend on.</summary>
    /// <param name="words">A string.</param>
    /// <param name="word">Which of its words is asked for.</param>
    /// <param name="order">The order of the polynomials.</param>
    /// <param name="top">How many terms are listed.</param>
    public ScoreExplanation Explain(int[] words, int word, int order, int top)
    {
        double[] input = OperatorTrace.Of(First, Rows(TrainedCopying.Tokens(words))).Outputs;
        return new OperatorExplainer(Contrast(Second, words[word]), Expansion(1, order)).Of(input, TrainedCopying.StepOf(_length, word)).Explain(0, top, Work);
    }

    /// <summary>What each token adds to the same number through both layers, all orders together, [time].</summary>
    /// <param name="words">A string.</param>
    /// <param name="word">Which of its words is asked for.</param>
    public IReadOnlyList<double> ByToken(int[] words, int word)
    {
        var attributor = new OperatorAttributor(Contrast(TrainedCopy.Operator, words[word]));
        return attributor.Of(Rows(TrainedCopying.Tokens(words)), TrainedCopying.StepOf(_length, word)).Attribute(0).ByModelInput().ByTime();
    }

    // One score: the logit of a word less the mean of those of all words.
    private static OperatorDescription Contrast(OperatorDescription operators, int word)
    {
        LinearDescription head = operators.Head!;
        double[] row = [.. Enumerable.Range(0, head.Inputs).Select(i => head.Weight(word, i) - Enumerable.Range(0, TrainedCopying.Words).Average(other => head.Weight(other, i)))];
        return operators with { Head = new LinearDescription(head.Inputs, 1, row, null), Labels = [], Vocabulary = null };
    }

    private static double[] Rows(int[] tokens)
    {
        var rows = new float[tokens.Length * TrainedCopy.InputWidth];
        TrainedCopy.Embed(tokens, rows);
        return [.. rows.Select(number => (double)number)];
    }

    private static List<double>[] Samples(OperatorDescription layer) => [.. Enumerable.Range(0, layer.Layers[0].Channels).Select(_ => new List<double>())];

    private static void Add(List<double>[] samples, ReadOnlySpan<double> readouts)
    {
        for (int i = 0; i < readouts.Length; i++)
        {
            samples[i % samples.Length].Add(readouts[i]);
        }
    }

    // All samples with equal weights; what comes several times has their sum.
    private static ArgumentMeasure Measure(List<double> samples)
    {
        IGrouping<double, double>[] nodes = [.. samples.GroupBy(sample => sample).OrderBy(node => node.Key)];
        return new ArgumentMeasure(new ReducedMeasure([.. nodes.Select(node => node.Key)], [.. nodes.Select(node => node.Count() / (double)samples.Count)]), nodes[0].Key, nodes[^1].Key);
    }
}
