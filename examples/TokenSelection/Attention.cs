using System;
using System.Globalization;
using System.IO;
using System.Linq;
using TokenSelections.Construction;

namespace TokenSelections;

/// <summary>Attention with the query first: the value whose key is the query, among pairs of words that come one after another.</summary>
internal static class Attention
{
    private const int Seed = 11, Texts = 200, Pairs = 64, Values = 8;

    /// <summary>Prints the table.</summary>
    public static void Print(TextWriter output)
    {
        var small = new Attention20();
        var large = new Attention28();
        output.WriteLine($"Attention, the query first: {Pairs} pairs of a word and a value from 1 to {Values}, scale {AttentionModel.Sharpness} (seed {Seed}, {Texts} texts each)");
        output.WriteLine();
        output.WriteLine("words  numbers of a word    right   largest error of the value");
        Row(output, 1_024, 20, small.Forward);
        Row(output, 16_384, 28, large.Forward);
    }

    /// <summary>How many values are right, and how far one is off at most.</summary>
    internal static (int Right, double Error) Run(int words, int dimension, int texts, Forward forward)
    {
        var random = new Random(Seed);
        var model = new AttentionModel(dimension);
        double[][] codes = Codes(random, words, dimension);
        int right = 0;
        double error = 0;
        for (int i = 0; i < texts; i++)
        {
            int[] keys = [.. Enumerable.Range(0, 2 * Pairs).Select(_ => random.Next(words)).Distinct().Take(Pairs)];
            int[] values = [.. keys.Select(_ => 1 + random.Next(Values))];
            int asked = random.Next(Pairs);
            var input = new double[(Pairs + 1) * model.Width];
            codes[keys[asked]].CopyTo(input.AsSpan());
            for (int j = 0; j < Pairs; j++)
            {
                Span<double> sample = input.AsSpan((j + 1) * model.Width, model.Width);
                codes[keys[j]].CopyTo(sample[dimension..]);
                sample[^1] = Math.Log(values[j]);
            }

            var sums = new double[(Pairs + 1) * 2];
            forward(input, sums);
            double value = sums[^1] / sums[^2]; // the ratio that makes it an attention
            right += (int)Math.Round(value) == values[asked] ? 1 : 0;
            error = Math.Max(error, Math.Abs(value - values[asked]));
        }

        return (right, error);
    }

    /// <summary>Different words, each of so many numbers 1 and -1.</summary>
    private static double[][] Codes(Random random, int words, int dimension) =>
        [.. Enumerable.Range(0, 2 * words).Select(_ => random.Next(1 << dimension)).Distinct().Take(words).Select(word => Enumerable.Range(0, dimension).Select(i => (word >> i & 1) == 1 ? 1.0 : -1).ToArray())];

    private static void Row(TextWriter output, int words, int dimension, Forward forward)
    {
        (int right, double error) = Run(words, dimension, Texts, forward);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{words,5} {dimension,18}  {100.0 * right / Texts,5:F1} %   {error:F3}"));
    }

    /// <summary>A model of numbers.</summary>
    internal delegate void Forward(ReadOnlySpan<double> input, Span<double> output);
}
