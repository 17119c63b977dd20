using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A summand of a monomial's next value: coefficient input^power times a monomial before the step.</summary>
/// <param name="Source">The row of the monomial; -1: the constant 1.</param>
/// <param name="Coefficient">What it is multiplied by.</param>
/// <param name="InputPower">How often the input v(t) is a factor.</param>
public readonly record struct LiftTerm(int Source, ComplexNumber Coefficient, int InputPower);
