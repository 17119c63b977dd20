namespace OperatorGen.Analysis;

/// <summary>How a sample h moves the state of a linear controlled differential equation on, with M = sum_i h_i A_i; <see cref="PathKind"/> has the signature that goes with it.</summary>
public enum ControlledStep
{
    /// <summary>e^M: an increment of a piecewise linear path.</summary>
    Exponential,

    /// <summary>I + M: Euler's step, a summand of iterated sums.</summary>
    Euler,

    /// <summary>M itself: a product of matrices.</summary>
    Product,
}
