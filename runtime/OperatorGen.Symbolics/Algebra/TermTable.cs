using System;

namespace OperatorGen.Symbolics;

/// <summary>Sums coefficients by monomial while a product is formed: open addressing, the terms themselves in the order of their first coming.</summary>
internal struct TermTable<T, TRing>
    where TRing : struct, IRing<T>
{
    // Positions in the dense arrays plus one; 0 is free. The length is a power of two and at least twice the number of terms.
    private int[] _slots;
    private int _shift;
    private Monomial[] _monomials;
    private T[] _coefficients;

    public TermTable(int capacity)
    {
        _shift = 32 - 5;
        while (1 << (32 - _shift) < 2 * Math.Min(capacity, 1 << 20))
        {
            _shift--;
        }

        int size = 1 << (32 - _shift);
        _slots = new int[size];
        _monomials = new Monomial[size / 2];
        _coefficients = new T[size / 2];
        Count = 0;
    }

    public int Count { get; private set; }

    /// <summary>Adds a term. Every new monomial counts, also when its coefficient later cancels.</summary>
    public void Add(Monomial monomial, T coefficient, int limit)
    {
        TRing ring = default;
        uint hash = unchecked((uint)monomial.GetHashCode());
        for (int slot = (int)(hash >> _shift); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            int found = _slots[slot] - 1;
            if (found < 0)
            {
                if (Count == limit)
                {
                    throw new TermLimitException(Count + 1, limit);
                }

                _monomials[Count] = monomial;
                _coefficients[Count] = coefficient;
                _slots[slot] = ++Count;
                break;
            }

            if (_monomials[found].Equals(monomial))
            {
                _coefficients[found] = ring.Add(_coefficients[found], coefficient);
                return;
            }
        }

        if (Count == _monomials.Length)
        {
            Grow();
        }
    }

    /// <summary>The terms in canonical order, without those that cancelled. The table is used up.</summary>
    public Polynomial<T, TRing> ToPolynomial()
    {
        TRing ring = default;
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!ring.IsZero(_coefficients[i]))
            {
                _monomials[kept] = _monomials[i];
                _coefficients[kept++] = _coefficients[i];
            }
        }

        Array.Resize(ref _monomials, kept);
        Array.Resize(ref _coefficients, kept);
        Array.Sort(_monomials, _coefficients);
        return new(_monomials, _coefficients);
    }

    private void Grow()
    {
        Array.Resize(ref _monomials, 2 * Count);
        Array.Resize(ref _coefficients, 2 * Count);
        _slots = new int[4 * Count];
        _shift--;
        for (int i = 0; i < Count; i++)
        {
            uint hash = unchecked((uint)_monomials[i].GetHashCode());
            int slot = (int)(hash >> _shift);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = i + 1;
        }
    }
}
