namespace OperatorGen.Reference;

/// <summary>How the reference runs.</summary>
public sealed record ReferenceOptions
{
    /// <summary>The formulas as they are, every constant in double precision.</summary>
    public static ReferenceOptions Exact { get; } = new();

    /// <summary>Double arithmetic on the constants that generated float code stores.</summary>
    public static ReferenceOptions SingleConstants { get; } = new() { RoundConstantsToSingle = true };

    /// <summary>
    /// Rounds every stored constant to the nearest float; all arithmetic stays in double. What is stored:
    /// <list type="bullet">
    /// <item>modes of one channel each: the discrete eigenvalue a, and the product gamma c b-bar as output weight. Their state then has the input weight 1:
    /// <c>s_t = a s_{t-1} + v_t</c>, <c>o_t = Re(sum of (gamma c b-bar) s_t) + D v_t</c>. Where the state has a name: a, b-bar and gamma c;</item>
    /// <item>modes that channels share: a, b-bar and gamma c;</item>
    /// <item>modes that a low-rank part couples: nothing but D, since the rest depends on the form in which they are compiled;</item>
    /// <item>selective cells: A, keys and queries where they are constant, and the bonus; gates are made of them at run time;</item>
    /// <item>linear controlled differential equations: A, B, C, and Z before the first sample;</item>
    /// <item>input scaling, linear weights and biases, weights and biases of norms, factors and summands of a BatchNorm, convolution taps and biases, D, offsets of signals, coefficients of decoder polynomials: each as it is.</item>
    /// </list>
    /// Complex numbers are rounded part by part; gamma, epsilon, and factors and limits of signals are not rounded.
    /// </summary>
    public bool RoundConstantsToSingle { get; init; }

    /// <summary>A constant as this run stores it.</summary>
    internal double Stored(double value) => RoundConstantsToSingle ? (float)value : value;

    /// <summary>A complex constant as this run stores it, part by part.</summary>
    internal System.Numerics.Complex Stored(System.Numerics.Complex value) => new(Stored(value.Real), Stored(value.Imaginary));
}
