using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Which mode takes which wave number.</summary>
internal static class RingPlacement
{
    /// <summary>
    /// Wave numbers in the order of the frequencies, one after the other, 0 for the frequency nearest 0: then frequency and wave number have the same sign,
    /// and all waves travel the same way.
    /// </summary>
    public static RingMode[] Complex(IReadOnlyList<Wave> waves)
    {
        int[] order = [.. Indices(waves).OrderBy(n => waves[n].Frequency).ThenByDescending(n => waves[n].Magnitude)];
        int slowest = 0;
        for (int rank = 1; rank < order.Length; rank++)
        {
            slowest = Math.Abs(waves[order[rank]].Frequency) < Math.Abs(waves[order[slowest]].Frequency) ? rank : slowest;
        }

        return [.. order.Select((n, rank) => new RingMode(n, rank - slowest, false, waves[n], waves.Count))];
    }

    /// <summary>
    /// A pair of wave numbers k and -k for each mode, k = 1, 2, ... in the order of the frequencies' magnitudes; the first real mode takes 0 alone.
    /// </summary>
    public static RingMode[] Real(IReadOnlyList<Wave> waves)
    {
        int nodes = (2 * waves.Count) + 1;
        int[] order = [.. Indices(waves).OrderBy(n => Math.Abs(waves[n].Frequency)).ThenByDescending(n => waves[n].Magnitude)];
        int single = order.Where(n => waves[n].Eigenvalue.Im == 0).DefaultIfEmpty(-1).First();
        var modes = new List<RingMode>(waves.Count);
        if (single >= 0)
        {
            modes.Add(new RingMode(single, 0, false, Forward(waves[single]), nodes));
        }

        foreach (int n in order.Where(n => n != single))
        {
            modes.Add(new RingMode(n, modes.Count + (single >= 0 ? 0 : 1), true, Forward(waves[n]), nodes));
        }

        return [.. modes];
    }

    /// <summary>The same real function of the input, Re(w s), with a frequency that is not negative and, of a real mode, with a real weight.</summary>
    private static Wave Forward(Wave wave) => wave.Eigenvalue.Im switch
    {
        0 => new Wave(wave.Eigenvalue.Re, wave.Weight.Re),
        < 0 => new Wave(wave.Eigenvalue.Conjugate(), wave.Weight.Conjugate()),
        _ => wave,
    };

    private static IEnumerable<int> Indices(IReadOnlyList<Wave> waves) => Enumerable.Range(0, waves.Count);
}
