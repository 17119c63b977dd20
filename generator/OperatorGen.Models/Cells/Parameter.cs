namespace OperatorGen.Models;

/// <summary>A key or query of selective cells: a constant, or selective, that is a function of the cells' input at the same time step.</summary>
/// <param name="Field">Whether its numbers are real or complex, (re, im) side by side.</param>
public abstract record Parameter(Field Field);

/// <summary>A parameter that is made of weights only.</summary>
/// <param name="Value">The numbers, one row per cell: shape [G, K] or, complex, [G, K, 2].</param>
/// <param name="Field">Real or complex.</param>
public sealed record ConstantParameter(Tensor Value, Field Field = Field.Real) : Parameter(Field);

/// <summary>A parameter that depends on the input.</summary>
/// <param name="Signal">P blocks of K numbers (2 K where complex); cell g of G has block g P / G, rounded down.</param>
/// <param name="Field">Real or complex.</param>
public sealed record SelectiveParameter(Signal Signal, Field Field = Field.Real) : Parameter(Field);
