using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// An exact rational number in lowest terms with a positive denominator. Numerators and denominators below 2^63 are kept in two machine words;
/// only larger ones cost a <see cref="BigInteger"/>.
/// </summary>
public readonly partial struct BigRational : IEquatable<BigRational>, IComparable<BigRational>
{
    private readonly long _numerator;

    // The default value of the struct is 0/1.
    private readonly long _denominatorLessOne;
    private readonly WidePair? _wide;

    /// <summary>The quotient of two integers, brought to lowest terms.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator, not 0.</param>
    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public BigRational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("A rational number cannot have the denominator 0.");
        }

        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        divisor = denominator.Sign < 0 ? -divisor : divisor;
        this = divisor.IsOne ? Reduced(numerator, denominator) : Reduced(numerator / divisor, denominator / divisor);
    }

    private BigRational(long numerator, long denominator, WidePair? wide = null)
    {
        _numerator = numerator;
        _denominatorLessOne = denominator - 1;
        _wide = wide;
    }

    /// <summary>0.</summary>
    public static BigRational Zero => default;

    /// <summary>1.</summary>
    public static BigRational One => new(1, 1, null);

    /// <summary>The numerator, coprime to the denominator; it carries the sign.</summary>
    public BigInteger Numerator => _wide is null ? _numerator : _wide.Numerator;

    /// <summary>The denominator, at least 1.</summary>
    public BigInteger Denominator => _wide is null ? SmallDenominator : _wide.Denominator;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => _wide is null ? Math.Sign(_numerator) : _wide.Numerator.Sign;

    /// <summary>True for 0.</summary>
    public bool IsZero => _wide is null && _numerator == 0;

    /// <summary>True for 1.</summary>
    public bool IsOne => _wide is null && _numerator == 1 && _denominatorLessOne == 0;

    /// <summary>True where the denominator is 1.</summary>
    public bool IsInteger => _wide is null ? _denominatorLessOne == 0 : _wide.Denominator.IsOne;

    private long SmallDenominator => _denominatorLessOne + 1;

    /// <summary>The integer as a rational number.</summary>
    public static implicit operator BigRational(long value) =>
        value == long.MinValue ? Reduced(value, BigInteger.One) : new(value, 1, null);

    /// <summary>The integer as a rational number.</summary>
    public static implicit operator BigRational(BigInteger value) => Reduced(value, BigInteger.One);

    /// <summary>The exact binary value of a double.</summary>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or not a number.</exception>
    public static BigRational FromDouble(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "Infinity and not-a-number have no exact rational value.");
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)((bits >> 52) & 0x7FF);
        long significand = (bits & 0xFFFFFFFFFFFFF) | (biased == 0 ? 0 : 1L << 52);
        significand = bits < 0 ? -significand : significand;
        int exponent = Math.Max(biased, 1) - 1075;
        if (significand == 0)
        {
            return Zero;
        }

        while ((significand & 1) == 0)
        {
            significand /= 2;
            exponent++;
        }

        return exponent >= 0
            ? new BigInteger(significand) << exponent
            : Reduced(significand, BigInteger.One << -exponent);
    }

    /// <inheritdoc/>
    public bool Equals(BigRational other)
    {
        if (_wide is null || other._wide is null)
        {
            return _wide is null && other._wide is null
                && _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne;
        }

        return _wide.Numerator == other._wide.Numerator && _wide.Denominator == other._wide.Denominator;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BigRational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _wide is null
        ? unchecked((_numerator.GetHashCode() * 31) + _denominatorLessOne.GetHashCode())
        : unchecked((_wide.Numerator.GetHashCode() * 31) + _wide.Denominator.GetHashCode());

    /// <inheritdoc/>
    public int CompareTo(BigRational other) =>
        _wide is null && other._wide is null && _denominatorLessOne == other._denominatorLessOne
            ? _numerator.CompareTo(other._numerator)
            : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    // The pair is known to be in lowest terms with a positive denominator.
    private static BigRational Reduced(BigInteger numerator, BigInteger denominator) =>
        denominator <= long.MaxValue && -long.MaxValue <= numerator && numerator <= long.MaxValue
            ? new((long)numerator, (long)denominator, null)
            : new(0, 1, new WidePair(numerator, denominator));

    private sealed class WidePair(BigInteger numerator, BigInteger denominator)
    {
        public BigInteger Numerator { get; } = numerator;

        public BigInteger Denominator { get; } = denominator;
    }
}
