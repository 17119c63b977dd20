using System;
using System.Collections.Generic;
using System.Linq;
using AngouriMath;
using OperatorGen.Symbolics;

namespace OperatorGen.AngouriMath;

/// <summary>
/// AngouriMath behind the seam. Its fast evaluation is not safe between threads and its settings belong to the thread, so that one call runs at a time
/// and sets what it needs for itself.
/// </summary>
public sealed class AngouriMathBackend : ISymbolicBackend
{
    /// <summary>
    /// Expand gives its input back where it expects more terms than this setting; the expansions below the caps have fewer.
    /// </summary>
    private const long ExpansionTerms = 1_000_000;

    private static readonly object s_one = new();

    /// <inheritdoc/>
    public string Name => "angourimath";

    /// <summary>
    /// Expand takes time exponential in the number of variables and cannot be stopped. Measured on two cores, warm, for a whole polynomial of that degree
    /// with double coefficients: (16 variables, degree 2) 58 ms, (16, 3) 106 ms, (8, 5) 26 ms, (6, 6) 27 ms, (4, 12) 63 ms, (4, 16) 506 ms; beyond the
    /// caps (20, 2) 0.6 s, (24, 2) 2.4 s and (32, 2) more than a minute.
    /// </summary>
    /// <param name="degree">The degree.</param>
    public int GreatestVariables(int degree) => degree switch
    {
        <= 1 => 64,
        <= 3 => 16,
        <= 5 => 8,
        6 => 6,
        _ => 4,
    };

    /// <inheritdoc/>
    public Expression Expand(Expression expression) => Alone(() =>
    {
        using IDisposable terms = MathS.Settings.MaxExpansionTermCount.Set(ExpansionTerms);
        return FromEntity.Convert(ToEntity.Convert(expression).Expand());
    });

    /// <inheritdoc/>
    public Expression Differentiate(Expression expression, string variable) =>
        Alone(() => FromEntity.Convert(ToEntity.Convert(expression).Differentiate(MathS.Var(variable))));

    /// <inheritdoc/>
    public Expression Simplify(Expression expression) => Alone(() => FromEntity.Convert(ToEntity.Convert(expression).Simplify()));

    /// <inheritdoc/>
    public Expression Factorise(Expression expression) => Alone(() => FromEntity.Convert(ToEntity.Convert(expression).Factorize()));

    /// <inheritdoc/>
    public IReadOnlyList<Expression> Solve(Expression expression, string variable) => Alone<IReadOnlyList<Expression>>(() =>
        ToEntity.Convert(expression).SolveEquation(MathS.Var(variable)) is Entity.Set.FiniteSet roots
            ? [.. ((IEnumerable<Entity>)roots).Select(FromEntity.Convert)]
            : throw new NotSupportedException($"AngouriMath finds no finite set of values of {variable} where {ExpressionAngouriMath.Render(expression)} is 0."));

    private static T Alone<T>(Func<T> work)
    {
        lock (s_one)
        {
            return work();
        }
    }
}
