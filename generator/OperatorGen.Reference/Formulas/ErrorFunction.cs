using System;

namespace OperatorGen.Reference;

/// <summary>The error function in double precision, from its series near 0 and its continued fraction further out.</summary>
public static class ErrorFunction
{
    /// <summary>
    /// <c>erf x = 2/sqrt(pi) e^(-x^2) sum_{n>=0} 2^n x^(2n+1) / (1 3 5 ... (2n+1))</c> for |x| below 1 (all terms have one sign); 1 - erfc x above.
    /// </summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) >= 1)
        {
            return x > 0 ? 1 - Erfc(x) : Erfc(-x) - 1;
        }

        double term = x;
        double sum = x;
        for (int n = 1; n < 40; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>
    /// <c>erfc x = e^(-x^2)/sqrt(pi) 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...))))</c> for x from 1 on; 1 - erf x between -1 and 1; 2 - erfc(-x) below.
    /// The fraction's error falls like exp(-2 x sqrt(2 n)) with its depth n.
    /// </summary>
    public static double Erfc(double x)
    {
        if (Math.Abs(x) < 1 || double.IsNaN(x))
        {
            return 1 - Erf(x);
        }

        if (x < 0)
        {
            return 2 - Erfc(-x);
        }

        int depth = 20 + (int)(200 / (x * x));
        double fraction = x;
        for (int n = depth; n >= 1; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
