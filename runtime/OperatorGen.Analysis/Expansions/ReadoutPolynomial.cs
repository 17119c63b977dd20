using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A number that a truncated layer computes, <c>sum_i eta_i r_i</c>, as a polynomial of total degree P in <c>x = o - point</c>. Variables 0 to
/// channels - 1 are the readouts; where the layer has a gate stream, the following are its arguments z.
/// </summary>
public abstract class ReadoutPolynomial
{
    private protected ReadoutPolynomial(int variables, int order)
    {
        Variables = variables;
        Order = order;
    }

    /// <summary>The number of variables.</summary>
    public int Variables { get; }

    /// <summary>P.</summary>
    public int Order { get; }

    /// <summary>The part of degree 0: the value at the point.</summary>
    public abstract double Constant { get; }

    /// <summary>The coefficients of degree 1, [variable].</summary>
    public abstract double[] Linear();

    /// <summary>The part of degree 2.</summary>
    public abstract QuadraticForm Quadratic();

    /// <summary>The coefficient of a monomial in x.</summary>
    /// <param name="factors">Different variables, each with a power of at least 1; none for the constant.</param>
    public abstract double Coefficient(ReadOnlySpan<Factor> factors);

    /// <summary>The homogeneous parts at a point; their sum is the polynomial's value.</summary>
    /// <param name="x">[variable].</param>
    /// <param name="parts">Room for the parts of degree 0 to P.</param>
    public abstract void Parts(ReadOnlySpan<double> x, Span<double> parts);
}
