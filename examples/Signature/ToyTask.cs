using System;
using System.Linq;
using OperatorGen.Analysis;

namespace Signatures;

/// <summary>
/// The toy task of the authors' code: paths of 100 normal steps, rounded to integers and summed up, and a word of their signature, S^12 or S^123. Paths and words are divided by
/// the largest magnitude in the data.
/// </summary>
/// <param name="Paths">Each [time, channel], with three channels: the last is 0 where the word has two letters.</param>
/// <param name="Words">The word of each path.</param>
internal sealed record ToyTask(double[][] Paths, double[] Words)
{
    /// <summary>Channels of a path, and its steps.</summary>
    public const int Channels = 3, Steps = 100;

    /// <summary>The first paths, and the others.</summary>
    public (ToyTask Head, ToyTask Tail) Split(int first) => (new ToyTask(Paths[..first], Words[..first]), new ToyTask(Paths[first..], Words[first..]));

    /// <summary>Random paths.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="letters">2 or 3.</param>
    /// <param name="count">How many.</param>
    public static ToyTask Random(int seed, int letters, int count)
    {
        var random = new Random(seed);
        double[][] paths = [.. Enumerable.Range(0, count).Select(_ => Path(random, letters))];
        double[] words = Array.ConvertAll(paths, path => Word(path, letters));
        double largest = paths.Max(path => path.Max(Math.Abs)), largestWord = words.Max(Math.Abs);
        return new ToyTask([.. paths.Select(path => path.Select(value => value / largest).ToArray())], [.. words.Select(word => word / largestWord)]);
    }

    private static double[] Path(Random random, int letters)
    {
        var path = new double[Steps * Channels];
        for (int i = 0; i < path.Length; i++)
        {
            path[i] = i % Channels < letters ? Math.Round(RandomCells.Normal(random)) + (i < Channels ? 0 : path[i - Channels]) : 0;
        }

        return path;
    }

    private static double Word(double[] path, int letters)
    {
        var signature = new OperatorGen.Analysis.Signature(PathKind.PiecewiseLinear, Channels, letters);
        for (int t = 0; t < Steps; t++)
        {
            signature.Append([.. Enumerable.Range(0, Channels).Select(c => path[(t * Channels) + c] - (t == 0 ? 0 : path[((t - 1) * Channels) + c]))]);
        }

        return signature[letters == 2 ? OperatorGen.Analysis.Word.Of(0, 1) : OperatorGen.Analysis.Word.Of(0, 1, 2)];
    }
}
