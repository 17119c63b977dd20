using System;

namespace OperatorGen.Analysis;

/// <summary>
/// Chen's identity for a segment along one axis, S (x) exp(h e_i). Horner's scheme is that of <see cref="SegmentStep"/>, but only words that end in i change: of the partial result of
/// level k, U_k are those, and the others are S_k. It takes 1 + d + ... + d^(n-1) multiply-adds for level n.
/// </summary>
internal static class AxisStep
{
    public static void Append(MirroredTensor s, int letter, double h, StepScratch scratch)
    {
        for (int n = s.Order.Level; n >= 2; n--)
        {
            Span<double> partial = scratch.Partial, next = scratch.Next;
            partial[0] = s.EndingIn(letter, 1)[0] + (h / n);
            for (int k = 2; k <= n; k++)
            {
                Span<double> ending = s.EndingIn(letter, k), result = k == n ? ending : next.Slice(0, ending.Length);
                ReadOnlySpan<double> before = s.Level(k - 1);
                int size = before.Length / s.Order.Letters, start = letter * size, end = start + size;
                double share = h / (n - k + 1);
                ScaledSum.Write(ending, share, before, result.Slice(0, start));
                ScaledSum.Write(ending.Slice(start), share, partial, result.Slice(start, size));
                ScaledSum.Write(ending.Slice(end), share, before.Slice(end), result.Slice(end));
                Span<double> last = partial;
                partial = next;
                next = last;
            }
        }

        s.EndingIn(letter, 1)[0] += h;
    }
}
