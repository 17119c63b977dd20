using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// Goes through the terms of (x_0 + ... + x_(n-1))^d in canonical order: the ascending index sequences i_1 &lt;= ... &lt;= i_d. With each index that
/// is appended at length j, the multinomial coefficient j! / (e_1! ... e_n!) is multiplied by j and divided, without remainder, by the exponent
/// that the appended variable has now. Memory: a few numbers per degree.
/// </summary>
internal struct MultinomialCursor
{
    // 20! is the greatest factorial below 2^63.
    private const int GreatestDegree = 20;

    private readonly int _variables;
    private readonly int[] _sequence;
    private readonly int[] _exponent;
    private readonly long[] _multinomial;
    private bool _started;

    public MultinomialCursor(int variables, int degree)
    {
        if (degree > GreatestDegree)
        {
            throw new ArgumentOutOfRangeException(nameof(degree), $"Multinomial coefficients are machine words up to degree {GreatestDegree}.");
        }

        _variables = variables;
        _sequence = new int[degree];
        _exponent = new int[degree];
        _multinomial = new long[degree];
        _started = false;
    }

    /// <summary>The monomial.</summary>
    public readonly Monomial Monomial => Monomial.FromAscending(_sequence);

    /// <summary>Its coefficient.</summary>
    public readonly long Multinomial => _multinomial.Length == 0 ? 1 : _multinomial[_multinomial.Length - 1];

    /// <summary>Goes to the next term; false at the end.</summary>
    public bool MoveNext()
    {
        if (!_started)
        {
            _started = true;
            Fill(0, 0);
            return true;
        }

        int position = _sequence.Length - 1;
        while (position >= 0 && _sequence[position] == _variables - 1)
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

    private readonly void Fill(int start, int index)
    {
        for (int position = start; position < _sequence.Length; position++)
        {
            _sequence[position] = index;
            _exponent[position] = position > 0 && _sequence[position - 1] == index ? _exponent[position - 1] + 1 : 1;
            _multinomial[position] = (position == 0 ? 1 : _multinomial[position - 1]) * (position + 1) / _exponent[position];
        }
    }
}
