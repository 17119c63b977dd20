namespace OperatorGen.Models;

/// <summary>What acts on the K axis of a cell's state. Further kinds of section 11 (2 x 2 blocks, dense, diagonal plus rank one) are further records of this base.</summary>
public abstract record Transition
{
    private protected Transition()
    {
    }

    /// <summary>True when the transition does not depend on the input.</summary>
    public abstract bool IsConstant { get; }
}

/// <summary>A diagonal transition: one eigenvalue per cell and mode.</summary>
/// <param name="A">Constant: shape [G, K] or, complex, [G, K, 2]. Selective: width G K.</param>
public sealed record DiagonalTransition(Parameter A) : Transition
{
    /// <inheritdoc/>
    public override bool IsConstant => A is ConstantParameter;
}

/// <summary>A transition that multiplies the whole state of a cell by one number.</summary>
/// <param name="A">Constant: shape [G] or, complex, [G, 2]. Selective: width G.</param>
public sealed record ScalarTransition(Parameter A) : Transition
{
    /// <inheritdoc/>
    public override bool IsConstant => A is ConstantParameter;
}
