namespace OperatorGen.Models;

/// <summary>What acts on the K axis of a selective cell's state.</summary>
/// <param name="Parameter">A.</param>
public abstract record Transition(Parameter Parameter);

/// <summary>A diagonal transition: one eigenvalue per cell and mode.</summary>
/// <param name="A">Constant: shape [G, K] or, complex, [G, K, 2]. Selective: width G K.</param>
public sealed record DiagonalTransition(Parameter A) : Transition(A);

/// <summary>A transition that multiplies the whole state of a cell by one number.</summary>
/// <param name="A">Constant: shape [G] or, complex, [G, 2]. Selective: width G.</param>
public sealed record ScalarTransition(Parameter A) : Transition(A);
