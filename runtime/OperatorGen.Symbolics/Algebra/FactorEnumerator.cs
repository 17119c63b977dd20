namespace OperatorGen.Symbolics;

/// <summary>Goes through the powers of variables of a monomial, ascending by variable, without allocating.</summary>
public struct FactorEnumerator
{
    private readonly ulong _packed;
    private readonly int[]? _wide;
    private int _position;

    internal FactorEnumerator(ulong packed, int[]? wide)
    {
        _packed = packed;
        _wide = wide;
        _position = wide is null ? 0 : 1;
        Current = default;
    }

    /// <summary>The power that <see cref="MoveNext"/> came to.</summary>
    public Factor Current { get; private set; }

    /// <summary>Goes to the next power; false at the end.</summary>
    public bool MoveNext()
    {
        if (_wide is not null)
        {
            if (_position >= _wide.Length)
            {
                return false;
            }

            Current = new(_wide[_position], _wide[_position + 1]);
            _position += 2;
            return true;
        }

        int degree = (int)(_packed >> 60);
        if (_position >= degree)
        {
            return false;
        }

        int first = _position;
        int variable = IndexAt(degree, first);
        do
        {
            _position++;
        }
        while (_position < degree && IndexAt(degree, _position) == variable);
        Current = new(variable, _position - first);
        return true;
    }

    private readonly int IndexAt(int degree, int position)
    {
        int width = Monomial.FieldWidth(degree);
        return (int)((_packed >> (60 - (width * (position + 1)))) & ((1UL << width) - 1));
    }
}
