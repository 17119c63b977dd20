using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>The discretisation of <c>s' = A s + B u</c> with step Delta, per mode (section 0).</summary>
public static class Discretization
{
    /// <summary>The discrete eigenvalue a and the factor phi, of which <c>b-bar = phi B</c>.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="delta">The step size.</param>
    /// <param name="eigenvalue">A.</param>
    public static (Complex Transition, Complex InputFactor) Of(DiscretizationRule rule, double delta, Complex eigenvalue)
    {
        Complex z = delta * eigenvalue;
        return rule switch
        {
            // a = e^(Delta A), phi = (e^(Delta A) - 1) / A
            DiscretizationRule.ZeroOrderHold => (Complex.Exp(z), delta * ExponentialQuotient(z)),

            // a = (1 + Delta A / 2) / (1 - Delta A / 2), phi = Delta / (1 - Delta A / 2)
            DiscretizationRule.Bilinear => ((1 + (z / 2)) / (1 - (z / 2)), delta / (1 - (z / 2))),

            // a = e^(Delta A), phi = Delta
            DiscretizationRule.ExponentialEuler => (Complex.Exp(z), delta),

            // a = A, phi = 1
            DiscretizationRule.None => (eigenvalue, Complex.One),

            _ => throw new NotSupportedException($"The reference knows no discretisation rule {rule}."),
        };
    }

    /// <summary><c>(e^z - 1) / z = sum_{n>=0} z^n / (n+1)!</c>: the series for |z| below 1, where the difference would cancel; 1 at z = 0.</summary>
    private static Complex ExponentialQuotient(Complex z)
    {
        if (Complex.Abs(z) >= 1)
        {
            return (Complex.Exp(z) - 1) / z;
        }

        Complex term = Complex.One;
        Complex sum = Complex.One;
        for (int n = 2; n < 24; n++)
        {
            term *= z / n;
            sum += term;
        }

        return sum;
    }
}
