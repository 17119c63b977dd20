using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tests.Contributions;

/// <summary>Functions and polynomials of whole arrays by vectors: the numbers of the plain evaluation, up to rounding.</summary>
public sealed class VectorEvaluationTests
{
    public static TheoryData<string> Functions => [.. DecoderFunctions.All.Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_of_arrays_of_any_length_are_the_plain_ones(string name)
    {
        DecoderFunction function = DecoderFunctions.All.Single(each => each.Name == name);
        for (int length = 0; length < 40; length++)
        {
            double[] x = [.. Enumerable.Range(0, length).Select(i => (i * 1.7) - 30)];
            var plain = new double[length];
            var vectors = new double[length];
            DecoderEvaluation.Plain.Values(function, x, plain);
            VectorEvaluation.Instance.Values(function, x, vectors);

            // Some units in the last place of the argument or of 1, as the vector functions are made.
            Assert.All(Enumerable.Range(0, length), i => Assert.Equal(plain[i], vectors[i], 1e-14 * Math.Max(1, Math.Abs(x[i]))));
            VectorEvaluation.Instance.Values(function, x, x);
            Assert.Equal(vectors, x);
        }
    }

    [Fact]
    public void Polynomials_of_columns_are_the_plain_ones_whatever_their_number_and_orders_are()
    {
        const int Rows = 3;
        for (int columns = 1; columns < 20; columns++)
        {
            DecoderPolynomial[] polynomials =
            [
                .. Enumerable.Range(0, columns).Select(c => c % 2 == 0
                    ? DecoderPolynomial.Chebyshev(DecoderFunctions.GeluErf, 1 + (c % 8), -2 - c, 1)
                    : DecoderPolynomial.Taylor(DecoderFunctions.Tanh, 1 + (c % 5), 0.25)),
            ];
            double[] x = [.. Enumerable.Range(0, Rows * columns).Select(i => Math.Sin(i))];
            var plain = new double[x.Length];
            var vectors = new double[x.Length];
            DecoderEvaluation.Plain.Values(polynomials, x, plain);
            VectorEvaluation.Instance.Values(polynomials, x, vectors);

            // At most eight steps of a recurrence of numbers of order 1, three roundings each.
            Assert.All(plain.Zip(vectors), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        }
    }
}
