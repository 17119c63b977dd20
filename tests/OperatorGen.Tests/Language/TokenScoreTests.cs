using System;
using System.Linq;
using System.Threading;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>Scores against the formula, one text per token.</summary>
public sealed class TokenScoreTests
{
    [Fact]
    public void A_score_is_the_sum_of_the_formula()
    {
        SmallModel<double> model = SmallModel<double>.Random(9, 1);
        int[] tokens = Tokens(40, 9);
        var values = new double[tokens.Length];
        double sum = TokenScore.PerToken(model, tokens, model.CreateState(), values);
        Assert.Equal(0, values[0]);
        double expectedSum = 0;
        for (int t = 1; t < tokens.Length; t++)
        {
            double expected = Plain(model, tokens[..t], tokens[t]);
            expectedSum += expected;

            // |logit| is below 3 + 0.25 * 16 = 7: rounding one changes its exponential by 7 2^-53, the other operations (9 terms, two logarithms and exponentials of an ulp,
            // values below 17) on either side change the logarithm by less than 60 2^-53.
            Assert.Equal(expected, values[t], 64 * Math.ScaleB(1, -53));
        }

        // The sum of at most 39 values below 17, and their errors.
        Assert.Equal(expectedSum, sum, 39 * ((39 * 17) + 64) * Math.ScaleB(1, -53));
        Assert.Equal(sum, TokenScore.Of(model, tokens));
    }

    [Fact]
    public void Texts_of_no_token_or_of_one_score_zero()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 1);
        Assert.Equal(0, TokenScore.Of(model, []));
        Assert.Equal(0, TokenScore.Of(model, [4]));
        Assert.Equal(0, model.LongestCall);
        Assert.Throws<ArgumentException>(() => TokenScore.Of(model, [9]));
    }

    [Fact]
    public void Long_texts_are_taken_in_pieces_and_give_the_same_bits()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 2);
        int[] tokens = Tokens(1000, 9);
        var whole = new double[1000];
        TokenScore.PerToken(model, tokens, model.CreateState(), whole);
        Assert.Equal(256, model.LongestCall);

        // Pieces of one's own, each beginning with the last token of the one before.
        SequenceState<float> state = model.CreateState();
        var values = new double[1000];
        foreach ((int start, int end) in new[] { (0, 1), (0, 2), (1, 300), (299, 301), (300, 1000) })
        {
            var piece = new double[end - start];
            TokenScore.PerToken(model, tokens.AsSpan(start..end), state, piece);
            piece.AsSpan(1).CopyTo(values.AsSpan(start + 1));
            Assert.Equal(end - 1, state.Steps);
        }

        Assert.Equal(whole, values);
    }

    [Fact]
    public void Wide_rows_are_made_few_at_a_time()
    {
        // Rows of 2^16 numbers: 32 of them are 2^21.
        SmallModel<float> model = SmallModel<float>.Random(9, 2, padding: (1 << 16) - 9);
        TokenScore.Of(model, Tokens(100, 9));
        Assert.Equal(32, model.LongestCall);
    }

    [Fact]
    public void Great_logits_overflow_nowhere()
    {
        // After token 0 come logits of 1e4 and less, after token 1 of -1e4 and less; e^-1000 is nothing beside 1.
        var model = new SmallModel<double>(new double[,] { { 1e4, 9e3 }, { -1e4, -1.1e4 } });
        Assert.Equal([0, 1000, 0, 0], Values(model, [0, 1, 0, 0]));
        Assert.Equal([0, 1000, 1000], Values(model, [0, 1, 1]));
    }

    [Fact]
    public void Impossible_tokens_are_infinite_and_logits_without_meaning_carry_on()
    {
        double minus = double.NegativeInfinity;
        Assert.Equal([0, 0, double.PositiveInfinity], Values(new SmallModel<double>(new double[,] { { 1, minus }, { 1, 1 } }), [0, 0, 1]));
        Assert.Equal([0, double.NaN], Values(new SmallModel<double>(new double[,] { { 1, double.NaN }, { 1, 1 } }), [0, 0]));
        Assert.Equal([0, double.NaN], Values(new SmallModel<double>(new double[,] { { 1, double.PositiveInfinity }, { 1, 1 } }), [0, 1]));
        Assert.Equal([0, double.NaN], Values(new SmallModel<double>(new double[,] { { minus, minus }, { 1, 1 } }), [0, 1]));
    }

    [Fact]
    public void Cancellation_stops_between_pieces()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 3);
        using var source = new CancellationTokenSource();
        model.BeforeCall = source.Cancel;
        SequenceState<float> state = model.CreateState();
        Assert.Throws<OperationCanceledException>(() => TokenScore.PerToken(model, Tokens(1000, 9), state, new double[1000], cancellationToken: source.Token));
        Assert.Equal(256, state.Steps);
    }

    [Fact]
    public void Values_have_the_length_of_the_text()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 4);
        Assert.Throws<ArgumentException>(() => TokenScore.PerToken(model, [1, 2, 3], model.CreateState(), new double[2]));
    }

    private static int[] Tokens(int count, int vocabulary)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];
    }

    private static double[] Values(SmallModel<double> model, int[] tokens)
    {
        var values = new double[tokens.Length];
        TokenScore.PerToken(model, tokens, model.CreateState(), values);
        return values;
    }

    private static double Plain(SmallModel<double> model, int[] before, int token)
    {
        var logits = new double[model.Metadata.OutputWidth];
        model.Prefill(before, logits, model.CreateState());
        return -Math.Log(Math.Exp(logits[token]) / logits.Take(model.Vocabulary).Sum(Math.Exp));
    }
}
