namespace OperatorGen.Analysis;

/// <summary>
/// What lies between two samples: the factor by which one increment h = (h^1, ..., h^d) multiplies the signature, and so which recurrence is a projection of it.
/// With e_i the word of the letter i and A_i a matrix per letter, the recurrence is the image of the factor under w -> A_wk ... A_w1.
/// </summary>
public enum PathKind
{
    /// <summary>The straight segment: exp(sum_i h^i e_i). Its recurrence is z &lt;- e^(sum_i A_i h^i) z.</summary>
    PiecewiseLinear,

    /// <summary>
    /// One axis after the other, the first letter's first: exp(h^1 e_1) exp(h^2 e_2) ... exp(h^d e_d). Its recurrence is z &lt;- e^(A_d h^d) ... e^(A_1 h^1) z; so is a Mamba
    /// cell's s &lt;- e^(a Delta) s + Delta B x, where the gate is the first letter and the input the last.
    /// </summary>
    Axis,

    /// <summary>
    /// Iterated sums: 1 + sum_i h^i e_i, so that S^(w_1 ... w_k) = sum over t_1 &lt; ... &lt; t_k of h^(w_1)(t_1) ... h^(w_k)(t_k). Its recurrence is z &lt;- (I + sum_i A_i h^i) z.
    /// </summary>
    IteratedSums,
}
