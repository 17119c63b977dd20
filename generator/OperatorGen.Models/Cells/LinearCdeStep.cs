using System;

namespace OperatorGen.Models;

/// <summary>How a sample h moves the state of a linear controlled differential equation on, with <c>M = sum_i h_i A_i</c>.</summary>
public enum LinearCdeStep
{
    /// <summary>e^M: h is an increment of a piecewise linear path, along which the equation is solved exactly.</summary>
    Exponential,

    /// <summary>I + M: Euler's step, whose states are projections of iterated sums.</summary>
    Euler,

    /// <summary>M itself: a product of matrices, one per token where h has a single 1.</summary>
    Product,
}

/// <summary>The steps in words.</summary>
public static class LinearCdeSteps
{
    /// <summary>For example <c>exponential steps</c>.</summary>
    public static string Text(this LinearCdeStep step) => step switch
    {
        LinearCdeStep.Exponential => "exponential steps",
        LinearCdeStep.Euler => "Euler steps",
        LinearCdeStep.Product => "a matrix per step",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
