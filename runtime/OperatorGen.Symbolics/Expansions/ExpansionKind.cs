namespace OperatorGen.Symbolics;

/// <summary>How a decoder function is replaced by a polynomial.</summary>
public enum ExpansionKind
{
    /// <summary>The Taylor polynomial about a point.</summary>
    Taylor,

    /// <summary>The truncated Chebyshev series on the argument's range.</summary>
    Chebyshev,

    /// <summary>Least squares under the distribution that the argument has on a calibration set.</summary>
    Measure,

    /// <summary>The function itself, which is a polynomial.</summary>
    Exact,
}
