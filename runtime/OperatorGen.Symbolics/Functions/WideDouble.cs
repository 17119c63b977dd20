using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// An unevaluated sum High + Low with |Low| at most half an ulp of High: about 104 bits (Dekker 1971), what a formula needs inside so that its
/// result is rounded only once. Finite numbers well inside the range only.
/// </summary>
internal readonly struct WideDouble(double high, double low)
{
    public double High { get; } = high;

    public double Low { get; } = low;

    public static implicit operator WideDouble(double value) => new(value, 0);

    public static WideDouble operator -(WideDouble a) => new(-a.High, -a.Low);

    public static WideDouble operator +(WideDouble a, WideDouble b)
    {
        WideDouble high = Sum(a.High, b.High);
        WideDouble low = Sum(a.Low, b.Low);
        WideDouble partial = FastSum(high.High, high.Low + low.High);
        return FastSum(partial.High, partial.Low + low.Low);
    }

    public static WideDouble operator -(WideDouble a, WideDouble b) => a + (-b);

    public static WideDouble operator *(WideDouble a, WideDouble b)
    {
        WideDouble product = Product(a.High, b.High);
        return FastSum(product.High, product.Low + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static WideDouble operator /(WideDouble a, WideDouble b)
    {
        double quotient = a.High / b.High;
        WideDouble rest = a - (b * quotient);
        return FastSum(quotient, rest.High / b.High);
    }

    public double Round() => High + Low;

    /// <summary>e^a; the relative error is that of <see cref="RealMath.Exp"/>.</summary>
    public static WideDouble Exp(WideDouble a)
    {
        double value = RealMath.Exp(a.High);
        return FastSum(value, value * a.Low);
    }

    private static WideDouble Sum(double a, double b)
    {
        double sum = a + b;
        double part = sum - a;
        return new(sum, (a - (sum - part)) + (b - part));
    }

    private static WideDouble FastSum(double large, double small)
    {
        double sum = large + small;
        return new(sum, small - (sum - large));
    }

    private static WideDouble Product(double a, double b)
    {
        const double Splitter = (1 << 27) + 1;
        double product = a * b;
        double wideA = Splitter * a;
        double highA = wideA - (wideA - a);
        double lowA = a - highA;
        double wideB = Splitter * b;
        double highB = wideB - (wideB - b);
        double lowB = b - highB;
        return new(product, (((highA * highB) - product) + (highA * lowB) + (lowA * highB)) + (lowA * lowB));
    }
}
