namespace OperatorGen.Symbolics;

/// <summary>What is known of a function on a piece of its range.</summary>
/// <param name="Values">Contains all values on the piece.</param>
/// <param name="Sample">Contains the value at one point of it: as wide as rounding makes it.</param>
internal readonly record struct PieceRange(Interval Values, Interval Sample);
