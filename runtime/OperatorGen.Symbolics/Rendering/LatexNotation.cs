using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Numbers and names in LaTeX mathematics.</summary>
public static class LatexNotation
{
    private static readonly HashSet<string> s_greek =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho",
        "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
        "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
    ];

    /// <summary>The shortest decimal that reads back as the same double, an exponent as a power of ten: <c>1.5 \cdot 10^{-7}</c>.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return @"\mathrm{NaN}";
        }

        return double.IsInfinity(value) ? (value < 0 ? @"-\infty" : @"\infty") : Decimal(NumberText.Format(value));
    }

    /// <summary>A decimal text with its exponent, if it has one, as a power of ten.</summary>
    /// <param name="text">Digits, a point, and perhaps <c>e</c> and an exponent.</param>
    public static string Decimal(string text)
    {
        int mark = text.IndexOfAny(['e', 'E']);
        if (mark < 0)
        {
            return text;
        }

        string exponent = text.Substring(mark + 1).TrimStart('+');
        return text.Remove(mark) + @" \cdot 10^{" + exponent + "}";
    }

    /// <summary><c>\frac{p}{q}</c> with the sign before it, or an integer.</summary>
    public static string Rational(BigRational value)
    {
        if (value.IsInteger)
        {
            return Digits(value.Numerator);
        }

        return (value.Sign < 0 ? "-" : "") + @"\frac{" + Digits(BigInteger.Abs(value.Numerator)) + "}{" + Digits(value.Denominator) + "}";
    }

    /// <summary>
    /// A name: Greek letters by their names, what follows underscores as a subscript, words upright.
    /// <c>alpha_1</c> gives <c>\alpha_{1}</c>, <c>dt_min</c> gives <c>\mathrm{dt}_{\mathrm{min}}</c>.
    /// </summary>
    /// <param name="name">Letters, digits and underscores.</param>
    public static string Symbol(string name)
    {
        string[] parts = name.Split(['_'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return name;
        }

        string head = Word(parts[0]);
        if (parts.Length == 1)
        {
            return head;
        }

        var subscripts = new string[parts.Length - 1];
        for (int i = 0; i < subscripts.Length; i++)
        {
            subscripts[i] = Word(parts[i + 1]);
        }

        return head + "_{" + string.Join(", ", subscripts) + "}";
    }

    private static string Word(string word)
    {
        if (s_greek.Contains(word))
        {
            return "\\" + word;
        }

        return word.Length == 1 || char.IsDigit(word[0]) ? word : @"\mathrm{" + word + "}";
    }

    private static string Digits(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
