using System.Numerics;
using OperatorGen.Analysis;

namespace OperatorGen.TestKit;

/// <summary>
/// Modes of one channel each that are evaluated two steps at a time, in the form of <see cref="LookAhead"/>. S is the state before a block of the samples u1 and u2, kept as re and
/// im = Im S / sigma; u is the unit roundoff.
/// <para>
/// Constants: what is computed of lambda and w in double has errors of some u of double, and is rounded once where the code is in float; P and Q towards 0, by 2 u at most. In units
/// of the code's u, P is off by 2 |lambda|^2, Q by 3 sigma^2, br by 1 and bi by 2 of themselves, in either precision.
/// </para>
/// <para>
/// State: <c>re' = fma(P, re, fma(-Q, im, fma(br, u1, u2)))</c> rounds three times and <c>im' = fma(P, im, fma(bi, u1, re))</c> twice; with the constants, re' is off by at most
/// <c>5 u (|lambda|^2 |re| + |sigma| |Im S| + |Re lambda u1| + |u2|)</c> and sigma im' by the same of <c>|lambda|^2 |Im S| + |sigma| |re| + |Im lambda u1|</c>. The length of both
/// together is below
/// <code>
/// 8 u (|lambda|^2 |S| + |lambda| |u1| + |u2|)
/// </code>
/// since P takes 3 of the 5, |sigma| is at most |lambda|^2, and the length of a sum is at most the sum of the lengths. Where |sigma| is below the least that is kept, what replaces
/// it has its sign, and moves either part by at most LeastSigma times the other: <c>2 LeastSigma |S|</c> is added, for this and for |sigma| being above |lambda|^2 then. Underflow is
/// left out.
/// </para>
/// <para>
/// This is an error of the state after the block. It is counted where it is first read, a step later and so times |lambda|; what constants that differ from the reference's do is
/// counted at each step, as in <see cref="ModeRounding"/>, since it does not depend on the order of the arithmetic.
/// </para>
/// <para>
/// Read: y1 is the sum of k0 u1 and of 2N products of S, y2 of k0 u2, k1 u1 and 2N products: 2N + 2 roundings, relative to
/// <c>|w| (|lambda| |S| + |u1|)</c> and <c>|w| (|lambda|^2 |S| + |lambda| |u1| + |u2|)</c> of each mode and |D| |u|. The constants c to f are products of at most three complex numbers,
/// rounded: each is off by at most 8 u |w| |lambda|^j, and both parts of the state together are at most sqrt 2 |S|: 12 u. k0 and k1 are sums of N + 1 such numbers. Together
/// 3N + 16 roundings.
/// </para>
/// </summary>
internal static class LookAheadRounding
{
    private const int StateRoundings = 8;

    /// <summary>The roundings of a read, relative to the sizes that <see cref="Scan"/> says.</summary>
    /// <param name="modes">N.</param>
    public static int ReadRoundings(int modes) => (3 * modes) + 16;

    /// <summary>A mode over time.</summary>
    public static ScannedMode Scan(ModeConstants modes, int mode, Approximate[] v, Arithmetic arithmetic)
    {
        var scan = new ScannedMode(new double[v.Length], new double[v.Length], new double[v.Length]);
        StoredNumber a = modes.A(mode);
        int i = modes.InputOf(mode, 0);
        double roundings = StateRoundings * arithmetic.Unit, deviation = 0, block = 0, pending = 0;
        double replaced = System.Math.Abs((a.Value * a.Value).Imaginary) < LookAhead.LeastSigma ? 2 * LookAhead.LeastSigma : 0;
        Complex state = Complex.Zero, start = Complex.Zero; // s_(t-1), and S
        double startDeviation = 0;
        for (int t = 0; t < v.Length; t++)
        {
            bool first = t % 2 == 0;
            if (first)
            {
                (start, startDeviation) = (state, deviation);
            }

            double u = v[t].Magnitude(i), size = Complex.Abs(start) + startDeviation;
            scan.Read[t] = first ? (a.Size * size) + u : (a.Size * a.Size * size) + (a.Size * pending) + u;
            scan.Local[t] = (a.Error * Complex.Abs(state)) + (first ? a.Size * block : 0);
            scan.Deviation[t] = deviation = ((a.Size + a.Error) * deviation) + scan.Local[t];
            state = (a.Value * state) + v[t].Value[i];
            block = first ? 0 : (roundings * scan.Read[t]) + (replaced * size);
            pending = u;
        }

        return scan;
    }
}
