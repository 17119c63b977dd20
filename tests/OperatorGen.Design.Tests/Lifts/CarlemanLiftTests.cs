using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Design.Tests.Lifts;

/// <summary>The recurrence of products of states beside the products of the recurrence.</summary>
public sealed class CarlemanLiftTests
{
    private static readonly ComplexNumber[] s_eigenvalues = [new(0.6, 0.7), new(-0.3, 0.9), new(0.95, 0)];

    /// <summary>C(5 + 3, 3) - 1 products of two complex states, their conjugates and a real one.</summary>
    [Fact]
    public void All_products_up_to_the_order_are_there()
    {
        CarlemanLift lift = CarlemanLift.Of(s_eigenvalues, 3);
        Assert.Equal(["s_0", "s_0*", "s_1", "s_1*", "s_2"], lift.Variables.Select(variable => variable.ToString()));
        Assert.Equal(55, lift.Monomials.Count);
        Assert.Equal(55, lift.Monomials.Distinct().Count());
        Assert.Equal(lift.Monomials.Order(), lift.Monomials);
    }

    /// <summary>
    /// P = s_i s_j: P(t) = lambda_i lambda_j P(t-1) + v (lambda_i s_i + lambda_j s_j) + v^2, and a pair of a state and its conjugate turns at the difference of the frequencies, 0.
    /// </summary>
    [Fact]
    public void A_pair_is_driven_by_its_waves_and_by_the_squared_input()
    {
        CarlemanLift lift = CarlemanLift.Of(s_eigenvalues, 2);
        int pair = Row(lift, 0, 2), first = Row(lift, 0), second = Row(lift, 2);
        Assert.Equal(
            [
                new LiftTerm(pair, s_eigenvalues[0] * s_eigenvalues[1], Monomial.Of()),
                new LiftTerm(first, s_eigenvalues[0], Monomial.Of(2)),
                new LiftTerm(second, s_eigenvalues[1], Monomial.Of(0)),
                new LiftTerm(-1, ComplexNumber.One, Monomial.Of(0, 2)),
            ],
            lift.Terms(pair));
        Assert.Equal(s_eigenvalues[0] * s_eigenvalues[1], lift.Eigenvalue(pair));
        Assert.Equal(0, lift.Eigenvalue(Row(lift, 0, 1)).Phase);
        Assert.Equal(Row(lift, 1, 3), lift.Conjugate(pair));
        Assert.Equal(Row(lift, 0, 1), lift.Conjugate(Row(lift, 0, 1)));
    }

    /// <summary>200 steps. A step of degree 3 has some 30 roundings of its largest term, 2^-53 each, and modes of modulus below 0.95 forget them after 20 steps: 1e-12 is far above.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_lift_steps_as_the_products_of_the_states_do(bool shared)
    {
        // Of shared modes each has a drive of its own: here two inputs with complex weights.
        ComplexNumber[][] weights = [[new(1, 0.5), new(-0.5, 1)], [new(0.25, -1), new(1, 0)], [1, -2]];
        CarlemanLift lift = CarlemanLift.Of(s_eigenvalues, 3);
        var states = new ComplexNumber[lift.Variables.Count];
        ComplexNumber[] lifted = new ComplexNumber[lift.Monomials.Count], next = new ComplexNumber[lifted.Length];
        double largest = 0, difference = 0;
        for (int t = 0; t < 200; t++)
        {
            double input = Math.Sin(0.3 * t) + (t % 7 == 0 ? 1 : 0);
            double other = Math.Cos(0.2 * t);
            ComplexNumber[] drives = [.. weights.Select(row => shared ? (input * row[0]) + (other * row[1]) : input)];
            if (shared)
            {
                lift.Step(lifted, drives, next);
            }
            else
            {
                lift.Step(lifted, input, next);
            }

            (lifted, next) = (next, lifted);
            for (int i = 0; i < states.Length; i++)
            {
                LiftVariable variable = lift.Variables[i];
                ComplexNumber drive = drives[variable.Mode];
                states[i] = (variable.Eigenvalue * states[i]) + (variable.IsConjugate ? drive.Conjugate() : drive);
            }

            for (int row = 0; row < lifted.Length; row++)
            {
                ComplexNumber product = ComplexNumber.One;
                foreach (Factor factor in lift.Monomials[row])
                {
                    for (int k = 0; k < factor.Power; k++)
                    {
                        product *= states[factor.Variable];
                    }
                }

                largest = Math.Max(largest, product.Magnitude);
                difference = Math.Max(difference, (product - lifted[row]).Magnitude);
            }
        }

        Assert.True(largest > 10, $"{largest}");
        Assert.InRange(difference, 0, 1e-12 * largest);
    }

    [Fact]
    public void What_has_no_lift_is_refused()
    {
        Assert.Contains("1 to 32, not 33", Assert.Throws<ArgumentOutOfRangeException>(() => CarlemanLift.Of(s_eigenvalues, 33)).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 32, not 0", Assert.Throws<ArgumentOutOfRangeException>(() => CarlemanLift.Of(s_eigenvalues, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one mode", Assert.Throws<ArgumentException>(() => CarlemanLift.Of([], 2)).Message, StringComparison.Ordinal);
        string message = Assert.Throws<ArgumentException>(() => CarlemanLift.Of([.. Enumerable.Repeat(new ComplexNumber(0.5, 0.5), 64)], 3)).Message;
        Assert.Contains("366144 products up to order 3; a lift has at most 100000", message, StringComparison.Ordinal);
        CarlemanLift lift = CarlemanLift.Of(s_eigenvalues, 1);
        Assert.Throws<ArgumentException>(() => lift.Step(new ComplexNumber[4], 0, new ComplexNumber[5]));
        Assert.Throws<ArgumentException>(() => lift.Step(new ComplexNumber[5], new ComplexNumber[2], new ComplexNumber[5]));
    }

    private static int Row(CarlemanLift lift, params int[] variables) => lift.Monomials.ToList().IndexOf(Monomial.Of(variables));
}
