using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>Readouts of linear controlled differential equations as projections of signatures.</summary>
public sealed class SignatureProjectionTests
{
    /// <summary>One state, y = c e^(a X): the word 1...1 of k letters has the coefficient c a^k z.</summary>
    [Fact]
    public void Coefficients_are_products_of_matrices()
    {
        SignatureProjection projection = SignatureProjection.Of(Scalar(0.5, 3, 2), 0, 4);
        Assert.Equal(6, projection.Constant);
        Assert.Equal([3, 1.5, 0.75, 0.375], projection.Coefficients);
        Assert.True(projection.HasLongerWords);
        Assert.False(SignatureProjection.Of(Scalar(0, 3, 2), 0, 4).HasLongerWords);
    }

    /// <summary>With B the 1 behind the state: the words of j first and then the matrices, here B, a B, a^2 B.</summary>
    [Fact]
    public void Forced_words_begin_with_the_input()
    {
        var recurrence = new ControlledRecurrence(1, 1, 1, ControlledStep.Exponential, [0.5], [4], [0], [1]);
        SignatureProjection projection = SignatureProjection.Of(recurrence, 0, 3);
        Assert.Equal([4, 2, 1], projection.Coefficients);
        Assert.True(projection.IsForced);
        Assert.Equal(1, projection.StartNorm);
    }

    /// <summary>sum over k above p of R^k / k! is e^R less its first terms; at most a few units of rounding of e^R away.</summary>
    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(3.5, 2)]
    [InlineData(3.5, 12)]
    [InlineData(30, 5)]
    public void The_remainder_is_that_of_the_exponential(double radius, int level)
    {
        double first = 0, term = 1;
        for (int k = 0; k <= level; k++)
        {
            first += term;
            term *= radius / (k + 1);
        }

        double expected = 6 * (Math.Exp(radius) - first), bound = SignatureProjection.Of(Scalar(1, 3, 2), 0, 1).Remainder(radius, level);
        Assert.Equal(expected, bound, 6 * 1e-14 * Math.Exp(radius));
        Assert.True(bound >= 6 * term, "The first term that is left out is in it.");
    }

    [Fact]
    public void What_is_no_bound_is_infinite()
    {
        SignatureProjection projection = SignatureProjection.Of(Scalar(1, 3, 2), 0, 1);
        Assert.Equal(0, projection.Remainder(0, 3));
        Assert.Equal(double.PositiveInfinity, projection.Remainder(double.NaN, 3));
        Assert.Equal(double.PositiveInfinity, projection.Remainder(1e9, 3));
        Assert.Equal(double.PositiveInfinity, projection.Remainder(double.PositiveInfinity, 3));
    }

    /// <summary>Squares of such numbers are 0 in double precision.</summary>
    [Fact]
    public void Small_numbers_have_norms()
    {
        SignatureProjection projection = SignatureProjection.Of(Scalar(1e-200, 1e-200, 1e-200), 0, 1);
        Assert.Equal(1e-200, projection.ReadNorm);
        Assert.Equal(1e-200, projection.StartNorm);
        Assert.Equal(2e-200, projection.StepNorm([2]), 1e-214);
    }

    /// <summary>The spectral norm of a rotation by any angle, scaled by 3, is 3; the bound is above it by 3^(1/256) at most, of three rows with the 1 behind.</summary>
    [Fact]
    public void The_norm_of_a_step_is_nearly_the_spectral_one()
    {
        double[] a = [3 * Math.Cos(1), -3 * Math.Sin(1), 3 * Math.Sin(1), 3 * Math.Cos(1)];
        var recurrence = new ControlledRecurrence(1, 2, 1, ControlledStep.Exponential, a, [0, 0], [1, 0], [1, 0]);
        Assert.InRange(SignatureProjection.Of(recurrence, 0, 1).StepNorm([1]), 3 - 1e-14, 3 * Math.Pow(3, 1.0 / 256));
    }

    [Fact]
    public void Long_words_of_one_letter_do_not_overflow_the_stack() =>
        Assert.Equal(200_000, SignatureProjection.Of(Scalar(1, 1, 1), 0, 200_000).Coefficients.Count(coefficient => coefficient == 1));

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        SignatureProjection projection = SignatureProjection.Of(Scalar(1, 1, 1), 0, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => SignatureProjection.Of(Scalar(1, 1, 1), 1, 2));
        Assert.Throws<ArgumentNullException>(() => SignatureProjection.Of(null!, 0, 2));
        Assert.Throws<ArgumentException>(() => projection.StepNorm([1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => projection.Commutator(0, 1));
        Assert.Throws<ArgumentException>(() => projection.ValueOf(new Signature(PathKind.Axis, 1, 2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => projection.ValueOf(new Signature(PathKind.PiecewiseLinear, 1, 2), 3));
    }

    private static ControlledRecurrence Scalar(double a, double start, double read) =>
        new(1, 1, 1, ControlledStep.Exponential, [a], [0], [start], [read]);
}
