using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>Distributions against the plain steps, and tokens against distributions.</summary>
public sealed class TokenSamplerTests
{
    public static TheoryData<double, int, double, double, int> Options => new()
    {
        { 1, 0, 1, 1, 0 },
        { 0, 3, 0.5, 1.5, 0 },
        { 0.3, 0, 1, 1, 0 },
        { 2, 5, 1, 1, 0 },
        { 1, 1, 1, 1, 0 },
        { 1, 1000, 1, 1, 0 },
        { 1, 0, 0.7, 1, 0 },
        { 1.5, 0, 0, 1, 0 },
        { 0.8, 9, 0.6, 1, 0 },
        { 1, 0, 1, 1.3, 0 },
        { 0.9, 12, 0.9, 1.2, 3 },
        { 1, 0, 0.95, 0.5, 2 },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void The_distribution_is_that_of_the_plain_steps(double temperature, int topK, double topP, double penalty, int window)
    {
        var options = new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP, RepetitionPenalty = penalty, RepetitionWindow = window };
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            int vocabulary = random.Next(1, 40);

            // Every second row is made of a few values, so that most logits tie; every third has tokens that are impossible.
            double[] row = [.. Enumerable.Range(0, vocabulary + 4).Select(i =>
                i > 0 && seed % 3 == 0 && random.Next(4) == 0 ? double.NegativeInfinity
                : seed % 2 == 0 ? random.Next(-2, 3)
                : (random.NextDouble() * 24) - 12)];
            int[] history = [.. Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(vocabulary))];
            double[] expected = PlainSampling.Distribution(row, vocabulary, history, options);
            var actual = new double[vocabulary];
            new TokenSampler(vocabulary, options).Distribution<double>(row, history, actual);

