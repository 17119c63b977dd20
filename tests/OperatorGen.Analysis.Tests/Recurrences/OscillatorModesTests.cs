using System;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Recurrences;

/// <summary>Oscillators as a bank of modes.</summary>
public sealed class OscillatorModesTests
{
    private const double Delta = 0.5;
    private const int Steps = 200;

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.5, false)]
    [InlineData(15, false)]
    [InlineData(300, true)]
    public void Eigenvalues_are_those_in_closed_form(double a, bool isImplicit)
    {
        ModeBank bank = Bank(a, isImplicit);
        Assert.Empty(bank.Blocks);
        double s = 1 / (1 + (Delta * Delta * a)), half = Delta * Delta * a / 2;
        (double re, double im) = isImplicit ? (s, s * Delta * Math.Sqrt(a)) : (1 - half, Math.Sqrt(half * (2 - half)));
        Assert.Equal(re, bank.Eigenvalue(0).Re, 1e-14);
        Assert.Equal(im, bank.Eigenvalue(0).Im, 1e-14);
        Assert.Equal(isImplicit ? Math.Sqrt(s) : 1, bank.Eigenvalue(1).Magnitude, 1e-14);
    }

    [Fact]
    public void Beyond_the_limit_of_the_explicit_scheme_an_eigenvalue_is_beyond_1()
    {
        // Delta^2 A = 4.5: 1 - 2.25 -+ sqrt(2.25^2 - 4.5) = -2 and -1/2.
        ModeBank bank = Bank(18, false);
        Assert.Equal((-2.0, -0.5), (bank.Eigenvalue(0).Re, bank.Eigenvalue(1).Re));
        Assert.Empty(bank.Blocks);
    }

    [Fact]
    public void Where_there_is_one_eigenvector_the_Jordan_block_is_kept()
    {
        foreach (bool isImplicit in new[] { true, false })
        {
            ModeBank bank = Bank(0, isImplicit);
            ModeBlock block = Assert.Single(bank.Blocks);
            Assert.Equal([1, 0, Delta, 1], block.Transition);
            Assert.Equal([(ComplexNumber)1, 1], [bank.Eigenvalue(0), bank.Eigenvalue(1)]);
            Assert.Equal([ComplexNumber.Zero, new ComplexNumber(0.75, -0.5)], bank.Waves(0).Select(wave => wave.Weight)); // z is not read
        }

        // M = [[1, -8], [1/2, -3]]: the double eigenvalue -1.
        ModeBank limit = Bank(16, false);
        Assert.Equal([1, -8, 0.5, -3], Assert.Single(limit.Blocks).Transition);
        Assert.Equal([(ComplexNumber)(-1), -1], [limit.Eigenvalue(0), limit.Eigenvalue(1)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_bank_reads_what_the_oscillator_reads_whatever_its_condition(bool isImplicit)
    {
        double[] near = [.. Enumerable.Range(1, 14).Select(k => Math.Pow(10, -k))];
        double[] a = [0, .. near, 0.3, 1, 4, .. near.Select(x => 16 * (1 - x)), .. near.Skip(3).Select(x => 16 * (1 + x)), 16];
        int blocks = 0;
        foreach (double stiffness in a)
        {
            ModeBank bank = Bank(stiffness, isImplicit);
            blocks += bank.Blocks.Count;
            double[] input = [.. Banks.Reals(new Random(3), Steps)];
            double[] expected = Oscillator(stiffness, isImplicit, input);
            double[] actual = ModeSeries.Readouts(bank, input, Steps);

            // 200 steps of a few roundings of numbers up to 2^10 times as great as the first tap, and eigenvalues that differ by a few 2^-53 each: below
            // 200 * 20 * 2^10 * 2^-53 * f2 = 5e-10 * 1/4, relative to sums of 200 inputs of order 1.
            double size = expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-10 * Math.Max(size, 1)));
        }

        Assert.InRange(blocks, 8, a.Length - 8);
    }

    [Fact]
    public void The_limit_is_where_the_condition_says()
    {
        // Of the implicit scheme |kappa| is about Delta / (2 sqrt A) each, and f2 = Delta^2: the sum over f2 is 1 / (Delta sqrt A).
        double limit = 1 / (OscillatorModes.GreatestCondition * OscillatorModes.GreatestCondition * Delta * Delta);
        Assert.Empty(Bank(limit * 1.01, true).Blocks);
        Assert.Single(Bank(limit * 0.99, true).Blocks);
    }

    [Fact]
    public void An_oscillator_without_a_step_or_with_numbers_that_are_none_is_a_block()
    {
        Assert.Single(OscillatorModes.Bank(1, 1, [1, 0, 0, 1, 0, 0], [1], [1], null).Blocks);
        Assert.Single(OscillatorModes.Bank(1, 1, [double.NaN, 0, 0, 1, 1, 1], [1], [1], null).Blocks);
    }

    private static double[] Step(double a, bool isImplicit)
    {
        double s = isImplicit ? 1 / (1 + (Delta * Delta * a)) : 1;
        return [s, -Delta * a * s, Delta * s, isImplicit ? s : 1 - (Delta * Delta * a), Delta * s, Delta * Delta * s];
    }

    private static ModeBank Bank(double a, bool isImplicit) =>
        OscillatorModes.Bank(1, 1, Step(a, isImplicit), [new ComplexNumber(0.5, 0.25)], [new ComplexNumber(0.75, -0.5)], null);

    // Re(c x) of the state, step by step; in extended precision where it matters: decimal has 28 digits.
    private static double[] Oscillator(double a, bool isImplicit, double[] input)
    {
        decimal[] m = Array.ConvertAll(Step(a, isImplicit), Exact);
        decimal z = 0, x = 0;
        return Array.ConvertAll(input, u =>
        {
            (z, x) = ((m[0] * z) + (m[1] * x) + (m[4] * Exact(u)), (m[2] * z) + (m[3] * x) + (m[5] * Exact(u)));
            return (double)x * 0.5; // c b = (0.75 - 0.5 i) (0.5 + 0.25 i) has the real part 0.5
        });
    }

    // A conversion keeps 15 digits; the rest has the next ones.
    private static decimal Exact(double value) => new decimal(value) + new decimal(value - (double)new decimal(value));
}
