using System;
using System.Linq;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>
/// A path of increments, [step][letter], that are integers over 8: plain nested sums of integers are then exact, and so are iterated sums in double. And the bound of rounding of its signature.
/// </summary>
internal sealed class SamplePath(int[][] eighths)
{
    /// <summary>The unit roundoff, with room for products of (1 + u): (1 + u)^n - 1 is below 1.01 n u for every n here.</summary>
    public const double Unit = 1.01 / (1L << 53);

    public int Steps => eighths.Length;

    public int Letters => eighths[0].Length;

    public static SamplePath Random(int seed, int letters, int steps)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, steps).Select(_ => Enumerable.Range(0, letters).Select(_ => random.Next(-9, 10)).ToArray())]);
    }

    public SamplePath Reversed() => new([.. eighths.Reverse().Select(row => row.Select(h => -h).ToArray())]);

    public SamplePath Part(int start, int steps) => new(eighths[start..(start + steps)]);

    public double[] Increment(int step) => [.. eighths[step].Select(h => h / 8.0)];

    public Signature Signature(PathKind kind, int level) => Signature(kind, level, h => h);

    /// <summary>The signature of the absolute values: every S^w is a sum of products, and this is the sum of their absolute values.</summary>
    public TensorSeries Magnitude(PathKind kind, int level) => Signature(kind, level, Math.Abs).ToSeries();

    /// <summary>
    /// How often a product in S^w is rounded on its way: once in each step (an axis path has one per letter) where it is added to, and up to three times for each letter that it gains, when the
    /// increment is divided, multiplied and added.
    /// </summary>
    public int Roundings(PathKind kind, int level) => (Steps * (kind == PathKind.Axis ? Letters : 1)) + (3 * level);

    /// <summary>S^w by its definition, exact but for one rounding: sums over t_1 &lt;= ... &lt;= t_k, of which m in one segment count 1 / m!; of iterated sums over t_1 &lt; ... &lt; t_k.</summary>
    public double NestedSum(PathKind kind, Word word)
    {
        int[][] steps = kind == PathKind.Axis
            ? [.. eighths.SelectMany(row => Enumerable.Range(0, Letters).Select(i => row.Select((h, j) => i == j ? h : 0).ToArray()))]
            : eighths;
        bool strict = kind == PathKind.IteratedSums;

        // k! 8^k times the sum over what is left of the word and of the steps: k! / (m_1! m_2! ...) is a product of binomials.
        long Sum(int step, int position)
        {
            if (step == steps.Length || position == word.Length)
            {
                return position == word.Length ? 1 : 0;
            }

            int left = word.Length - position;
            long sum = 0, product = 1, ways = 1;
            for (int m = 0; m <= (strict ? Math.Min(left, 1) : left); m++)
            {
                sum += (strict ? 1 : ways) * product * Sum(step + 1, position + m);
                ways = ways * (left - m) / (m + 1);
                product *= m < left ? steps[step][word[position + m]] : 1;
            }

            return sum;
        }

        double scale = 1;
        for (int k = 1; k <= word.Length; k++)
        {
            scale *= strict ? 8 : 8 * k;
        }

        return Sum(0, 0) / scale;
    }

    private Signature Signature(PathKind kind, int level, Func<double, double> change)
    {
        var signature = new Signature(kind, Letters, level);
        for (int t = 0; t < Steps; t++)
        {
            signature.Append([.. Increment(t).Select(change)]);
        }

        return signature;
    }
}
