using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using AngouriMath;
using OperatorGen.Symbolics;
using PeterO.Numbers;

namespace OperatorGen.AngouriMath;

/// <summary>Builds AngouriMath's tree of ours. Numbers are given as integers and rationals, never as decimals, which it may round.</summary>
internal static class ToEntity
{
    /// <summary>The entity.</summary>
    /// <exception cref="NotSupportedException">The tree has a node that AngouriMath has no counterpart of here.</exception>
    public static Entity Convert(Expression expression) => expression switch
    {
        NumberExpression number => Number(number.Value),
        ImaginaryUnitExpression => Entity.Number.Complex.Create(EDecimal.Zero, EDecimal.One),
        VariableExpression { Name: "e" or "pi" or "i" } constant =>
            throw new NotSupportedException($"AngouriMath reads the name {constant.Name} as a constant; a variable needs another one."),
        VariableExpression variable => MathS.Var(variable.Name),
        SumExpression sum => Fold(sum.Summands, 0, (a, b) => a + b),
        ProductExpression product => Fold(product.Factors, 1, (a, b) => a * b),
        QuotientExpression quotient => new Entity.Divf(Convert(quotient.Numerator), Convert(quotient.Denominator)),
        PowerExpression power => MathS.Pow(Convert(power.Base), Convert(power.Exponent)),
        ExponentialExpression exponential => MathS.Pow(MathS.e, Convert(exponential.Argument)),
        LogarithmExpression logarithm => MathS.Ln(Convert(logarithm.Argument)),
        _ => throw new NotSupportedException($"A {expression.GetType().Name} is not given to AngouriMath."),
    };

    /// <summary>An integer.</summary>
    public static EInteger Integer(BigInteger value) => EInteger.FromBytes(value.ToByteArray(), littleEndian: true);

    private static Entity Number(BigRational value) => value.IsInteger
        ? Entity.Number.Integer.Create(Integer(value.Numerator))
        : Entity.Number.Rational.Create(ERational.Create(Integer(value.Numerator), Integer(value.Denominator)));

    private static Entity Fold(IEnumerable<Expression> parts, int empty, Func<Entity, Entity, Entity> combine)
    {
        Entity[] entities = [.. parts.Select(Convert)];
        return entities.Length == 0 ? Number(empty) : entities.Aggregate(combine);
    }
}
