using System;
using System.Globalization;
using System.Numerics;
using OperatorGen.Symbolics;
using Rational = OperatorGen.Symbolics.Polynomial<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>
/// Reads the part of AngouriMath's grammar that operators are written in, with its precedence: a power binds first and to the right, then a sign, then
/// <c>*</c> and <c>/</c>, then <c>+</c> and <c>-</c>, then one <c>=</c>; line ends and spaces mean nothing. Variables are w_0, w_1, ... and d.
/// </summary>
/// <param name="text">The equation.</param>
/// <param name="waves">The index of d.</param>
internal sealed class AngouriMathText(string text, int waves)
{
    private readonly string _text = text.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
    private int _at;

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    public (Rational Left, Rational Right) Equation()
    {
        Rational left = Sum();
        Take('=');
        Rational right = Sum();
        return _at == _text.Length ? (left, right) : throw new FormatException($"'{_text[_at..]}' is left over.");
    }

    private Rational Sum()
    {
        Rational sum = Product();
        while (Next is '+' or '-')
        {
            sum = _text[_at++] == '+' ? sum + Product() : sum - Product();
        }

        return sum;
    }

    private Rational Product()
    {
        Rational product = Signed();
        while (Next is '*' or '/')
        {
            product = _text[_at++] == '*' ? product * Signed() : product.Scale(BigRational.One / Signed().Coefficient(Monomial.One));
        }

        return product;
    }

    private Rational Signed()
    {
        if (Next == '-')
        {
            _at++;
            return -Signed();
        }

        Rational basis = Atom();
        if (Next != '^')
        {
            return basis;
        }

        _at++;
        Rational exponent = Signed();
        Rational power = Rational.One;
        for (int i = (int)exponent.Coefficient(Monomial.One).Numerator; i > 0; i--)
        {
            power *= basis;
        }

        return power;
    }

    private Rational Atom()
    {
        if (Next == '(')
        {
            _at++;
            Rational inside = Sum();
            Take(')');
            return inside;
        }

        int start = _at;
        while (char.IsAsciiLetterOrDigit(Next) || Next == '_')
        {
            _at++;
        }

        string word = _text[start.._at];
        if (word.StartsWith("w_", StringComparison.Ordinal))
        {
            return Rational.Variable(int.Parse(word[2..], CultureInfo.InvariantCulture));
        }

        return word == "d" ? Rational.Variable(waves) : Rational.Constant(BigInteger.Parse(word, CultureInfo.InvariantCulture));
    }

    private void Take(char c)
    {
        if (Next != c)
        {
            throw new FormatException($"'{c}' is expected at '{_text[_at..]}'.");
        }

        _at++;
    }
}
