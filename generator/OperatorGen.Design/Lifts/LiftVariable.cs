using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A variable of a lift: a mode's state, or its conjugate where the eigenvalue is complex.</summary>
/// <param name="Mode">The mode, from 0.</param>
/// <param name="IsConjugate">Whether it is the conjugate of the mode's state.</param>
/// <param name="Eigenvalue">lambda, or its conjugate.</param>
public readonly record struct LiftVariable(int Mode, bool IsConjugate, ComplexNumber Eigenvalue)
{
    /// <summary>s_n, or s_n* for the conjugate.</summary>
    public override string ToString() => $"s_{NumberText.Format(Mode)}{(IsConjugate ? "*" : "")}";
}
