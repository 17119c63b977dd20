using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TokenSelections.Construction;

namespace TokenSelections.Trained;

/// <summary>The tables of <c>--trained</c>: the committed stacks on freshly drawn samples, beside what the training script found for all models.</summary>
internal static class TrainedTables
{
    private const int Seed = 13, Sequences = 200, ConstructedStrings = 20, RegressionSequences = 4096, GenomeSequences = 1000, FrequentTexts = 20_000;

    private static readonly double[] s_kept = [0.05, 0.1, 0.2];

    /// <summary>Prints all of them.</summary>
    public static void Print(TextWriter output)
    {
        Copies(output);
        output.WriteLine();
        SelectedWord.Print(output);
        output.WriteLine();
        Recalls(output);
        output.WriteLine();
        Regression(output);
        output.WriteLine();
        Genome(output);
    }

    private static void Copies(TextWriter output)
    {
        TrainingResults results = Heading(output, "copying", "Copying: words that are written again, by the length of the string");
        Shares(output, results);
        TrainedModel longer = TrainingResults.Of("copying-long").Models[0];
        Line(output, string.Create(CultureInfo.InvariantCulture, $"{longer.Name}, seed 0, {longer.Steps:N0} steps"), results.Sizes.Select(size => longer.At(size).Median));
        var trained = new TrainedCopy();
        Line(output, $"the same, compiled, {Sequences} fresh strings", results.Sizes.Select(length => TrainedCopying.Accuracy(trained, length, Sequences, Seed)));
        Line(output, "chance", results.Sizes.Select(_ => 1.0 / TrainedCopying.Words));
        var constructed = new Copy();
        Line(output, $"constructed, {CopyModels.Codes} words, decoder x^3, {ConstructedStrings} strings", results.Sizes.Select(length => Copying.Of([.. CopyTask.OfLength(Seed, length, ConstructedStrings)], constructed.Forward).Percent / 100));
    }

    private static void Recalls(TextWriter output)
    {
        TrainingResults results = Heading(output, "recall", "Associative recall: keys whose value is chosen, by the number of pairs");
        Shares(output, results);
        var trained = new TrainedRecall();
        Line(output, $"{results.Models[0].Name}, seed 0, compiled, {Sequences} texts", results.Sizes.Select(pairs => TrainedRecalling.Accuracy(trained, pairs, Sequences, Seed)));
        Line(output, "always the value that came most often", results.Sizes.Select(pairs => TrainedRecalling.MostFrequent(pairs, FrequentTexts, Seed)));
        Line(output, "chance", results.Sizes.Select(_ => 1.0 / TrainedRecalling.Values));
        var constructed = new Recall16();
        Line(output, $"constructed, {RecallModel.Values} values, one key asked for", results.Sizes.Select(pairs => Recall.Right(new RecallModel(16, 16), pairs, Sequences, constructed.Forward) / (double)Sequences));
    }

    private static void Regression(TextWriter output)
    {
        TrainingResults results = Heading(output, "regression", "Regression on the two most important of 64 tokens: mean squared error of a target of variance 1, by the number of samples");
        foreach (TrainedModel model in results.Models)
        {
            (double mean, double error) = model.Slope();
            Line(output, Name(model), results.Sizes.Select(size => Number(model.At(size).Median)), string.Create(CultureInfo.InvariantCulture, $"    slope {mean:F2}, standard error {error:F2}"));
            Line(output, "", results.Sizes.Select(size => $"{Number(model.At(size).Least)}-{Number(model.At(size).Greatest)}"));
        }

        double own = TrainedRegressing.Error(new TrainedRegression(), RegressionSequences, Seed);
        Line(output, string.Create(CultureInfo.InvariantCulture, $"{results.Models[0].Name}, seed 0, compiled, {RegressionSequences:N0}"), results.Sizes.Select(size => size == results.Sizes[^1] ? Number(own) : ""));

        static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
    }

    private static void Genome(TextWriter output)
    {
        TrainingResults results = Heading(output, "genome", "DNA of 512 bases, in which a marker decides where the motif is read: classes that are right");
        Shares(output, results);
        var model = new TrainedGenome();
        (double whole, double planted) = KeptBases.Of(model, GenomeSequences, Seed);
        Line(output, string.Create(CultureInfo.InvariantCulture, $"{results.Models[0].Name}, seed 0, compiled, {GenomeSequences:N0}"), [whole]);
        Line(output, "chance", [0.5]);
        output.WriteLine();
        output.WriteLine($"The compiled one where some bases are kept and all others are drawn anew, {Sequences} sequences. By attribution: those with the greatest parts of the difference of the two scores, a base compared with");
        output.WriteLine("the mean of all four. Found: the bases of marker and decisive motif that are among the kept ones.");
        output.WriteLine();
        output.WriteLine("kept      right by attribution      right at random      found by attribution      found at random");
        foreach (double share in s_kept)
        {
            KeptResult kept = KeptBases.Of(model, share, Sequences, Seed + 1);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * share,3:F0} %  {100 * kept.Attributed,20:F1} %  {100 * kept.Arbitrary,17:F1} %  {100 * kept.Found,22:F1} %  {100 * share,17:F1} %"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The {2 * Dna.Word} bases of marker and decisive motif alone, {200.0 * Dna.Word / Dna.Length:F1} % of all: {100 * planted:F1} % right"));
    }

    private static TrainingResults Heading(TextWriter output, string task, string title)
    {
        var results = TrainingResults.Of(task);
        output.WriteLine($"{title}; of the training script's seeds the median, and below it the least and the greatest");
        output.WriteLine();
        Line(output, "", results.Sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        return results;
    }

    private static void Shares(TextWriter output, TrainingResults results)
    {
        foreach (TrainedModel model in results.Models)
        {
            Line(output, Name(model), results.Sizes.Select(size => model.At(size).Median));
            Line(output, "", results.Sizes.Select(size => string.Create(CultureInfo.InvariantCulture, $"{100 * model.At(size).Least:F0}-{100 * model.At(size).Greatest:F0}")));
        }
    }

    private static string Name(TrainedModel model) => string.Create(CultureInfo.InvariantCulture, $"{model.Name}, {model.Parameters:N0} parameters, {(model.Runs.Count == 1 ? "1 seed" : $"{model.Runs.Count} seeds")}");

    private static void Line(TextWriter output, string name, IEnumerable<double> shares) => Line(output, name, shares.Select(share => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %")));

    private static void Line(TextWriter output, string name, IEnumerable<string> cells, string end = "") => output.WriteLine(($"{name,-62}" + string.Concat(cells.Select(cell => cell.PadLeft(12))) + end).TrimEnd());
}
