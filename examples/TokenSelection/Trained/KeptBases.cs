using System;
using System.Linq;
using OperatorGen;
using OperatorGen.Analysis;

namespace TokenSelections.Trained;

/// <summary>
/// Does an attribution find what was planted? Only the bases with the greatest parts of a decision are kept, all others are drawn anew, and the model decides again; beside it random bases and
/// the true places.
/// </summary>
internal static class KeptBases
{
    private static readonly OperatorDescription s_centred = Centred(TrainedGenome.Operator);

    /// <summary>What is right on sequences of which a part of the bases is kept.</summary>
    /// <param name="model">The model.</param>
    /// <param name="share">The share of the bases that are kept.</param>
    /// <param name="sequences">How many sequences.</param>
    /// <param name="seed">The seed.</param>
    public static KeptResult Of(TrainedGenome model, double share, int sequences, int seed)
    {
        var random = new Random(seed);
        var attributor = new OperatorAttributor(s_centred);
        int attributed = 0, arbitrary = 0, found = 0;
        int count = (int)Math.Round(share * Dna.Length);
        for (int i = 0; i < sequences; i++)
        {
            var dna = Dna.Draw(random);
            int[] strongest = Strongest(attributor, dna.Bases, Decision(model, dna.Bases), count);
            int[] any = [.. Enumerable.Range(0, Dna.Length)];
            random.Shuffle(any);
            attributed += Decision(model, Keep(random, dna.Bases, strongest)) == dna.Class ? 1 : 0;
            arbitrary += Decision(model, Keep(random, dna.Bases, any[..count])) == dna.Class ? 1 : 0;
            found += strongest.Count(dna.IsPlanted);
        }

        double all = sequences;
        return new(attributed / all, arbitrary / all, found / (all * 2 * Dna.Word));
    }

    /// <summary>What is right on whole sequences, and where marker and decisive motif alone are kept.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sequences">How many sequences.</param>
    /// <param name="seed">The seed.</param>
    public static (double Whole, double Planted) Of(TrainedGenome model, int sequences, int seed)
    {
        var random = new Random(seed);
        int whole = 0, planted = 0;
        for (int i = 0; i < sequences; i++)
        {
            var dna = Dna.Draw(random);
            whole += Decision(model, dna.Bases) == dna.Class ? 1 : 0;
            planted += Decision(model, Keep(random, dna.Bases, [.. Enumerable.Range(0, Dna.Length).Where(dna.IsPlanted)])) == dna.Class ? 1 : 0;
        }

        return (whole / (double)sequences, planted / (double)sequences);
    }

    /// <summary>The class that the model chooses.</summary>
    public static int Decision(TrainedGenome model, int[] bases)
    {
        var scores = new float[2];
        model.Forward(Dna.OneHot(bases), scores);
        return scores[1] > scores[0] ? 1 : 0;
    }

    /// <summary>The places whose bases have the greatest parts, of either sign, of the difference of the two scores.</summary>
    private static int[] Strongest(OperatorAttributor attributor, int[] bases, int decided, int count)
    {
        ScoreAttribution attribution = attributor.Of(Dna.OneHot(bases)).Attribute(decided, 1 - decided);
        double[] parts = [.. attribution.ByModelInput().ByTime()];
        return [.. Enumerable.Range(0, parts.Length).OrderByDescending(place => Math.Abs(parts[place])).Take(count)];
    }

    private static int[] Keep(Random random, int[] bases, int[] places)
    {
        int[] kept = [.. bases.Select(_ => random.Next(4))];
        foreach (int place in places)
        {
            kept[place] = bases[place];
        }

        return kept;
    }

    /// <summary>The same model, whose encoder compares a base with the mean of all four: of the four numbers of a base one is 1, so a part of the encoder that is the same for all is a bias.</summary>
    private static OperatorDescription Centred(OperatorDescription operators)
    {
        LinearDescription encoder = operators.Encoder!;
        double[] means = [.. Enumerable.Range(0, encoder.Outputs).Select(o => encoder.Row(o).ToArray().Average())];
        double[] weight = [.. Enumerable.Range(0, encoder.Outputs * encoder.Inputs).Select(i => encoder.Weight(i / encoder.Inputs, i % encoder.Inputs) - means[i / encoder.Inputs])];
        double[] bias = [.. Enumerable.Range(0, encoder.Outputs).Select(o => encoder.Bias(o) + means[o])];
        return operators with { Encoder = new LinearDescription(encoder.Inputs, encoder.Outputs, weight, bias) };
    }
}

/// <summary>Shares of sequences that are right.</summary>
/// <param name="Attributed">Where the bases with the greatest parts are kept.</param>
/// <param name="Arbitrary">Where as many random ones are kept.</param>
/// <param name="Found">The share of the bases of marker and decisive motif that are among those with the greatest parts.</param>
internal readonly record struct KeptResult(double Attributed, double Arbitrary, double Found);
