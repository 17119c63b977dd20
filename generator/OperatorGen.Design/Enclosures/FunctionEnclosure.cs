using System;

namespace OperatorGen.Symbolics;

/// <summary>The enclosures of one decoder function.</summary>
internal abstract class FunctionEnclosure
{
    private static readonly FunctionEnclosure s_relu = new ReluEnclosure();
    private static readonly FunctionEnclosure s_sigmoid = new SigmoidEnclosure();
    private static readonly FunctionEnclosure s_tanh = new TanhEnclosure();
    private static readonly FunctionEnclosure s_softplus = new SoftplusEnclosure();
    private static readonly FunctionEnclosure s_silu = new SiluEnclosure();
    private static readonly FunctionEnclosure s_geluErf = new GeluErfEnclosure();
    private static readonly FunctionEnclosure s_geluTanh = new GeluTanhEnclosure();
    private static readonly FunctionEnclosure s_exp = new ExpEnclosure();

    /// <summary>Points in ascending order between which the function is of one character: where a subdivision begins.</summary>
    public abstract ReadOnlySpan<double> Landmarks { get; }

    /// <summary>From this |x| on the function is within the least positive double of the line that it approaches, on each side where it approaches one; null for polynomials.</summary>
    public abstract double? TailFrom { get; }

    /// <summary>The slope of the line that the function approaches on the right: 0, or 1 for x itself; null: it approaches none. On the left it approaches a constant.</summary>
    public abstract double? RightSlope { get; }

    /// <summary>The enclosures of a function.</summary>
    /// <exception cref="ArgumentException">The library has no enclosures of the function.</exception>
    public static FunctionEnclosure Of(DecoderFunction function) => function switch
    {
        Identity => new PolynomialEnclosure(new([BigRational.Zero, BigRational.One])),
        PolynomialFunction polynomial => new PolynomialEnclosure(polynomial),
        Relu => s_relu,
        Sigmoid => s_sigmoid,
        Tanh => s_tanh,
        Softplus => s_softplus,
        Silu => s_silu,
        GeluErf => s_geluErf,
        GeluTanh => s_geluTanh,
        Exp => s_exp,
        _ => throw new ArgumentException($"The decoder function '{function.Name}' has no enclosures.", nameof(function)),
    };

    /// <summary>Contains g(x) for all x of the interval.</summary>
    public abstract Interval Values(Interval x);

    /// <summary>Contains g^(k)(x) / k! for all x of the interval.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="coefficients">Takes the intervals for k = 0, 1, ..., at least one.</param>
    public abstract void Jet(Interval x, Span<Interval> coefficients);
}
