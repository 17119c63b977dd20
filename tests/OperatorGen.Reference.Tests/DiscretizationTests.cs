using System;
using System.Numerics;
using OperatorGen.Models;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class DiscretizationTests
{
    private static readonly Complex Eigenvalue = new(-0.5, 3);

    [Fact]
    public void Zero_order_hold_and_bilinear_agree_to_third_order_in_the_step()
    {
        // e^z - (1 + z/2)/(1 - z/2) = -z^3/12 + O(z^4): a hundredth of the step leaves a millionth of the difference, up to O(z).
        foreach (double delta in new[] { 1e-2, 1e-3 })
        {
            Complex difference = Discretization.Of(DiscretizationRule.ZeroOrderHold, delta, Eigenvalue).Transition
                - Discretization.Of(DiscretizationRule.Bilinear, delta, Eigenvalue).Transition;
            Complex z = delta * Eigenvalue;
            Assert.InRange((difference / (-z * z * z / 12)).Real, 1 - Complex.Abs(z), 1 + Complex.Abs(z));
        }
    }

    [Theory]
    [InlineData(DiscretizationRule.ZeroOrderHold)]
    [InlineData(DiscretizationRule.Bilinear)]
    [InlineData(DiscretizationRule.ExponentialEuler)]
    public void The_input_factor_is_the_step_to_first_order(DiscretizationRule rule)
    {
        Complex factor = Discretization.Of(rule, 1e-4, Eigenvalue).InputFactor;
        Assert.InRange(Complex.Abs((factor / 1e-4) - 1), 0, 1e-4 * Complex.Abs(Eigenvalue));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.33)]
    [InlineData(2)]
    public void The_hold_solves_the_equation_for_a_constant_input(double delta)
    {
        // s' = A s + 1 from s = 0 stays on s(t) = (e^(A t) - 1) / A: two half steps equal one whole step, to a few ulp.
        (Complex half, Complex halfFactor) = Discretization.Of(DiscretizationRule.ZeroOrderHold, delta / 2, Eigenvalue);
        (Complex whole, Complex wholeFactor) = Discretization.Of(DiscretizationRule.ZeroOrderHold, delta, Eigenvalue);
        Assert.InRange(Complex.Abs((half * half) - whole), 0, 2e-15);
        Assert.InRange(Complex.Abs((half * halfFactor) + halfFactor - wholeFactor), 0, 2e-15);
    }

    [Fact]
    public void The_hold_of_a_zero_eigenvalue_is_the_step()
    {
        Assert.Equal((Complex.One, new Complex(0.25, 0)), Discretization.Of(DiscretizationRule.ZeroOrderHold, 0.25, Complex.Zero));
    }

    [Fact]
    public void The_hold_quotient_is_continuous_where_the_series_ends()
    {
        Complex below = Discretization.Of(DiscretizationRule.ZeroOrderHold, Math.BitDecrement(1.0), new Complex(0, 1)).InputFactor;
        Complex above = Discretization.Of(DiscretizationRule.ZeroOrderHold, 1, new Complex(0, 1)).InputFactor;
        Assert.InRange(Complex.Abs(below - above), 0, 1e-15);
    }

    [Fact]
    public void No_rule_leaves_the_eigenvalue_and_the_input_weight()
    {
        Assert.Equal((Eigenvalue, Complex.One), Discretization.Of(DiscretizationRule.None, double.NaN, Eigenvalue));
    }
}
