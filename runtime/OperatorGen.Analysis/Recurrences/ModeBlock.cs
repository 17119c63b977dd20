using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Consecutive modes of a bank whose states mix, <c>s(t) = T s(t-1) + x(t)</c>, where they have no eigenvectors, or none that a double could hold to the end. T is
/// real; the states are complex where the drive is, and their real and imaginary parts are then two recurrences with the same T.
/// </summary>
/// <param name="First">The first mode.</param>
/// <param name="Size">How many modes there are, at least 1.</param>
/// <param name="Transition">T, [row, column].</param>
public sealed record ModeBlock(int First, int Size, EquatableArray<double> Transition)
{
    private const int GreatestPower = 1 << 17;
    private const double Negligible = 1.0 / (1L << 50);

    /// <summary>T_(row, column).</summary>
    public double this[int row, int column] => Transition[(row * Size) + column];

    /// <summary>Adds T s to what is there.</summary>
    /// <param name="state">s, [component].</param>
    /// <param name="sum">Takes the sum, [component]; another array than the state.</param>
    public void AddProduct(ReadOnlySpan<double> state, Span<double> sum)
    {
        ReadOnlySpan<double> row = Transition.Span;
        for (int i = 0; i < Size; i++, row = row.Slice(Size))
        {
            double product = sum[i];
            for (int j = 0; j < Size; j++)
            {
                product += row[j] * state[j];
            }

            sum[i] = product;
        }
    }

    /// <summary>The block with the transposed matrix.</summary>
    public ModeBlock Transposed()
    {
        var transposed = new double[Size * Size];
        for (int k = 0; k < transposed.Length; k++)
        {
            transposed[k] = this[k % Size, k / Size];
        }

        return this with { Transition = new(transposed) };
    }

    /// <summary>
    /// sum_tau |T^tau b| of every component, summed until the powers are negligible against what they were at most. In double and without a proof: what is shown and what is
    /// ranked is made of it.
    /// </summary>
    /// <param name="vector">b, [component].</param>
    /// <returns>[component]; infinite where 2^17 powers are not enough.</returns>
    public double[] Sums(ReadOnlySpan<ComplexNumber> vector)
    {
        var sums = new double[Size];
        double[] re = new double[Size], im = new double[Size], nextRe = new double[Size], nextIm = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            (re[i], im[i]) = (vector[i].Re, vector[i].Im);
        }

        double most = 0;
        for (int tau = 0; tau < GreatestPower; tau++)
        {
            double size = 0;
            for (int i = 0; i < Size; i++)
            {
                double magnitude = new ComplexNumber(re[i], im[i]).Magnitude;
                sums[i] += magnitude;
                size = Math.Max(size, magnitude);
            }

            most = Math.Max(most, size);
            if (size <= most * Negligible)
            {
                return sums;
            }

            Array.Clear(nextRe, 0, Size);
            Array.Clear(nextIm, 0, Size);
            AddProduct(re, nextRe);
            AddProduct(im, nextIm);
            (re, im, nextRe, nextIm) = (nextRe, nextIm, re, im);
        }

        sums.AsSpan().Fill(double.PositiveInfinity);
        return sums;
    }
}
