namespace OperatorGen.Symbolics;

/// <summary>An index with the values that it takes.</summary>
/// <param name="Index">The index.</param>
/// <param name="First">The first value.</param>
/// <param name="Last">The last value.</param>
public abstract record IndexRange(VariableExpression Index, Expression First, Expression Last);

/// <summary>All values of an index; people are shown its name only.</summary>
/// <param name="Index">The index.</param>
/// <param name="Count">How many values it has: 0 to Count - 1.</param>
public sealed record AllIndices(VariableExpression Index, Expression Count) : IndexRange(Index, Expression.Zero, Count - 1);

/// <summary>An index from a first to a last value.</summary>
/// <param name="Index">The index.</param>
/// <param name="First">The first value.</param>
/// <param name="Last">The last value.</param>
public sealed record IndexInterval(VariableExpression Index, Expression First, Expression Last) : IndexRange(Index, First, Last);

/// <summary>All times up to one: an index from 0 on, of which people are shown the end only.</summary>
/// <param name="Index">The index.</param>
/// <param name="Last">The last value.</param>
public sealed record PastIndices(VariableExpression Index, Expression Last) : IndexRange(Index, Expression.Zero, Last);
