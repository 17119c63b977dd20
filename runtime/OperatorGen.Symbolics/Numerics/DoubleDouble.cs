using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// An unevaluated sum of two doubles, High + Low with |Low| at most half a unit in the last place of High: about 106 bits.
/// Built from error-free transformations (Dekker 1971, Knuth's two-sum), which need nothing but IEEE + - * /.
/// </summary>
internal readonly struct DoubleDouble
{
    private const double Splitter = 134217729.0; // 2^27 + 1

    public DoubleDouble(double high, double low)
    {
        High = high;
        Low = low;
    }

    /// <summary>The sum rounded to double.</summary>
    public double High { get; }

    /// <summary>What the rounding left out.</summary>
    public double Low { get; }

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>2^exponent, for a normal result: -1022 to 1023.</summary>
    public static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);

    /// <summary>a + b, exactly.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b;
        double partOfB = sum - a;
        return new(sum, (a - (sum - partOfB)) + (b - partOfB));
    }

    /// <summary>a + b, exactly, for |a| at least |b|.</summary>
    private static DoubleDouble OrderedSum(double a, double b)
    {
        double sum = a + b;
        return new(sum, b - (sum - a));
    }

    /// <summary>a b, exactly, as long as neither 2^27 a overflows nor the error underflows.</summary>
    public static DoubleDouble Product(double a, double b)
    {
        double scaled = Splitter * a;
        double aHigh = scaled - (scaled - a);
        double aLow = a - aHigh;
        scaled = Splitter * b;
        double bHigh = scaled - (scaled - b);
        double bLow = b - bHigh;
        double product = a * b;
        return new(product, (((aHigh * bHigh) - product) + (aHigh * bLow) + (aLow * bHigh)) + (aLow * bLow));
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, double b)
    {
        DoubleDouble sum = Sum(a.High, b);
        return OrderedSum(sum.High, sum.Low + a.Low);
    }

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = Sum(a.High, b.High);
        DoubleDouble low = Sum(a.Low, b.Low);
        DoubleDouble sum = OrderedSum(high.High, high.Low + low.High);
        return OrderedSum(sum.High, sum.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + (-b);

    public static DoubleDouble operator *(DoubleDouble a, double b)
    {
        DoubleDouble product = Product(a.High, b);
        return OrderedSum(product.High, product.Low + (a.Low * b));
    }

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble product = Product(a.High, b.High);
        return OrderedSum(product.High, product.Low + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a - (b * first);
        double second = rest.High / b.High;
        rest -= b * second;
        return OrderedSum(first, second) + (rest.High / b.High);
    }

    /// <summary>This times 2^exponent, exactly, as long as both parts stay normal.</summary>
    public DoubleDouble Scale(int exponent)
    {
        double factor = PowerOfTwo(exponent);
        return new(High * factor, Low * factor);
    }

    /// <summary>
    /// This times 2^exponent, rounded to double once, also where the result is subnormal.
    /// High must be between 2^-500 and 2^500 in magnitude, or zero.
    /// </summary>
    public double ToDouble(int exponent)
    {
        long bits = BitConverter.DoubleToInt64Bits(High);
        int resultExponent = (int)((bits >> 52) & 0x7FF) - 1023 + exponent;
        if (High == 0 || resultExponent < -1080)
        {
            return bits < 0 ? -0.0 : 0.0;
        }

        if (resultExponent > 1023)
        {
            return bits < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        double rounded = resultExponent < -1022 ? RoundToMultipleOf(-1074 - exponent) : High;
        return rounded * PowerOfTwo(exponent / 2) * PowerOfTwo(exponent - (exponent / 2));
    }

    /// <summary>The multiple of 2^unitExponent nearest to this, ties to even; |High| at most 2^52 units.</summary>
    private double RoundToMultipleOf(int unitExponent)
    {
        double unit = PowerOfTwo(unitExponent);
        double sign = High < 0 ? -1 : 1;
        double shifter = PowerOfTwo(unitExponent + 52);
        DoubleDouble shifted = Sum(shifter, sign * High);
        double rounded = shifted.High - shifter;

        // High alone lies half way between two multiples: Low tells which one is nearer.
        double low = sign * Low;
        if (shifted.Low == unit / 2 && low > 0)
        {
            rounded += unit;
        }
        else if (shifted.Low == -unit / 2 && low < 0)
        {
            rounded -= unit;
        }

        return sign * rounded;
    }
}
