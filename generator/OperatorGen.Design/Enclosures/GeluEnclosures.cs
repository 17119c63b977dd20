using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// x Phi(x). Its derivative Phi(x) + x phi(x) is negative below -1, where Phi(x) &lt; phi(x) / |x|, and rises up to sqrt 2, because g'' = phi (2 - x^2);
/// it is positive for x &gt;= 0: one minimum.
/// </summary>
internal sealed class GeluErfEnclosure : SmoothEnclosure
{
    private static readonly Interval s_valley = new(-0.7517915247, -0.7517915246);

    protected override double Tail => 48;

    protected override Interval? Valley => s_valley;

    protected override Interval At(double x) => TimesArgument(x, RealEnclosure.NormalCumulative);

    /// <summary>From Phi' = phi and phi' = -x phi: g' = Phi + x phi, and with phi_k the coefficients of phi those of g are x phi_(k-1) / k + phi_(k-2) / (k-1).</summary>
    protected override void InnerJet(Interval x, Span<Interval> coefficients)
    {
        if (coefficients.Length < 2)
        {
            return;
        }

        Interval beforeLast = RealEnclosure.NormalCumulative(x);
        Interval last = RealEnclosure.NormalDensity(x);
        coefficients[1] = beforeLast + (x * last);
        Interval previous = default;
        for (int k = 2; k < coefficients.Length; k++)
        {
            // last is phi_(k-2) here, and phi_(k-1) after the step.
            Interval next = -((x * last) + previous) / (k - 1);
            coefficients[k] = (x * next / k) + (last / (k - 1));
            previous = last;
            last = next;
        }
    }
}

/// <summary>
/// x sigma(v), v = a x + b x^3, a = 2 sqrt(2/pi), b = 0.044715 a. Its derivative is sigma(v) h(x), h = 1 + x v' sigma(-v). For x &lt; 0 both |x v'| = a |x| + 3 b |x|^3 and
/// sigma(-v) fall with x, so h rises to 1 at 0; for x &gt; 0 it is above 1: one minimum.
/// </summary>
internal sealed class GeluTanhEnclosure : SmoothEnclosure
{
    private static readonly Interval s_valley = new(-0.7524614221, -0.7524614220);
    private static readonly Interval s_linear = Around(EnclosureConstants.GeluTanhLinear);
    private static readonly Interval s_cubic = Around(EnclosureConstants.GeluTanhCubic);

    protected override double Tail => 48;

    protected override Interval? Valley => s_valley;

    protected override Interval At(double x) => TimesArgument(x, point => LogisticAt(point).Value);

    /// <summary>With s = sigma(v(x)): s' = s (1 - s) v', and v' has the coefficients a + 3 b x^2, 6 b x, 3 b.</summary>
    protected override void InnerJet(Interval x, Span<Interval> coefficients)
    {
        LogisticPair low = LogisticAt(x.Low);
        var range = new LogisticRange(low, x.IsPoint ? low : LogisticAt(x.High), x.Contains(0));
        Interval constant = s_linear + (3.0 * s_cubic * x.Square());
        Interval linear = 6.0 * s_cubic * x;
        Interval square = 3.0 * s_cubic;
        Span<Interval> rates = new Interval[coefficients.Length];
        coefficients[0] = range.Value;
        for (int k = 0; k + 1 < coefficients.Length; k++)
        {
            rates[k] = range.Rate(coefficients, k);
            Interval sum = constant * rates[k];
            sum += k > 0 ? linear * rates[k - 1] : 0;
            sum += k > 1 ? square * rates[k - 2] : 0;
            coefficients[k + 1] = sum / (k + 1);
        }

        TimesArgument(x, coefficients);
    }

    // v in double-double: the four operations and the constants are wrong by a few 2^-104 each (Joldes, Muller and Popescu 2017), and no terms cancel;
    // the rounding of v to double, times its size, would be a relative error of sigma.
    private static LogisticPair LogisticAt(double x)
    {
        if (Math.Abs(x) < 1e-100)
        {
            return LogisticPair.At(0, new Interval(-1e-99, 1e-99));
        }

        DoubleDouble v = x * (EnclosureConstants.GeluTanhLinear + (EnclosureConstants.GeluTanhCubic * x * x));
        double slack = Math.Abs(v.High) * DoubleDouble.PowerOfTwo(-96);
        return LogisticPair.At(v.High, new Interval(-slack, slack) + v.Low);
    }

    private static Interval Around(DoubleDouble value) => new(Outward.Down(value.High), Outward.Up(value.High));
}
