using System;

namespace OperatorGen.Symbolics;

/// <summary>sigma.</summary>
internal sealed class SigmoidEnclosure : SmoothEnclosure
{
    protected override double Tail => 800;

    protected override double Slope => 0;

    protected override Interval At(double x) => RealEnclosure.Sigmoid(x);

    protected override void InnerJet(Interval x, Span<Interval> coefficients) => LogisticRange.Of(x).Series(coefficients);
}

/// <summary>tanh x = 2 sigma(2x) - 1: coefficient k is 2^(k+1) times that of sigma at 2x.</summary>
internal sealed class TanhEnclosure : SmoothEnclosure
{
    protected override double Tail => 800;

    protected override double Slope => 0;

    protected override Interval At(double x) => RealEnclosure.Tanh(x);

    protected override void InnerJet(Interval x, Span<Interval> coefficients)
    {
        LogisticRange.Of(new(2 * x.Low, 2 * x.High)).Series(coefficients);
        double factor = 2;
        for (int k = 1; k < coefficients.Length; k++)
        {
            factor *= 2;
            coefficients[k] *= factor;
        }
    }
}

/// <summary>softplus, whose derivative is sigma.</summary>
internal sealed class SoftplusEnclosure : SmoothEnclosure
{
    protected override double Tail => 800;

    protected override Interval At(double x) => RealEnclosure.Softplus(x);

    protected override void InnerJet(Interval x, Span<Interval> coefficients)
    {
        LogisticRange.Of(x).Series(coefficients);
        for (int k = coefficients.Length - 1; k > 0; k--)
        {
            coefficients[k] = coefficients[k - 1] / k;
        }
    }
}

/// <summary>
/// x sigma(x). Its derivative is sigma(x) h(x), h = 1 + x sigma(-x); h' = sigma(-x) (1 - x sigma(x)) is positive for x &lt;= 0, and h &gt; 0 for x &gt;= 0: one minimum.
/// </summary>
internal sealed class SiluEnclosure : SmoothEnclosure
{
    private static readonly Interval s_valley = new(-1.2784645428, -1.2784645427);

    protected override double Tail => 800;

    protected override Interval? Valley => s_valley;

    protected override Interval At(double x) => TimesArgument(x, RealEnclosure.Sigmoid);

    protected override void InnerJet(Interval x, Span<Interval> coefficients)
    {
        LogisticRange.Of(x).Series(coefficients);
        TimesArgument(x, coefficients);
    }
}
