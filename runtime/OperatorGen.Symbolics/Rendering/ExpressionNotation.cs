using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>
/// Writes trees in one line with <c>+ - * /</c> and parentheses, for readers that have the usual rules of precedence. What differs from reader to
/// reader, the numbers, the sign of a power, functions and the imaginary unit, is left to the derived notation.
/// </summary>
internal abstract class ExpressionNotation
{
    private const int SumLevel = 0;
    private const int ProductLevel = 1;
    private const int PowerLevel = 2;
    private const int AtomLevel = 3;

    /// <summary>The sign between base and exponent.</summary>
    protected abstract string PowerSign { get; }

    /// <summary>The imaginary unit.</summary>
    protected abstract string ImaginaryUnit { get; }

    /// <summary>Whether a power stands in parentheses where it is a factor.</summary>
    protected virtual bool BracketsPowers => false;

    /// <summary>The tree in one line.</summary>
    public string Render(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression, SumLevel);
        return text.ToString();
    }

    /// <summary>A number that is not negative, as an operand of <c>*</c>: in parentheses where it is more than one word.</summary>
    protected abstract string Number(BigRational value);

    /// <summary>e to the power of an argument that is written already.</summary>
    protected abstract string Exponential(string argument);

    /// <summary>The natural logarithm of an argument that is written already.</summary>
    protected abstract string Logarithm(string argument);

    /// <summary>An exponent that is a natural number.</summary>
    protected static string Digits(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Level(Expression expression) => expression switch
    {
        NumberExpression { Value.Sign: < 0 } => SumLevel,
        SumExpression { Summands.Count: > 0 } => SumLevel,
        ProductExpression { Factors.Count: > 0 } or QuotientExpression => ProductLevel,
        PowerExpression => PowerLevel,
        _ => AtomLevel,
    };

    private void Write(StringBuilder text, Expression expression, int least)
    {
        int level = Level(expression);
        bool brackets = level < least || (level == PowerLevel && least == ProductLevel && BracketsPowers);
        text.Append(brackets ? "(" : "");
        switch (expression)
        {
            case NumberExpression number:
                text.Append(number.Value.Sign < 0 ? "-" : "").Append(Number(number.Value.Abs()));
                break;
            case ImaginaryUnitExpression:
                text.Append(ImaginaryUnit);
                break;
            case VariableExpression variable:
                text.Append(variable.Name);
                break;
            case SumExpression sum:
                WriteSum(text, sum.Summands);
                break;
            case ProductExpression product:
                text.Append(IsNegative(product) ? "-" : "");
                WriteProduct(text, product.Factors, IsNegative(product));
                break;
            case QuotientExpression quotient:
                Write(text, quotient.Numerator, ProductLevel);
                text.Append('/');
                Write(text, quotient.Denominator, PowerLevel);
                break;
            case PowerExpression power:
                Write(text, power.Base, AtomLevel);
                text.Append(PowerSign);
                if (power.Exponent is NumberExpression { Value: { IsInteger: true, Sign: >= 0 } exponent })
                {
                    text.Append(Digits(exponent.Numerator));
                }
                else
                {
                    Write(text, power.Exponent, AtomLevel);
                }

                break;
            case ExponentialExpression exponential:
                text.Append(Exponential(Render(exponential.Argument)));
                break;
            case LogarithmExpression logarithm:
                text.Append(Logarithm(Render(logarithm.Argument)));
                break;
            default:
                throw new NotSupportedException($"There is no notation for a {expression.GetType().Name}.");
        }

        text.Append(brackets ? ")" : "");
    }

    private void WriteSum(StringBuilder text, EquatableArray<Expression> summands)
    {
        text.Append(summands.Count == 0 ? "0" : "");
        for (int i = 0; i < summands.Count; i++)
        {
            bool isNegative = IsNegative(summands[i]);
            text.Append(i == 0 ? (isNegative ? "-" : "") : (isNegative ? " - " : " + "));
            switch (summands[i])
            {
                case NumberExpression number:
                    text.Append(Number(number.Value.Abs()));
                    break;
                case ProductExpression { Factors.Count: > 0 } product:
                    WriteProduct(text, product.Factors, isNegative);
                    break;
                default:
                    Write(text, summands[i], ProductLevel);
                    break;
            }
        }
    }

    private void WriteProduct(StringBuilder text, EquatableArray<Expression> factors, bool isNegative)
    {
        text.Append(factors.Count == 0 ? "1" : "");
        bool first = true;
        for (int i = 0; i < factors.Count; i++)
        {
            Expression factor = i == 0 && isNegative ? new NumberExpression(-((NumberExpression)factors[0]).Value) : factors[i];
            if (i == 0 && isNegative && factors.Count > 1 && factor == Expression.One)
            {
                continue;
            }

            text.Append(first ? "" : "*");
            Write(text, factor, first || factor is PowerExpression ? ProductLevel : PowerLevel);
            first = false;
        }
    }

    private static bool IsNegative(Expression expression) => expression switch
    {
        NumberExpression number => number.Value.Sign < 0,
        ProductExpression { Factors: { Count: > 0 } factors } => factors[0] is NumberExpression { Value.Sign: < 0 },
        _ => false,
    };
}
