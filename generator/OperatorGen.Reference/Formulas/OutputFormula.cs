using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference;

/// <summary>What a model makes of its scores x, with m = max x: <c>log p_i = (x_i - m) - log sum_j e^(x_j - m)</c>.</summary>
public static class OutputFormula
{
    /// <summary>The output of one row of scores.</summary>
    /// <param name="function">The output function.</param>
    /// <param name="x">The scores, [output].</param>
    /// <exception cref="NotSupportedException">The reference has no such function.</exception>
    public static double[] Of(OutputFunction function, double[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double greatest = x.Max();
        double sum = x.Sum(value => Math.Exp(value - greatest));
        return function switch
        {
            OutputFunction.Scores => x,
            OutputFunction.LogSoftmax => Array.ConvertAll(x, value => value - greatest - Math.Log(sum)),
            OutputFunction.Softmax => Array.ConvertAll(x, value => Math.Exp(value - greatest) / sum),
            _ => throw new NotSupportedException($"The reference has no formula for the output function {function}."),
        };
    }
}
