using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>How two sides of an equation relate.</summary>
public enum Relation
{
    /// <summary>Both sides are equal.</summary>
    Equal,

    /// <summary>The right side approximates the left one.</summary>
    Approximate,
}

/// <summary>An equation.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Relation">The sign between the sides.</param>
/// <param name="Right">The right side.</param>
public sealed record RelationExpression(Expression Left, Relation Relation, Expression Right) : Expression;

/// <summary>The name of a function that a declaration or the field gives as a word: <c>LayerNorm</c>, <c>x_proj</c>. It is set upright, letter by letter.</summary>
/// <param name="Text">The name.</param>
public sealed record NameExpression(string Text) : Expression;

/// <summary>A sentence.</summary>
/// <param name="Text">The sentence.</param>
public sealed record WordsExpression(string Text) : Expression;

/// <summary>The value of a named function at arguments: s_n(t).</summary>
/// <param name="Function">A variable, perhaps with indices, or a name.</param>
/// <param name="Arguments">The arguments.</param>
public sealed record ApplicationExpression(Expression Function, EquatableArray<Expression> Arguments) : Expression;

/// <summary>The functions that every notation has a sign or a name for.</summary>
public enum ElementaryFunction
{
    /// <summary>The real part.</summary>
    RealPart,

    /// <summary>The square root.</summary>
    SquareRoot,

    /// <summary>The hyperbolic tangent.</summary>
    HyperbolicTangent,

    /// <summary>The error function.</summary>
    ErrorFunction,

    /// <summary>The largest argument.</summary>
    Maximum,
}

/// <summary>An elementary function of arguments.</summary>
/// <param name="Function">The function.</param>
/// <param name="Arguments">One argument; of a maximum, several.</param>
public sealed record FunctionExpression(ElementaryFunction Function, EquatableArray<Expression> Arguments) : Expression;

/// <summary>What is done over an index.</summary>
public enum Reduction
{
    /// <summary>Values are added.</summary>
    Sum,

    /// <summary>Values are multiplied.</summary>
    Product,
}

/// <summary>A sum or a product over an index.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Range">The index and its values.</param>
/// <param name="Body">What is added or multiplied.</param>
public sealed record ReductionExpression(Reduction Kind, IndexRange Range, Expression Body) : Expression;

/// <summary>The mean over an index.</summary>
/// <param name="Range">The index and how many values it has.</param>
/// <param name="Body">What the mean is of.</param>
public sealed record MeanExpression(AllIndices Range, Expression Body) : Expression
{
    /// <summary>The sum, divided by the number of values.</summary>
    public Expression Expanded => One / Range.Count * Eq.Sum(Range, Body);
}

/// <summary>A product element by element.</summary>
/// <param name="Left">The first factor.</param>
/// <param name="Right">The second factor.</param>
public sealed record HadamardExpression(Expression Left, Expression Right) : Expression;

/// <summary>Some neighbouring elements of a vector: [Start:End], without the element at the end.</summary>
/// <param name="Source">The vector.</param>
/// <param name="Start">The first element; null: from the beginning.</param>
/// <param name="End">The element after the last; null: to the end.</param>
public sealed record SliceExpression(Expression Source, int? Start, int? End) : Expression;

/// <summary>Kronecker's delta: 1 where both are equal, else 0.</summary>
/// <param name="Left">The first number.</param>
/// <param name="Right">The second number.</param>
public sealed record DeltaExpression(Expression Left, Expression Right) : Expression;

/// <summary>A transposed vector or matrix.</summary>
/// <param name="Operand">What is transposed.</param>
public sealed record TransposeExpression(Expression Operand) : Expression;

/// <summary>A matrix, element by element.</summary>
/// <param name="Rows">The rows, all of one length.</param>
public sealed record MatrixExpression(EquatableArray<EquatableArray<Expression>> Rows) : Expression;

/// <summary>Several values as one: (p, z).</summary>
/// <param name="Items">The values.</param>
public sealed record TupleExpression(EquatableArray<Expression> Items) : Expression;

/// <summary>The end of a sum whose last summands are not written.</summary>
/// <param name="Remaining">How many they are.</param>
public sealed record EllipsisExpression(BigInteger Remaining) : Expression;
