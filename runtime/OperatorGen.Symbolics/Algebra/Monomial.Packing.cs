using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <content>The two representations, and the product.</content>
public readonly partial struct Monomial
{
    /// <summary>The highest degree that a word can hold.</summary>
    private const int GreatestPackedDegree = 15;

    /// <summary>a b.</summary>
    public static Monomial operator *(Monomial a, Monomial b)
    {
        int degree = checked(a.Degree + b.Degree);
        if (a._wide is null && b._wide is null && degree <= GreatestPackedDegree)
        {
            if (a._packed == 0 || b._packed == 0)
            {
                return new(a._packed | b._packed);
            }

            int width = FieldWidth(degree);
            if (((a.LastPackedIndex | b.LastPackedIndex) >> width) == 0)
            {
                return new(Merge(a, b, degree, width));
            }
        }

        return MultiplyFactors(a, b);
    }

    /// <summary>The monomial of ascending indices, each as often as its power says.</summary>
    internal static Monomial FromAscending(int[] indices)
    {
        if (!IsPacked(indices.Length, indices.Length == 0 ? 0 : indices[indices.Length - 1]))
        {
            return FromFactors(Array.ConvertAll(indices, index => new Factor(index, 1)));
        }

        ulong packed = PackedDegree(indices.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            packed |= PackedIndex(indices.Length, i, indices[i]);
        }

        return new(packed);
    }

    /// <summary>The monomial of factors that ascend by variable and have positive powers.</summary>
    internal static Monomial FromSorted(List<Factor> factors)
    {
        int degree = 0;
        foreach (Factor factor in factors)
        {
            degree = checked(degree + factor.Power);
        }

        if (factors.Count == 0 || IsPacked(degree, factors[factors.Count - 1].Variable))
        {
            return new(Pack(factors, degree));
        }

        var wide = new int[1 + (2 * factors.Count)];
        wide[0] = degree;
        for (int i = 0; i < factors.Count; i++)
        {
            wide[1 + (2 * i)] = factors[i].Variable;
            wide[2 + (2 * i)] = factors[i].Power;
        }

        return new(wide);
    }

    internal static int FieldWidth(int degree) => 60 / degree;

    private ulong LastPackedIndex
    {
        get
        {
            int degree = (int)(_packed >> 60);
            int width = FieldWidth(degree);
            return (_packed >> (60 - (width * degree))) & ((1UL << width) - 1);
        }
    }

    /// <summary>True where a monomial of that degree with no index above the greatest is one word.</summary>
    private static bool IsPacked(int degree, int greatestIndex) =>
        degree <= GreatestPackedDegree && (degree == 0 || (ulong)greatestIndex >> FieldWidth(degree) == 0);

    /// <summary>The word's bits for an index at a position, 0 being the first of the ascending indices.</summary>
    private static ulong PackedIndex(int degree, int position, int index) =>
        (ulong)index << (60 - (FieldWidth(degree) * (position + 1)));

    /// <summary>The word of that degree with all indices 0, to which <see cref="PackedIndex"/> adds.</summary>
    private static ulong PackedDegree(int degree) => (ulong)degree << 60;

    private static ulong Pack(List<Factor> factors, int degree)
    {
        ulong packed = PackedDegree(degree);
        int position = 0;
        foreach (Factor factor in factors)
        {
            for (int i = 0; i < factor.Power; i++)
            {
                packed |= PackedIndex(degree, position++, factor.Variable);
            }
        }

        return packed;
    }

    private static ulong Merge(Monomial a, Monomial b, int degree, int width)
    {
        int widthA = FieldWidth(a.Degree);
        int widthB = FieldWidth(b.Degree);
        ulong maskA = (1UL << widthA) - 1;
        ulong maskB = (1UL << widthB) - 1;
        int shiftA = 60 - widthA;
        int shiftB = 60 - widthB;
        int endA = 60 - (widthA * a.Degree);
        int endB = 60 - (widthB * b.Degree);
        ulong packed = 0;
        for (int i = 0; i < degree; i++)
        {
            ulong indexA = shiftA >= endA ? (a._packed >> shiftA) & maskA : ulong.MaxValue;
            ulong indexB = shiftB >= endB ? (b._packed >> shiftB) & maskB : ulong.MaxValue;
            bool takeA = indexA <= indexB;
            packed = (packed << width) | (takeA ? indexA : indexB);
            shiftA -= takeA ? widthA : 0;
            shiftB -= takeA ? 0 : widthB;
        }

        return PackedDegree(degree) | (packed << (60 - (width * degree)));
    }

    private static Monomial MultiplyFactors(Monomial a, Monomial b)
    {
        var product = new List<Factor>();
        FactorEnumerator left = a.GetEnumerator();
        FactorEnumerator right = b.GetEnumerator();
        bool hasLeft = left.MoveNext();
        bool hasRight = right.MoveNext();
        while (hasLeft || hasRight)
        {
            int order = !hasLeft ? 1 : !hasRight ? -1 : left.Current.Variable.CompareTo(right.Current.Variable);
            product.Add(order == 0
                ? new(left.Current.Variable, left.Current.Power + right.Current.Power)
                : order < 0 ? left.Current : right.Current);
            hasLeft = order <= 0 ? left.MoveNext() : hasLeft;
            hasRight = order >= 0 ? right.MoveNext() : hasRight;
        }

        return FromSorted(product);
    }
}
