using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A summand of a monomial's next value: a coefficient, times a product of drives, times a monomial before the step.</summary>
/// <param name="Source">The row of the monomial; -1: the constant 1.</param>
/// <param name="Coefficient">What it is multiplied by.</param>
/// <param name="Drives">The drives x_n(t) that are factors, as powers of the variables that they drive; of modes with one input of weight 1 all are v(t).</param>
public readonly record struct LiftTerm(int Source, ComplexNumber Coefficient, Monomial Drives)
{
    /// <summary>How many drives are factors.</summary>
    public int InputPower => Drives.Degree;
}
