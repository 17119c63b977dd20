namespace OperatorGen.Symbolics;

/// <summary>A monomial with its coefficient.</summary>
/// <typeparam name="T">The coefficients.</typeparam>
/// <param name="Monomial">The product of variables.</param>
/// <param name="Coefficient">What multiplies it.</param>
public readonly record struct Term<T>(Monomial Monomial, T Coefficient);
