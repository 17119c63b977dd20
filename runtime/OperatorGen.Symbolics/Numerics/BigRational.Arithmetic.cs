using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace OperatorGen.Symbolics;

/// <content>The four operations, powers and comparison. Common factors are taken out before the products, so that those stay small.</content>
public readonly partial struct BigRational
{
    /// <summary>a + b.</summary>
    public static BigRational operator +(BigRational a, BigRational b) =>
        a._wide is null && b._wide is null && TryAdd(a, b, out BigRational sum)
            ? sum
            : new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>a - b.</summary>
    public static BigRational operator -(BigRational a, BigRational b) => a + (-b);

    /// <summary>-a.</summary>
    public static BigRational operator -(BigRational a) =>
        a._wide is null ? new(-a._numerator, a.SmallDenominator) : Reduced(-a._wide.Numerator, a._wide.Denominator);

    /// <summary>a b.</summary>
    public static BigRational operator *(BigRational a, BigRational b)
    {
        if (a._wide is null && b._wide is null)
        {
            long first = Gcd(a._numerator, b.SmallDenominator);
            long second = Gcd(b._numerator, a.SmallDenominator);
            if (TryMultiply(a._numerator / first, b._numerator / second, out long numerator)
                && TryMultiply(a.SmallDenominator / second, b.SmallDenominator / first, out long denominator))
            {
                return new(numerator, denominator);
            }
        }

        return MultiplyWide(a, b);
    }

    /// <summary>a / b.</summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    public static BigRational operator /(BigRational a, BigRational b) => a * b.Reciprocal();

    /// <summary>True where the values are equal.</summary>
    public static bool operator ==(BigRational a, BigRational b) => a.Equals(b);

    /// <summary>True where the values differ.</summary>
    public static bool operator !=(BigRational a, BigRational b) => !a.Equals(b);

    /// <summary>a &lt; b.</summary>
    public static bool operator <(BigRational a, BigRational b) => a.CompareTo(b) < 0;

    /// <summary>a &gt; b.</summary>
    public static bool operator >(BigRational a, BigRational b) => a.CompareTo(b) > 0;

    /// <summary>a &lt;= b.</summary>
    public static bool operator <=(BigRational a, BigRational b) => a.CompareTo(b) <= 0;

    /// <summary>a &gt;= b.</summary>
    public static bool operator >=(BigRational a, BigRational b) => a.CompareTo(b) >= 0;

    /// <summary>1 / a.</summary>
    /// <exception cref="DivideByZeroException">a is 0.</exception>
    public BigRational Reciprocal()
    {
        if (IsZero)
        {
            throw new DivideByZeroException("0 has no reciprocal.");
        }

        if (_wide is null)
        {
            return _numerator < 0 ? new(-SmallDenominator, -_numerator) : new(SmallDenominator, _numerator);
        }

        return _wide.Numerator.Sign < 0
            ? Reduced(-_wide.Denominator, -_wide.Numerator)
            : Reduced(_wide.Denominator, _wide.Numerator);
    }

    /// <summary>|a|.</summary>
    public BigRational Abs() => Sign < 0 ? -this : this;

    private static bool TryAdd(BigRational a, BigRational b, out BigRational sum)
    {
        sum = default;
        long divisor = Gcd(a.SmallDenominator, b.SmallDenominator);
        long right = b.SmallDenominator / divisor;
        if (!TryMultiply(a._numerator, right, out long x)
            || !TryMultiply(b._numerator, a.SmallDenominator / divisor, out long y))
        {
            return false;
        }

        long numerator = unchecked(x + y);
        if (((x ^ numerator) & (y ^ numerator)) < 0 || numerator == long.MinValue)
        {
            return false;
        }

        // Knuth, The Art of Computer Programming 4.5.1: what is left in common divides the denominators' common divisor.
        long rest = divisor == 1 ? 1 : Gcd(numerator, divisor);
        if (!TryMultiply(a.SmallDenominator / rest, right, out long denominator))
        {
            return false;
        }

        sum = new(numerator / rest, denominator);
        return true;
    }

    private static BigRational MultiplyWide(BigRational a, BigRational b)
    {
        // The exact values of doubles: odd over a power of two, so that there is nothing to take out of their product.
        if (!a.IsInteger && !b.IsInteger && a.Denominator.IsPowerOfTwo && b.Denominator.IsPowerOfTwo)
        {
            return Reduced(a.Numerator * b.Numerator, a.Denominator * b.Denominator);
        }

        BigInteger first = BigInteger.GreatestCommonDivisor(a.Numerator, b.Denominator);
        BigInteger second = BigInteger.GreatestCommonDivisor(b.Numerator, a.Denominator);
        return Reduced(
            Quotient(a.Numerator, first) * Quotient(b.Numerator, second),
            Quotient(a.Denominator, second) * Quotient(b.Denominator, first));
    }

    private static BigInteger Quotient(BigInteger value, BigInteger divisor) => divisor.IsOne ? value : value / divisor;

    // The greatest common divisor of |a| and b > 0; b where a is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Gcd(long a, long b) => b == 1 ? 1 : Euclid((ulong)Math.Abs(a), (ulong)b);

    private static long Euclid(ulong a, ulong b)
    {
        while (a > uint.MaxValue || b > uint.MaxValue)
        {
            if (a == 0 || b == 0)
            {
                return (long)(a | b);
            }

            (a, b) = (b, a % b);
        }

        uint x = (uint)a;
        uint y = (uint)b;
        while (y != 0)
        {
            (x, y) = (y, x % y);
        }

        return x;
    }

    // The product, where it lies strictly between -2^63 and 2^63.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryMultiply(long a, long b, out long product)
    {
        product = unchecked(a * b);
        return (a == (int)a && b == (int)b) || FitsProduct(a, b, product);
    }

    private static bool FitsProduct(long a, long b, long product) =>
        a == 0 || (product != long.MinValue && product / a == b);
}
