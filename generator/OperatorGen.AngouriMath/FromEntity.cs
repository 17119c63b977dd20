using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using AngouriMath;
using OperatorGen.Symbolics;
using PeterO.Numbers;

namespace OperatorGen.AngouriMath;

/// <summary>
/// Reads AngouriMath's tree into ours. Its sums and products are chains of two; they are walked with a stack of their own, because a chain is as long as
/// an expansion has terms.
/// </summary>
internal static class FromEntity
{
    // 10^(2^20) has a million bits: more is no coefficient.
    private const int GreatestExponent = 1 << 20;

    /// <summary>The expression.</summary>
    /// <exception cref="NotSupportedException">The entity has a node that our trees do not know.</exception>
    public static Expression Convert(Entity entity) => entity switch
    {
        // An integer is a rational, which is a real number, which is a complex one: the most special comes first.
        Entity.Number.Integer integer => new NumberExpression(Integer(integer.EInteger)),
        Entity.Number.Rational rational => new NumberExpression(Rational(rational.ERational)),
        Entity.Number.Real real => new NumberExpression(Decimal(real.EDecimal)),
        Entity.Number.Complex complex => Complex(complex),
        Entity.Variable { Name: not ("e" or "pi") } variable => new VariableExpression(variable.Name),
        Entity.Sumf or Entity.Minusf => new SumExpression(Summands(entity).ToEquatableArray()),
        Entity.Mulf => new ProductExpression(Factors(entity).ToEquatableArray()),
        Entity.Divf(var dividend, var divisor) => new QuotientExpression(Convert(dividend), Convert(divisor)),
        Entity.Powf(Entity.Variable { Name: "e" }, var argument) => new ExponentialExpression(Convert(argument)),
        Entity.Logf(Entity.Variable { Name: "e" }, var argument) => new LogarithmExpression(Convert(argument)),
        Entity.Powf(var basis, var exponent) => new PowerExpression(Convert(basis), Convert(exponent)),
        _ => throw new NotSupportedException($"AngouriMath's {entity.GetType().Name} is not read here."),
    };

    private static List<Expression> Summands(Entity entity)
    {
        var summands = new List<Expression>();
        var stack = new Stack<(Entity Entity, bool IsNegative)>();
        stack.Push((entity, false));
        while (stack.Count > 0)
        {
            (Entity part, bool isNegative) = stack.Pop();
            switch (part)
            {
                case Entity.Sumf(var augend, var addend):
                    stack.Push((addend, isNegative));
                    stack.Push((augend, isNegative));
                    break;

                // The first is what the second is subtracted from, whatever their names say.
                case Entity.Minusf(var first, var second):
                    stack.Push((second, !isNegative));
                    stack.Push((first, isNegative));
                    break;
                default:
                    Expression summand = Convert(part);
                    summands.Add(isNegative ? Negative(summand) : summand);
                    break;
            }
        }

        return summands;
    }

    private static List<Expression> Factors(Entity entity)
    {
        var factors = new List<Expression>();
        var stack = new Stack<Entity>();
        stack.Push(entity);
        while (stack.Count > 0)
        {
            Entity part = stack.Pop();
            if (part is Entity.Mulf(var multiplier, var multiplicand))
            {
                stack.Push(multiplicand);
                stack.Push(multiplier);
            }
            else
            {
                factors.Add(Convert(part));
            }
        }

        return factors;
    }

    private static ProductExpression Negative(Expression expression) =>
        new(EquatableArray.Of<Expression>(new NumberExpression(-BigRational.One), expression));

    /// <summary>Real part plus imaginary part times i, without parts that are 0 and factors that are 1.</summary>
    private static Expression Complex(Entity.Number.Complex complex)
    {
        Expression real = Convert(complex.RealPart);
        Expression imaginary = Convert(complex.ImaginaryPart);
        Expression unit = new ImaginaryUnitExpression();
        Expression product = imaginary == Expression.One ? unit : new ProductExpression(EquatableArray.Of(imaginary, unit));
        return real == Expression.Zero ? product : new SumExpression(EquatableArray.Of(real, product));
    }

    private static BigInteger Integer(EInteger value) => new(value.ToBytes(littleEndian: true));

    private static BigRational Rational(ERational value) => new(Integer(value.Numerator), Integer(value.Denominator));

    /// <summary>A decimal, exactly: mantissa times ten to the exponent.</summary>
    private static BigRational Decimal(EDecimal value)
    {
        if (!value.IsFinite || value.Exponent.Abs().CompareTo(EInteger.FromInt32(GreatestExponent)) > 0)
        {
            throw new NotSupportedException("AngouriMath gave a number that is infinite, undefined or out of range.");
        }

        int exponent = value.Exponent.ToInt32Checked();
        BigInteger mantissa = Integer(value.Mantissa);
        return exponent >= 0
            ? new BigRational(mantissa * BigInteger.Pow(10, exponent), BigInteger.One)
            : new BigRational(mantissa, BigInteger.Pow(10, -exponent));
    }
}
