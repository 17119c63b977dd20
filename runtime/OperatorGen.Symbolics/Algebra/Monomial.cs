using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// A product of variables x_0, x_1, ... with exponents. The canonical order is graded: by total degree, then by the variables' indices, each
/// repeated as often as its exponent says, from the least: 1, x_0, x_1, x_0^2, x_0 x_1, x_1^2, ...
/// </summary>
/// <remarks>
/// Up to degree 15, where the indices are small enough, a monomial is one word: four bits of degree, then the ascending indices in equal fields of
/// 60/degree bits. The order of such words is the canonical order.
/// </remarks>
public readonly partial struct Monomial : IEquatable<Monomial>, IComparable<Monomial>
{
    private readonly ulong _packed;

    // Where one word does not do: the degree, then variable and power in turn, ascending by variable.
    private readonly int[]? _wide;

    private Monomial(ulong packed) => _packed = packed;

    private Monomial(int[] wide) => _wide = wide;

    /// <summary>The empty product, 1.</summary>
    public static Monomial One => default;

    /// <summary>The sum of the exponents.</summary>
    public int Degree => _wide is null ? (int)(_packed >> 60) : _wide[0];

    /// <summary>The variable of that index, from 0.</summary>
    public static Monomial Variable(int index) => index < 0
        ? throw new ArgumentOutOfRangeException(nameof(index), "The index of a variable is at least 0.")
        : new(PackedDegree(1) + (uint)index);

    /// <summary>The product of the variables of these indices, in any order; one that occurs twice is squared.</summary>
    public static Monomial Of(params int[] indices) => FromFactors(Array.ConvertAll(indices, index => new Factor(index, 1)));

    /// <summary>The product of powers of variables, in any order; equal variables are brought together and exponents of 0 dropped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index or exponent is negative.</exception>
    /// <exception cref="OverflowException">The degree passes 2^31 - 1.</exception>
    public static Monomial FromFactors(IEnumerable<Factor> factors)
    {
        var powers = new SortedDictionary<int, int>();
        foreach (Factor factor in factors)
        {
            if (factor.Variable < 0 || factor.Power < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(factors), "Indices and exponents of variables are at least 0.");
            }

            powers.TryGetValue(factor.Variable, out int power);
            powers[factor.Variable] = checked(power + factor.Power);
        }

        var sorted = new List<Factor>(powers.Count);
        foreach (KeyValuePair<int, int> power in powers)
        {
            if (power.Value > 0)
            {
                sorted.Add(new(power.Key, power.Value));
            }
        }

        return FromSorted(sorted);
    }

    /// <summary>The powers of variables, ascending by variable.</summary>
    public FactorEnumerator GetEnumerator() => new(_packed, _wide);

    /// <inheritdoc/>
    public bool Equals(Monomial other) => _wide is null || other._wide is null
        ? _packed == other._packed && _wide is null && other._wide is null
        : _wide.AsSpan().SequenceEqual(other._wide);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Monomial other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_wide is null)
        {
            // Fibonacci hashing: the upper half of the product depends on all bits of the word.
            return (int)(unchecked(_packed * 0x9E3779B97F4A7C15) >> 32);
        }

        uint hash = 17;
        foreach (int item in _wide)
        {
            hash = unchecked((hash * 0x9E3779B1) + (uint)item);
        }

        return unchecked((int)hash);
    }

    /// <summary>The canonical order: degree, then the variables' indices.</summary>
    public int CompareTo(Monomial other)
    {
        if (_wide is null && other._wide is null)
        {
            return _packed.CompareTo(other._packed);
        }

        return Degree != other.Degree ? Degree.CompareTo(other.Degree) : CompareFactors(other);
    }

    /// <summary>The variables as <c>x_0^2 x_3</c>; <c>1</c> for the empty product.</summary>
    public override string ToString() => ExpressionText.Render(PolynomialExpressions.Of(this, VariableNames.Default));

    /// <summary>Equality of all exponents.</summary>
    public static bool operator ==(Monomial left, Monomial right) => left.Equals(right);

    /// <summary>The negation of equality.</summary>
    public static bool operator !=(Monomial left, Monomial right) => !left.Equals(right);

    /// <summary>Canonical order.</summary>
    public static bool operator <(Monomial left, Monomial right) => left.CompareTo(right) < 0;

    /// <summary>Canonical order.</summary>
    public static bool operator >(Monomial left, Monomial right) => left.CompareTo(right) > 0;

    /// <summary>Canonical order.</summary>
    public static bool operator <=(Monomial left, Monomial right) => left.CompareTo(right) <= 0;

    /// <summary>Canonical order.</summary>
    public static bool operator >=(Monomial left, Monomial right) => left.CompareTo(right) >= 0;

    // For equal degrees: at the first factor that differs, the smaller variable comes first, and of one variable the higher power.
    private int CompareFactors(Monomial other)
    {
        FactorEnumerator left = GetEnumerator();
        FactorEnumerator right = other.GetEnumerator();
        while (left.MoveNext() && right.MoveNext())
        {
            if (left.Current.Variable != right.Current.Variable)
            {
                return left.Current.Variable.CompareTo(right.Current.Variable);
            }

            if (left.Current.Power != right.Current.Power)
            {
                return right.Current.Power.CompareTo(left.Current.Power);
            }
        }

        return 0;
    }
}
