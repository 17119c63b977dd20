namespace OperatorGen.Symbolics;

/// <summary>The symmetry of a function about 0.</summary>
public enum Parity
{
    /// <summary>Neither even nor odd.</summary>
    None,

    /// <summary>g(-x) = g(x).</summary>
    Even,

    /// <summary>g(-x) = -g(x).</summary>
    Odd,
}
