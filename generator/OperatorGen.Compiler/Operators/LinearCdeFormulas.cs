using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes a linear controlled differential equation: the matrix of a step, the step, the readouts.</summary>
internal static class LinearCdeFormulas
{
    /// <summary>The formulas.</summary>
    /// <param name="step">How a step is made.</param>
    /// <param name="hasInput">Whether there is B.</param>
    public static EquatableArray<Formula> Of(LinearCdeStep step, bool hasInput)
    {
        VariableExpression t = Eq.Symbol("t"), i = Eq.Symbol("i"), z = Eq.Symbol("z"), m = Eq.Symbol("M"), a = Eq.Symbol("A"), v = Eq.Symbol("v");
        (Expression transition, string note) = step switch
        {
            LinearCdeStep.Exponential => (Eq.Exp(m.At(t)), "A_(w_k) ... A_(w_1) z(0) times the word w_1 ... w_k of the signature of a piecewise linear path with increments v, summed over all words, is z"),
            LinearCdeStep.Euler => (Eq.Symbol("I") + m.At(t), "A_(w_k) ... A_(w_1) z(0) times the word w_1 ... w_k of the iterated sums of v, summed over all words, is z"),
            LinearCdeStep.Product => ((Expression)m.At(t), "a product of matrices, the latest on the left"),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
        return EquatableArray.Of(
            new Formula(m.At(t).Is(Eq.Sum(Eq.All(i, Eq.Symbol("d")), v[i].At(t) * a[i])), hasInput ? "A_i with a further column B_i, and z with a 1 behind it" : null),
            new Formula(z.At(t).Is(transition * z.At(t - 1)), note),
            new Formula(Formula.At("o").Is(Eq.Symbol("C") * z.At(t))));
    }
}