            // |a / c| is at most 24 / 0.3 = 80 (with the penalty), so that rounding it changes e^(a / c) by 80 2^-53; the difference to the maximum has as much
            // again. Both exponentials are within an ulp, and three sums of at most 40 terms and three divisions on either side are within 250 2^-53.
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, pair.First * 500 * Math.ScaleB(1, -53)));
        }
    }

    [Fact]
    public void Rows_of_floats_are_taken_as_they_are()
    {
        float[] row = [0.1f, -1.7f, 3.3f];
        var ofFloats = new double[3];
        var ofDoubles = new double[3];
        new TokenSampler(3).Distribution<float>(row, [], ofFloats);
        new TokenSampler(3).Distribution<double>(Array.ConvertAll(row, v => (double)v), [], ofDoubles);
        Assert.Equal(ofDoubles, ofFloats);
    }

    [Fact]
    public void The_penalty_counts_a_token_once_and_lowers_negative_logits_too()
    {
        double[] row = [2, -1, 0, 2];
        var probabilities = new double[4];
        new TokenSampler(4, new SamplingOptions { RepetitionPenalty = 2 }).Distribution<double>(row, [0, 0, 1, 0, 2], probabilities);
        double[] powers = [Math.Exp(1), Math.Exp(-2), 1, Math.Exp(2)];

        // Few operations: 16 ulp are more than their sum.
        Assert.All(powers.Zip(probabilities), pair => Assert.Equal(pair.First / powers.Sum(), pair.Second, 16 * Math.ScaleB(1, -53)));
    }

    [Fact]
    public void Temperatures_and_logits_near_the_ends_of_double_overflow_nowhere()
    {
        double[] row = [-1e308, 1e308, 1e308, double.NegativeInfinity];
        foreach (double temperature in new[] { double.Epsilon, 1, double.MaxValue })
        {
            foreach (double penalty in new[] { double.Epsilon, 1, double.MaxValue })
            {
                var options = new SamplingOptions { Temperature = temperature, RepetitionPenalty = penalty };
                var probabilities = new double[4];
                new TokenSampler(4, options).Distribution<double>(row, [0, 1, 2], probabilities);
                Assert.Equal(probabilities[1], probabilities[2]);

                // A sum of four numbers that are each within half an ulp of 1 or below.
                Assert.Equal(1, probabilities.Sum(), 4 * Math.ScaleB(1, -53));
                Assert.Equal(0, probabilities[3]);
            }
        }
    }

    [Fact]
    public void Ties_go_to_the_lower_id()
    {
        double[] row = [0, 1, 1, 0, 1, 1];
        Assert.Equal(1, new TokenSampler(6, new SamplingOptions { Temperature = 0 }).Sample<double>(row));
        Assert.Equal([1, 2], Possible(row, new SamplingOptions { TopK = 2 }));
        Assert.Equal([0, 1, 2, 4, 5], Possible(row, new SamplingOptions { TopK = 5 }));

        // Four weights of exactly 1 after top-k: half of them is exactly 0.5.
        Assert.Equal([1, 2], Possible(row, new SamplingOptions { TopK = 4, TopP = 0.5 }));
        Assert.Equal([1, 2, 4], Possible(row, new SamplingOptions { TopK = 4, TopP = Math.BitIncrement(0.5) }));
        Assert.Equal([1], Possible(row, new SamplingOptions { TopP = 0 }));
    }

    [Theory]
    [InlineData(double.NaN, "The logit of token 2 is not a number")]
    [InlineData(double.PositiveInfinity, "The logit of token 2 is +infinity")]
    public void A_logit_that_has_no_meaning_is_named(double logit, string message)
    {
        var sampler = new TokenSampler(4, new SamplingOptions { Seed = 5 });
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => sampler.Sample<double>([1, 2, logit, logit])).Message, StringComparison.Ordinal);

        // Chance did not move, and what is beyond the vocabulary is never read.
        double[] flat = [0, 0, 0, 0, double.NaN];
        Assert.Equal(new TokenSampler(4, new SamplingOptions { Seed = 5 }).Sample<double>(flat), sampler.Sample<double>(flat));
    }

    [Fact]
    public void Rows_histories_and_destinations_that_do_not_fit_are_refused()
    {
        var sampler = new TokenSampler(2, new SamplingOptions { RepetitionPenalty = 2 });
        Assert.Contains("all 2 tokens are -infinity", Assert.Throws<ArgumentException>(() => sampler.Sample<float>([float.NegativeInfinity, float.NegativeInfinity])).Message, StringComparison.Ordinal);
        Assert.Contains("The row has 1 logits", Assert.Throws<ArgumentException>(() => sampler.Sample<float>([1])).Message, StringComparison.Ordinal);
        Assert.Contains("The token 2 at position 1", Assert.Throws<ArgumentException>(() => sampler.Sample<float>([1, 2], [0, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("room for 3", Assert.Throws<ArgumentException>(() => sampler.Distribution<float>([1, 2], [], new double[3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(0));
    }

    [Theory]
    [InlineData(42, "035776566452625746550134")]
    [InlineData(-1, "464545265420331615330463")]
    public void A_seed_gives_the_same_tokens_for_ever(long seed, string tokens)
    {
        // Eight equal weights: the token is the upper three bits of xoshiro256**, made here by another implementation.
        var sampler = new TokenSampler(8, new SamplingOptions { Seed = seed });
        Assert.Equal(tokens, string.Concat(tokens.Select(_ => sampler.Sample<float>(new float[8]))));
    }

    [Fact]
    public void Tokens_follow_the_distribution()
    {
        const int Draws = 200_000;
        float[] row = [1, -1, 0.5f, float.NegativeInfinity, 2, -3, 0, 5];
        var options = new SamplingOptions { Temperature = 1.25, TopK = 6, TopP = 0.999, RepetitionPenalty = 4, Seed = 11 };
        var sampler = new TokenSampler(8, options);
        var probabilities = new double[8];
        sampler.Distribution<float>(row, [7], probabilities);
        var counts = new int[8];
        for (int i = 0; i < Draws; i++)
        {
            counts[sampler.Sample<float>(row, [7])]++;
        }

        int possible = probabilities.Count(p => p > 0);
        Assert.Equal(6, possible);
        Assert.All(Enumerable.Range(0, 8).Where(i => probabilities[i] == 0), i => Assert.Equal(0, counts[i]));
        double statistic = Enumerable.Range(0, 8).Where(i => probabilities[i] > 0).Sum(i => Math.Pow(counts[i] - (Draws * probabilities[i]), 2) / (Draws * probabilities[i]));

        // Chi-square of 5 degrees of freedom is above 35.9 once in a million.
        Assert.InRange(statistic, 0, 35.9);
    }

    private static int[] Possible(double[] row, SamplingOptions options)
    {
        var probabilities = new double[row.Length];
        new TokenSampler(row.Length, options).Distribution<double>(row, [], probabilities);
        return [.. Enumerable.Range(0, row.Length).Where(i => probabilities[i] > 0)];
    }
}
