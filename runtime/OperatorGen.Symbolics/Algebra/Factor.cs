namespace OperatorGen.Symbolics;

/// <summary>A power of one variable inside a monomial.</summary>
/// <param name="Variable">The variable's index, from 0.</param>
/// <param name="Power">Its exponent, at least 1.</param>
public readonly record struct Factor(int Variable, int Power);
