using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Symbolics;

/// <summary>
/// The parts of equations, so that one is a readable line:
/// <c>s[n].At(t).Is(lambda[n] * s[n].At(t - 1) + Eq.Sum(Eq.All(i, inputs), b[n, i] * v[i].At(t)))</c>.
/// </summary>
public static class Eq
{
    /// <summary>The imaginary unit.</summary>
    public static Expression I { get; } = new ImaginaryUnitExpression();

    /// <summary>A variable.</summary>
    /// <param name="name">A letter, then letters, digits and underscores.</param>
    /// <param name="typeset">Its name in typeset mathematics; null: the same.</param>
    public static VariableExpression Symbol(string name, string? typeset = null) => new(name) { Typeset = typeset };

    /// <summary>A function or vector that is called by a word.</summary>
    /// <param name="text">The word.</param>
    public static Expression Name(string text) => new NameExpression(text);

    /// <summary>A number in decimals.</summary>
    /// <param name="value">The number.</param>
    public static Expression Number(double value) => new DecimalExpression(value);

    /// <summary>A real number, or real part plus imaginary part times i.</summary>
    /// <param name="value">The number.</param>
    public static Expression Number(ComplexNumber value) => value.Im == 0
        ? Number(value.Re)
        : new SumExpression(EquatableArray.Of<Expression>(Number(value.Re), new ProductExpression(EquatableArray.Of(Number(value.Im), I))));

    /// <summary>A sum of any number of summands, without those that are 0.</summary>
    /// <param name="summands">The summands in order.</param>
    public static Expression Add(IEnumerable<Expression> summands)
    {
        Expression[] all = [.. summands.Where(summand => summand is not NumberExpression { Value.IsZero: true })];
        return all.Length switch
        {
            0 => Expression.Zero,
            1 => all[0],
            _ => new SumExpression(new(all)),
        };
    }

    /// <summary>A product of any number of factors, without those that are 1.</summary>
    /// <param name="factors">The factors in order.</param>
    public static Expression Multiply(IEnumerable<Expression> factors)
    {
        Expression[] all = [.. factors.Where(factor => factor is not (NumberExpression { Value.IsOne: true } or DecimalExpression { Value: 1 }))];
        return all.Length switch
        {
            0 => Expression.One,
            1 => all[0],
            _ => new ProductExpression(new(all)),
        };
    }

    /// <summary>e^x.</summary>
    public static Expression Exp(Expression x) => new ExponentialExpression(x);

    /// <summary>The natural logarithm.</summary>
    public static Expression Log(Expression x) => new LogarithmExpression(x);

    /// <summary>The real part.</summary>
    public static Expression Re(Expression x) => Function(ElementaryFunction.RealPart, x);

    /// <summary>An elementary function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">The arguments.</param>
    public static Expression Function(ElementaryFunction function, params Expression[] arguments) => new FunctionExpression(function, new(arguments));

    /// <summary>A sum over an index.</summary>
    public static Expression Sum(IndexRange range, Expression body) => new ReductionExpression(Reduction.Sum, range, body);

    /// <summary>A product over an index.</summary>
    public static Expression Product(IndexRange range, Expression body) => new ReductionExpression(Reduction.Product, range, body);

    /// <summary>All values of an index.</summary>
    public static AllIndices All(VariableExpression index, Expression count) => new(index, count);

    /// <summary>An index from a first to a last value.</summary>
    public static IndexRange Between(VariableExpression index, Expression first, Expression last) => new IndexInterval(index, first, last);

    /// <summary>All times up to one.</summary>
    public static IndexRange Past(VariableExpression index, Expression last) => new PastIndices(index, last);

    /// <summary>Kronecker's delta.</summary>
    public static Expression Delta(Expression left, Expression right) => new DeltaExpression(left, right);

    /// <summary>Several values as one.</summary>
    public static Expression Tuple(params Expression[] items) => new TupleExpression(new(items));

    /// <summary>A matrix.</summary>
    /// <param name="rows">Its rows.</param>
    /// <exception cref="ArgumentException">There is no row, or the rows have different lengths.</exception>
    public static Expression Matrix(params Expression[][] rows) => rows.Length > 0 && rows.All(row => row.Length == rows[0].Length)
        ? new MatrixExpression(rows.Select(row => new EquatableArray<Expression>(row)).ToEquatableArray())
        : throw new ArgumentException("The rows of a matrix have one length.", nameof(rows));
}
