using System;

namespace OperatorGen;

/// <summary>
/// Tokens by their logits, greatest first, of equal ones the lower id first; sorted only as far as it is asked. A heap in the front of the array, whose root goes
/// to the end of it: rank r is at length - 1 - r.
/// </summary>
internal sealed class TokenOrder(int vocabulary)
{
    private readonly int[] _ids = new int[vocabulary];
    private double[] _logits = [];
    private int _heap;

    /// <summary>Orders other logits, [vocabulary], which may not change while ranks are asked for.</summary>
    public void Start(double[] logits)
    {
        _logits = logits;
        _heap = _ids.Length;
        for (int i = 0; i < _ids.Length; i++)
        {
            _ids[i] = i;
        }

        for (int i = (_heap / 2) - 1; i >= 0; i--)
        {
            Sink(i);
        }
    }

    /// <summary>The token of a rank, from 0.</summary>
    public int At(int rank)
    {
        while (_ids.Length - _heap <= rank)
        {
            _heap--;
            (_ids[0], _ids[_heap]) = (_ids[_heap], _ids[0]);
            Sink(0);
        }

        return _ids[_ids.Length - 1 - rank];
    }

    /// <summary>The tokens of all ranks from one on, in no order. The ranks before it have been asked for.</summary>
    public ReadOnlySpan<int> From(int rank) => _ids.AsSpan(0, _ids.Length - rank);

    private void Sink(int parent)
    {
        for (int child = (2 * parent) + 1; child < _heap; child = (2 * parent) + 1)
        {
            if (child + 1 < _heap && Before(_ids[child + 1], _ids[child]))
            {
                child++;
            }

            if (!Before(_ids[child], _ids[parent]))
            {
                return;
            }

            (_ids[parent], _ids[child]) = (_ids[child], _ids[parent]);
            parent = child;
        }
    }

    private bool Before(int a, int b) => _logits[a] > _logits[b] || (_logits[a] == _logits[b] && a < b);
}
