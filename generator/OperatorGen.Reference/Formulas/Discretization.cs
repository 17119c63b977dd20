using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>The discretisation of <c>s' = A s + B u</c> with step Delta, per mode.</summary>
public static class Discretization
{
    /// <summary>The discrete eigenvalue a and the factor phi, of which <c>b-bar = phi B</c>.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="delta">The step size.</param>
    /// <param name="eigenvalue">A.</param>
    /// <param name="length">L, the steps of a sequence, for the rule dss.</param>
    public static (Complex Transition, Complex InputFactor) Of(DiscretizationRule rule, double delta, Complex eigenvalue, int? length = null)
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

            DiscretizationRule.Dss => (Complex.Exp(z), Dss(z, eigenvalue, length ?? throw new NotSupportedException("The rule dss needs the length of a sequence."))),

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

    /// <summary>
    /// DSS: <c>phi = (e^z - 1) conj(x) / (x conj(x) + 1e-7)</c>, <c>x = (e^(L z) - 1) A</c>; where Re A is positive with -z in the place of z, times <c>e^(-(L-1) z)</c>.
    /// </summary>
    private static Complex Dss(Complex z, Complex eigenvalue, int length)
    {
        bool grows = eigenvalue.Real > 0;
        Complex step = grows ? -z : z;
        Complex x = step * length * ExponentialQuotient(step * length) * eigenvalue;
        Complex factor = step * ExponentialQuotient(step) * Complex.Conjugate(x) / ((x * Complex.Conjugate(x)).Real + 1e-7);
        return grows ? factor * Complex.Exp(-(length - 1) * z) : factor;
    }
}
