using System;
using System.Linq;
using System.Text;
using Text;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>The n-gram models of the example.</summary>
public sealed class NGramTests
{
    private static readonly Lazy<NGrams> s_grams = new(() => new NGrams(Files.Excerpt));

    [Fact]
    public void Every_order_sums_to_one_over_all_bytes()
    {
        var random = new Random(1);
        byte[] held = Files.HeldOut;
        for (int trial = 0; trial < 60; trial++)
        {
            // Contexts of text, of chance, and shorter than the order.
            byte[] context = new byte[random.Next(0, 12)];
            random.NextBytes(context);
            context = trial % 3 == 0 ? context : held[random.Next(held.Length - 12)..][..context.Length];
            double[] sums = new double[NGrams.Orders], each = new double[NGrams.Orders];
            for (int next = 0; next < 256; next++)
            {
                s_grams.Value.Probabilities(context, (byte)next, each);
                Assert.All(each, probability => Assert.InRange(probability, double.Epsilon, 1));
                sums = [.. sums.Zip(each, (sum, probability) => sum + probability)];
            }

            // 256 additions of numbers with some ten roundings each, of an exact sum of 1.
            Assert.All(sums, sum => Assert.Equal(1, sum, 256 * 20 * 1.2e-16));
        }
    }

    [Fact]
    public void A_model_of_two_bytes_is_the_formula()
    {
        // abab: a 2, b 2 and ab 2, ba 1. Order 1: D = (0 + 1/2) / (0 + 2 2 + 1) = 0.1; P(a) = (2 - 0.1 + 0.1 2 / 256) / 4.
        var grams = new NGrams("abab"u8);
        var found = new double[NGrams.Orders];
        grams.Probabilities([], (byte)'a', found);
        double first = (2 - 0.1 + (0.1 * 2 / 256)) / 4;
        Assert.Equal(first, found[0], 1e-15);

        // Below order 2, a follows b and b follows a: one byte before each. n_1 = 2, n_2 = 0, D = 2.5 / 3; P'(b) = (1 - D + D 2 / 256) / 2.
        // Order 2: ab 2, ba 1: n_1 = n_2 = 1, D = 1.5 / 4; P(b | a) = (2 - D + D 1 P'(b)) / 2.
        double lower = (1 - (2.5 / 3) + (2.5 / 3 * 2 / 256)) / 2;
        grams.Probabilities("a"u8, (byte)'b', found);
        Assert.Equal((2 - 0.375 + (0.375 * lower)) / 2, found[1], 1e-15);
        Assert.Equal(first, found[0], 1e-15);
    }

    [Fact]
    public void A_text_that_was_learned_costs_less_with_every_order()
    {
        double[] bits = s_grams.Value.BitsPerByte(Files.Excerpt.AsSpan(0, 4 * Files.Part), Files.Part);
        Assert.Equal(bits.OrderDescending(), bits);
    }

    [Fact]
    public void Bits_are_the_mean_over_all_bytes_but_the_first_of_each_part()
    {
        byte[] text = Encoding.ASCII.GetBytes("abcabcab");
        var each = new double[NGrams.Orders];
        double sum = 0;
        foreach (int i in new[] { 1, 2, 3, 5, 6, 7 })
        {
            s_grams.Value.Probabilities(text.AsSpan((i / 4 * 4)..i), text[i], each);
            sum -= Math.Log2(each[2]);
        }

        Assert.Equal(sum / 6, s_grams.Value.BitsPerByte(text, 4)[2], 1e-13);
    }
}
