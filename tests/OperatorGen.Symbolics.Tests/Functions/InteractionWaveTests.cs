using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Functions;

/// <summary>
/// A product of waves is a wave. Eigenvalues are multiples of 1/4, drives whole numbers and sequences of 5 steps: states have 8 bits behind the point, products of three of
/// them 24, with fewer than 24 before it, so that all of them are doubles and nothing rounds.
/// </summary>
public sealed class InteractionWaveTests
{
    private const int Steps = 5;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_recurrence_of_a_product_of_waves_has_its_eigenvalue(int count)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            Complex[] eigenvalues = [.. Enumerable.Range(0, count).Select(_ => new Complex(random.Next(-3, 4) / 4.0, random.Next(-3, 4) / 4.0))];
            double[][] drives = [.. eigenvalues.Select(_ => Enumerable.Range(0, Steps).Select(_ => (double)random.Next(-2, 3)).ToArray())];
            Complex[][] states = [.. eigenvalues.Select((lambda, i) => States(lambda, drives[i]))];
            foreach (InteractionWave wave in InteractionWave.Of([.. eigenvalues.Select(lambda => (Own(lambda), 1))]))
            {
                for (int t = 0; t < Steps; t++)
                {
                    Complex Before(int i) => t == 0 ? Complex.Zero : states[i][t - 1];
                    Complex[] decayed = [.. eigenvalues.Select((lambda, i) => Conjugated(lambda * Before(i), wave.Signs[i]))];
                    Complex before = Product(Enumerable.Range(0, count).Select(i => Conjugated(Before(i), wave.Signs[i])));
                    Complex driven = Driven(decayed, [.. drives.Select(drive => drive[t])]);
                    Complex product = Product(Enumerable.Range(0, count).Select(i => Conjugated(states[i][t], wave.Signs[i])));
                    Assert.Equal(product, (new Complex(wave.Eigenvalue.Re, wave.Eigenvalue.Im) * before) + driven);
                }
            }
        }
    }

    [Fact]
    public void A_product_of_real_parts_is_the_sum_of_its_waves_by_their_shares()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            (Complex Eigenvalue, int Power)[] factors = [.. Enumerable.Range(0, 1 + (seed % 3)).Select(_ => (new Complex(random.Next(-3, 4) / 4.0, random.Next(-3, 4) / 4.0), random.Next(1, 3)))];
            Complex[] states = [.. factors.Select(factor => States(factor.Eigenvalue, [1, -2, 0, 1, 2])[^1])];
            double expected = factors.Zip(states, (factor, state) => Math.Pow(state.Real, factor.Power)).Aggregate((a, b) => a * b);
            IReadOnlyList<InteractionWave> waves = InteractionWave.Of([.. factors.Select(factor => (Own(factor.Eigenvalue), factor.Power))]);
            Complex[] repeated = [.. factors.SelectMany((factor, i) => Enumerable.Repeat(states[i], factor.Power))];
            Assert.Equal(expected, waves.Sum(wave => wave.Share * Product(repeated.Select((state, i) => Conjugated(state, wave.Signs[i]))).Real));
            Assert.Equal(1, waves.Sum(wave => wave.Share));
        }
    }

    [Fact]
    public void Two_waves_meet_at_the_sum_and_the_difference_of_their_frequencies()
    {
        ComplexNumber first = new(0, 0.5), second = new(0.5, 0.5);
        IReadOnlyList<InteractionWave> waves = InteractionWave.Of([(first, 1), (second, 1)]);
        Assert.Equal(["++", "+-"], waves.Select(wave => wave.Signs));
        Assert.Equal([0.5, 0.5], waves.Select(wave => wave.Share));

        // pi/2 + pi/4 and pi/2 - pi/4 exactly; arg and the sums round to some units of 2^-53 of at most pi, fewer than 8.
        const double Rounding = 8 * Math.PI / (1L << 53);
        Assert.Equal(3 * Math.PI / 4, waves[0].Frequency, Rounding);
        Assert.Equal(Math.PI / 4, waves[1].Frequency, Rounding);
        Assert.Equal(8, waves[1].Period, 8 * 8 * Rounding);

        // |lambda| = 2^-1.5; logarithms and quotients round to some units of the last place of a lifetime below 1.
        Assert.All(waves, wave => Assert.Equal(1 / ((1 / new Wave(first, 1).Lifetime) + (1 / new Wave(second, 1).Lifetime)), wave.Lifetime, 16.0 / (1L << 53)));
    }

    [Fact]
    public void Real_waves_have_one_product_and_a_square_has_the_frequency_0()
    {
        InteractionWave real = Assert.Single(InteractionWave.Of([(0.5, 2), (-0.25, 1)]));
        Assert.Equal(("+++", new ComplexNumber(-0.0625, 0), 1.0, 2.0), (real.Signs, real.Eigenvalue, real.Share, real.Period));
        IReadOnlyList<InteractionWave> square = InteractionWave.Of([(new ComplexNumber(0, 0.5), 2)]);
        Assert.Equal([("++", new ComplexNumber(-0.25, 0), 0.5), ("+-", new ComplexNumber(0.25, 0), 0.5)], square.Select(wave => (wave.Signs, wave.Eigenvalue, wave.Share)));
        Assert.Equal(double.PositiveInfinity, square[1].Period);
    }

    [Fact]
    public void No_factor_and_no_power_are_refused()
    {
        Assert.Throws<ArgumentException>(() => InteractionWave.Of([]));
        Assert.Throws<ArgumentException>(() => InteractionWave.Of([(0.5, 0)]));
    }

    private static Complex[] States(Complex lambda, double[] drive)
    {
        var states = new Complex[drive.Length];
        for (int t = 0; t < states.Length; t++)
        {
            states[t] = (t == 0 ? 0 : lambda * states[t - 1]) + drive[t];
        }

        return states;
    }

    /// <summary>The products with at least one drive, which is real: all products of decayed states and drives but that of decayed states alone.</summary>
    private static Complex Driven(Complex[] decayed, double[] drives)
    {
        Complex sum = 0;
        for (int choice = 1; choice < 1 << decayed.Length; choice++)
        {
            sum += Product(decayed.Select((state, i) => (choice >> i & 1) == 1 ? drives[i] : state));
        }

        return sum;
    }

    private static Complex Product(IEnumerable<Complex> factors) => factors.Aggregate((a, b) => new Complex((a.Real * b.Real) - (a.Imaginary * b.Imaginary), (a.Real * b.Imaginary) + (a.Imaginary * b.Real)));

    private static Complex Conjugated(Complex value, char sign) => sign == '-' ? Complex.Conjugate(value) : value;

    private static ComplexNumber Own(Complex value) => new(value.Real, value.Imaginary);
}
