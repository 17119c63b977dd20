using System;
using System.Collections.Generic;
using System.Linq;

namespace Text;

/// <summary>
/// One order of an interpolated n-gram model: the counts c of its n-grams, a context h being all bytes of one but the last.
/// <code>
/// P(b | h) = (max(c(h b) - D, 0) + D T(h) P'(b | h')) / C(h)    where C(h) = sum_b c(h b) > 0, else P'(b | h')
/// D = (n_1 + 1/2) / (n_1 + 2 n_2 + 1)
/// </code>
/// P' is the next lower order, h' is h without its first byte, T(h) counts the different bytes after h, n_j the n-grams with c = j. D is between 0 and 1, so that P sums to one
/// over all b where P' does.
/// </summary>
/// <remarks>Kneser and Ney 1995; D from Ney, Essen and Kneser 1994, with halves so that it is never 0 or 1; the interpolated form from Chen and Goodman 1998, section 2.7.</remarks>
internal sealed class NGramLevel
{
    private readonly Dictionary<ulong, int> _counts;
    private readonly Dictionary<ulong, (int Total, int Different)> _contexts = [];
    private readonly double _discount;

    /// <param name="counts">The counts by n-gram: its bytes, the last one lowest.</param>
    public NGramLevel(Dictionary<ulong, int> counts)
    {
        _counts = counts;
        foreach ((ulong gram, int count) in counts)
        {
            (int total, int different) = _contexts.GetValueOrDefault(gram >> 8);
            _contexts[gram >> 8] = (total + count, different + 1);
        }

        double ones = counts.Values.Count(count => count == 1), twos = counts.Values.Count(count => count == 2);
        _discount = (ones + 0.5) / (ones + (2 * twos) + 1);
    }

    /// <summary>P(b | h).</summary>
    /// <param name="context">h.</param>
    /// <param name="next">b.</param>
    /// <param name="lower">P'(b | h').</param>
    public double Probability(ulong context, byte next, double lower) => _contexts.TryGetValue(context, out (int Total, int Different) seen)
        ? (Math.Max(_counts.GetValueOrDefault((context << 8) | next) - _discount, 0) + (_discount * seen.Different * lower)) / seen.Total
        : lower;
}
