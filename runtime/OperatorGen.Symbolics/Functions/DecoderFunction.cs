using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// A scalar function g that follows a readout: its values, its power series about any point, and what bounds need to know of it.
/// Two decoder functions are equal when their names are.
/// </summary>
public abstract class DecoderFunction : IEquatable<DecoderFunction>
{
    /// <summary>The name in model files: <c>gelu-erf</c>, <c>gelu-tanh</c>, <c>silu</c>, <c>sigmoid</c>, <c>tanh</c>, <c>softplus</c>, <c>relu</c>, <c>exp</c>, <c>identity</c>, or the polynomial's text.</summary>
    public abstract string Name { get; }

    /// <summary>True where g is analytic on all real numbers, so that a Taylor series exists about every centre.</summary>
    public virtual bool HasTaylorSeries => true;

    /// <summary>True where g is a polynomial, so that its Taylor series ends and is exact.</summary>
    public virtual bool IsPolynomial => false;

    /// <summary>
    /// An upper bound of |g(x) - g(y)| / |x - y| over the real numbers, the least one rounded up; infinity for polynomials of degree 2 and above.
    /// </summary>
    public abstract double LipschitzBound { get; }

    /// <summary>g(x) within 2 ulp, results below 1e-300 within 1e-320. At infinities, what the formula gives in IEEE arithmetic; not-a-number gives not-a-number.</summary>
    public abstract double Value(double x);

    /// <summary>The formula.</summary>
    /// <param name="argument">The argument.</param>
    public abstract Expression Formula(Expression argument);

    /// <summary>
    /// The Taylor coefficients g^(k)(centre) / k! for k = 0 to the order. Coefficients that are 0 by symmetry about the centre 0 are exactly 0.
    /// </summary>
    /// <param name="centre">The point of expansion, finite.</param>
    /// <param name="order">The highest power, at least 0.</param>
    /// <returns>order + 1 coefficients.</returns>
    /// <exception cref="InvalidOperationException">The function has no Taylor series.</exception>
    public double[] Taylor(double centre, int order)
    {
        if (!HasTaylorSeries)
        {
            throw new InvalidOperationException($"The decoder function '{Name}' has no Taylor series.");
        }

        if (order < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(order), "The order of a Taylor series is at least 0.");
        }

        double[] coefficients = TaylorCoefficients(centre, order);
        for (int k = 0; k <= order; k++)
        {
            // Adding 0 turns -0 into 0 and changes nothing else.
            coefficients[k] += 0.0;
        }

        return coefficients;
    }

    /// <summary>The Taylor coefficients about 0 to the order, where all of them are rational; null otherwise.</summary>
    /// <param name="order">The highest power, at least 0.</param>
    public virtual BigRational[]? ExactTaylor(int order) => null;

    /// <summary>The radius of convergence of the Taylor series: the distance from the centre to the nearest singularity in the complex plane.</summary>
    /// <param name="centre">The point of expansion, finite.</param>
    public abstract double TaylorRadius(double centre);

    /// <inheritdoc/>
    public bool Equals(DecoderFunction? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DecoderFunction);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = 17;
        foreach (char c in Name)
        {
            hash = unchecked((hash * 31) + c);
        }

        return hash;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The coefficients of <see cref="Taylor"/>; asked only where <see cref="HasTaylorSeries"/> holds and the order is at least 0.</summary>
    protected abstract double[] TaylorCoefficients(double centre, int order);
}
