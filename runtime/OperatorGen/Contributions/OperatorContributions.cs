using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>Contributions of an operator's waves.</summary>
public static class OperatorContributions
{
    /// <summary>
    /// Takes one score of one input apart. Where more than one input or score is asked for, an <see cref="OperatorExplainer"/> prepares once what all
    /// of them share.
    /// </summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="score">The index of the score.</param>
    /// <param name="top">How many of the strongest terms are listed.</param>
    /// <param name="expansion">The polynomials that replace the decoder functions; null: the declared ones.</param>
    /// <exception cref="InvalidOperationException">A layer is selective, or a decoder function has no Taylor series and no expansion is given.</exception>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score.</exception>
    public static ScoreExplanation Explain(this OperatorDescription operators, ReadOnlySpan<double> input, int score, int top = 20, OperatorExpansion? expansion = null) =>
        new OperatorExplainer(operators, expansion).Of(input).Explain(score, top);
}
