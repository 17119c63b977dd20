using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The norm |W x|_2 in which the powers of a block's matrix are bounded. W is the identity, but for blocks of two modes: with m half the trace, T - m I is the sum
/// of a symmetric part of eigenvalues +-sigma and an antisymmetric part omega. A rotation makes it
/// <code>
/// [[0, sigma - omega], [sigma + omega, 0]]
/// </code>
/// and W scales the second component after it, so that both have the same magnitude: T is then a rotation or symmetric, and its norm is |lambda|. Where one of them is 0 (a
/// Jordan block), or nearly, the greater one becomes 1 / steps, so that no power within the length has a norm above e times |lambda|^k.
/// </summary>
internal sealed class BlockNorm
{
    private const double Raised = 1 + (1.0 / (1L << 40)); // above the rounding of the formulas here

    private const double Endless = 1L << 40; // what counts as a length without end

    private readonly double[]? _weights;  // at least |W|, [row, column]; null: the identity
    private readonly double[]? _inverses; // at least |W^-1|

    private BlockNorm(double[] middle, double radius, double[]? weights, double[]? inverses)
    {
        Middle = middle;
        Radius = radius;
        _weights = weights;
        _inverses = inverses;
    }

    /// <summary>W T W^-1 in double, [row, column].</summary>
    public double[] Middle { get; }

    /// <summary>At least how far it is from the real one, in the Frobenius norm.</summary>
    public double Radius { get; }

    /// <summary>The norm of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="steps">The length within which powers count; null: any.</param>
    public static BlockNorm Of(ModeBlock block, int? steps) => (block.Size == 2 ? Balanced(block, steps) : null) ?? new(block.Transition.Span.ToArray(), 0, null, null);

    /// <summary>At least |W x|_2 for |x| at most the magnitudes.</summary>
    public double Size(ReadOnlySpan<double> magnitudes)
    {
        double sum = 0;
        for (int i = 0; i < magnitudes.Length; i++)
        {
            double part = _weights is null ? magnitudes[i] : (_weights[2 * i] * magnitudes[0]) + (_weights[(2 * i) + 1] * magnitudes[1]);
            sum += part * part;
        }

        return Root(sum, magnitudes);
    }

    /// <summary>At least |c W^-1|_2 for |c| at most the magnitudes.</summary>
    public double Dual(ReadOnlySpan<double> magnitudes)
    {
        double sum = 0;
        for (int j = 0; j < magnitudes.Length; j++)
        {
            double part = _inverses is null ? magnitudes[j] : (magnitudes[0] * _inverses[j]) + (magnitudes[1] * _inverses[2 + j]);
            sum += part * part;
        }

        return Root(sum, magnitudes);
    }

    // Squares that underflow are covered by 1e-150; they may not be all there is.
    private static double Root(double sum, ReadOnlySpan<double> magnitudes)
    {
        bool any = false;
        foreach (double magnitude in magnitudes)
        {
            any |= magnitude != 0;
        }

        return any ? (Math.Sqrt(sum) * Raised) + (magnitudes.Length * 1e-150) : 0;
    }

    private static BlockNorm? Balanced(ModeBlock block, int? steps)
    {
        double half = (block[0, 0] / 2) - (block[1, 1] / 2);
        double symmetric = (block[0, 1] / 2) + (block[1, 0] / 2);
        double omega = (block[1, 0] / 2) - (block[0, 1] / 2);
        double sigma = new ComplexNumber(half, symmetric).Magnitude;

        // Any W will do: what follows is computed with the W that comes out.
        double angle = sigma == 0 ? 0 : (RealMath.Atan2(symmetric, half) / 2) - (Math.PI / 4);
        // The product of both entries is sigma^2 - omega^2.
        double great = sigma + Math.Abs(omega);
        double target = Math.Max(Math.Sqrt(Math.Abs((half * half) + (block[0, 1] * block[1, 0]))), Math.Min(1 / (steps ?? Endless), great));
        double eta = target == 0 ? 1 : omega < 0 ? great / target : target / great;
        if (!(eta > 1e-100 && eta < 1e100))
        {
            return null;
        }

        double cos = RealMath.Cos(angle), sin = RealMath.Sin(angle);
        Interval[] w = [cos, sin, -(eta * (Interval)sin), eta * (Interval)cos];
        Interval determinant = (w[0] * w[3]) - (w[1] * w[2]);
        Interval[] inverse = [w[3] / determinant, -w[1] / determinant, -w[2] / determinant, w[0] / determinant];
        Interval[] t = [block[0, 0], block[0, 1], block[1, 0], block[1, 1]];
        Interval[] balanced = Product(Product(w, t), inverse);
        if (!Array.TrueForAll(balanced, entry => entry.IsFinite))
        {
            return null;
        }

        double[] middle = Array.ConvertAll(balanced, entry => entry.Midpoint);
        Interval radius = default;
        for (int k = 0; k < middle.Length; k++)
        {
            radius += (balanced[k] - middle[k]).Magnitude;
        }

        return new BlockNorm(middle, radius.High, Array.ConvertAll(w, entry => entry.Magnitude), Array.ConvertAll(inverse, entry => entry.Magnitude));
    }

    private static Interval[] Product(Interval[] a, Interval[] b) =>
        [(a[0] * b[0]) + (a[1] * b[2]), (a[0] * b[1]) + (a[1] * b[3]), (a[2] * b[0]) + (a[3] * b[2]), (a[2] * b[1]) + (a[3] * b[3])];
}
