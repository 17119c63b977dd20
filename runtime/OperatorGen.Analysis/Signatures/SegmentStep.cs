using System;

namespace OperatorGen.Analysis;

/// <summary>
/// Chen's identity for a segment, S (x) exp(h), by Horner's scheme: the new level n is
/// <code>
/// ((...((h / n + S_1) (x) h / (n - 1) + S_2) (x) h / (n - 2) + ...) + S_(n-1)) (x) h + S_n
/// </code>
/// where (x) appends a letter. It takes d^2 + ... + d^n multiply-adds; the highest level comes first, since each needs the old values of those below.
/// </summary>
internal static class SegmentStep
{
    public static void Append(MirroredTensor s, ReadOnlySpan<double> h, StepScratch scratch)
    {
        scratch.Divide(h);
        int letters = s.Order.Letters;
        for (int n = s.Order.Level; n >= 2; n--)
        {
            Span<double> partial = scratch.Partial, next = scratch.Next;
            ScaledSum.Write(s.Level(1), 1, scratch.Share(n), partial.Slice(0, letters));
            for (int k = 2; k < n; k++)
            {
                ReadOnlySpan<double> share = scratch.Share(n - k + 1), level = s.Level(k);
                int size = level.Length / letters;
                for (int i = 0; i < letters; i++)
                {
                    ScaledSum.Write(level.Slice(i * size, size), share[i], partial, next.Slice(i * size, size));
                }

                Span<double> last = partial;
                partial = next;
                next = last;
            }

            for (int i = 0; i < letters; i++)
            {
                Span<double> ending = s.EndingIn(i, n);
                ScaledSum.Write(ending, h[i], partial, ending);
            }
        }

        ScaledSum.Write(s.Level(1), 1, h, s.Level(1));
    }
}
