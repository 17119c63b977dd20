using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// Goes through the terms of a (w_1 x_1 + ... + w_n x_n)^d in canonical order: the ascending index sequences i_1 &lt;= ... &lt;= i_d. With each index that
/// is appended at length j, the multinomial coefficient j! / (e_1! ... e_n!) is multiplied by j and divided, without remainder, by the exponent
/// that the appended variable has now. Memory: a few numbers per degree.
/// </summary>
internal struct MultinomialCursor<T, TRing>
    where TRing : struct, IRing<T>
{
    // 20! is the greatest factorial below 2^63: up to this degree the multinomial coefficients are machine words.
    private const int GreatestWordDegree = 20;

    private readonly int[] _variables;
    private readonly T[] _weights;
    private readonly T _factor;
    private readonly int _degree;
    private readonly bool _isPacked;
    private readonly int[] _sequence;
    private readonly int[] _exponent;
    private readonly T[] _product;
    private readonly ulong[] _packed;
    private readonly long[] _multinomial;
    private readonly BigInteger[] _wideMultinomial;
    private bool _started;

    // The product without its last weight, times a multinomial coefficient: terms that differ in their last index mostly share it.
    private T _scaledPrefix;
    private long _scaledBy;

    public MultinomialCursor(int[] variables, T[] weights, T factor, int degree)
    {
        _variables = variables;
        _weights = weights;
        _factor = factor;
        _degree = degree;
        _isPacked = degree == 0 || Monomial.IsPacked(degree, variables[variables.Length - 1]);
        _sequence = new int[degree];
        _exponent = new int[degree];
        _product = new T[degree];
        _packed = new ulong[_isPacked ? degree : 0];
        _multinomial = new long[degree <= GreatestWordDegree ? degree : 0];
        _wideMultinomial = new BigInteger[degree <= GreatestWordDegree ? 0 : degree];
        _started = false;
        _scaledPrefix = default(TRing).Zero;
        _scaledBy = 0;
    }

    /// <summary>Goes to the next term; false at the end.</summary>
    public bool MoveNext()
    {
        if (!_started)
        {
            _started = true;
            Fill(0, 0);
            return true;
        }

        int position = _degree - 1;
        while (position >= 0 && _sequence[position] == _variables.Length - 1)
        {
            position--;
        }

        if (position < 0)
        {
            return false;
        }

        Fill(position, _sequence[position] + 1);
        return true;
    }

    /// <summary>The monomial.</summary>
    public readonly Monomial Monomial =>
        _degree == 0 ? Monomial.One : _isPacked ? Monomial.FromPacked(_packed[_degree - 1]) : WideMonomial();

    /// <summary>Its coefficient: the product of a and the weights, times the exact multinomial coefficient as the ring takes it.</summary>
    public T Coefficient()
    {
        if (_degree == 0)
        {
            return _factor;
        }

        int last = _degree - 1;
        T weight = _weights[_sequence[last]];
        T prefix = last == 0 ? _factor : _product[last - 1];
        if (_degree > GreatestWordDegree)
        {
            return default(TRing).Multiply(default(TRing).Multiply(prefix, default(TRing).FromInteger(_wideMultinomial[last])), weight);
        }

        if (_scaledBy != _multinomial[last])
        {
            _scaledBy = _multinomial[last];
            _scaledPrefix = default(TRing).Scale(prefix, _scaledBy);
        }

        return default(TRing).Multiply(_scaledPrefix, weight);
    }

    private void Fill(int start, int index)
    {
        _scaledBy = start < _degree - 1 ? 0 : _scaledBy;
        for (int position = start; position < _degree; position++)
        {
            _sequence[position] = index;
            _exponent[position] = position > 0 && _sequence[position - 1] == index ? _exponent[position - 1] + 1 : 1;
            if (position < _degree - 1)
            {
                _product[position] = default(TRing).Multiply(position == 0 ? _factor : _product[position - 1], _weights[index]);
            }

            if (_isPacked)
            {
                ulong before = position == 0 ? Monomial.PackedDegree(_degree) : _packed[position - 1];
                _packed[position] = before | Monomial.PackedIndex(_degree, position, _variables[index]);
            }

            if (_degree <= GreatestWordDegree)
            {
                _multinomial[position] = (position == 0 ? 1 : _multinomial[position - 1]) * (position + 1) / _exponent[position];
            }
            else
            {
                BigInteger before = position == 0 ? BigInteger.One : _wideMultinomial[position - 1];
                _wideMultinomial[position] = before * (position + 1) / _exponent[position];
            }
        }
    }

    private readonly Monomial WideMonomial()
    {
        var factors = new System.Collections.Generic.List<Factor>();
        for (int position = 0; position < _degree; position++)
        {
            if (position == _degree - 1 || _sequence[position + 1] != _sequence[position])
            {
                factors.Add(new(_variables[_sequence[position]], _exponent[position]));
            }
        }

        return Monomial.FromSorted(factors);
    }
}
