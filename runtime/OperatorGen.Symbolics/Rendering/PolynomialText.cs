using System;
using System.Collections.Generic;
using System.Globalization;

namespace OperatorGen.Symbolics;

/// <summary>Reads the text form of polynomials that <see cref="ExpressionText"/> writes. A <c>*</c> between factors is allowed.</summary>
public static class PolynomialText
{
    // An exponent beyond this is a mistake.
    private const int GreatestExponentDigits = 6;

    /// <summary>Reads a polynomial.</summary>
    /// <param name="text">The text: signed terms, each a product of numbers and powers of variables.</param>
    /// <param name="variable">The index of a variable by its name; null for names that are not known.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="FormatException">The text is not a polynomial; the message says at which character.</exception>
    public static Polynomial<T, TRing> Parse<T, TRing>(string text, Func<string, int?> variable, AlgebraLimits? limits = null)
        where TRing : struct, IRing<T>
    {
        var reader = new Reader<T, TRing>(text, variable);
        return Polynomial<T, TRing>.FromTerms(reader.Terms(), limits);
    }

    private sealed class Reader<T, TRing>(string text, Func<string, int?> variable)
        where TRing : struct, IRing<T>
    {
        private int _at;

        private char Next => _at < text.Length ? text[_at] : '\0';

        public IEnumerable<Term<T>> Terms()
        {
            SkipSpaces();
            bool isNegative = Next == '-';
            _at += isNegative ? 1 : 0;
            while (true)
            {
                Term<T> term = ReadTerm();
                yield return isNegative ? new(term.Monomial, default(TRing).Negate(term.Coefficient)) : term;
                if (_at == text.Length)
                {
                    yield break;
                }

                isNegative = Next == '-';
                Expect(isNegative || Next == '+', "'+' or '-'");
                _at++;
            }
        }

        private Term<T> ReadTerm()
        {
            T coefficient = default(TRing).One;
            var factors = new List<Factor>();
            while (true)
            {
                SkipSpaces();
                if (Next is >= '0' and <= '9' or '(')
                {
                    coefficient = default(TRing).Multiply(coefficient, ReadNumber());
                }
                else
                {
                    factors.Add(ReadPower());
                }

                SkipSpaces();
                if (_at == text.Length || Next is '+' or '-')
                {
                    break;
                }

                _at += Next == '*' ? 1 : 0;
            }

            return new(Monomial.FromFactors(factors), coefficient);
        }

        private T ReadNumber()
        {
            int start = _at;
            if (Next == '(')
            {
                int close = text.IndexOf(')', _at);
                Expect(close > 0, "')' after '('");
                _at = close + 1;
            }
            else
            {
                while (Next is (>= '0' and <= '9') or '.' or '/' || IsExponentMark())
                {
                    _at += IsExponentMark() ? 2 : 1;
                }
            }

            string number = text.Substring(start, _at - start);
            return CoefficientNotation<T>.Default.TryParse(number, out T value)
                ? value
                : throw new FormatException($"'{number}' at character {Place(start)} is not a coefficient.");
        }

        // e or E, then a digit or a signed digit.
        private bool IsExponentMark()
        {
            if (Next is not ('e' or 'E') || _at + 1 >= text.Length)
            {
                return false;
            }

            char after = text[_at + 1];
            return after is (>= '0' and <= '9') || (after is '+' or '-' && _at + 2 < text.Length && text[_at + 2] is >= '0' and <= '9');
        }

        private Factor ReadPower()
        {
            int start = _at;
            while (char.IsLetterOrDigit(Next) || Next == '_')
            {
                _at++;
            }

            Expect(_at > start, "a number or a variable");
            string name = text.Substring(start, _at - start);
            int index = variable(name) ?? throw new FormatException($"'{name}' at character {Place(start)} is not a known variable.");
            if (Next != '^')
            {
                return new(index, 1);
            }

            start = ++_at;
            int power = 0;
            while (Next is >= '0' and <= '9' && _at - start < GreatestExponentDigits)
            {
                power = (10 * power) + (Next - '0');
                _at++;
            }

            Expect(_at > start && Next is not (>= '0' and <= '9'), "an exponent of at most six digits");
            return new(index, power);
        }

        private void SkipSpaces()
        {
            while (Next == ' ')
            {
                _at++;
            }
        }

        private void Expect(bool condition, string what)
        {
            if (!condition)
            {
                throw new FormatException($"At character {Place(_at)} of the polynomial {what} is expected.");
            }
        }

        private static string Place(int at) => (at + 1).ToString(CultureInfo.InvariantCulture);
    }
}
