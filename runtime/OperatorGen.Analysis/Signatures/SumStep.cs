using System;

namespace OperatorGen.Analysis;

/// <summary>
/// S (x) (1 + h): a step of iterated sums appends one letter at most. The highest level comes first, since each needs the old values of the one below. It takes d^n multiply-adds for level n.
/// </summary>
internal static class SumStep
{
    /// <summary>Appends the letters from the first on, as many as there are increments.</summary>
    public static void Append(MirroredTensor s, int first, ReadOnlySpan<double> h)
    {
        for (int n = s.Order.Level; n >= 2; n--)
        {
            for (int i = 0; i < h.Length; i++)
            {
                Span<double> ending = s.EndingIn(first + i, n);
                ScaledSum.Write(ending, h[i], s.Level(n - 1), ending);
            }
        }

        for (int i = 0; i < h.Length; i++)
        {
            s.EndingIn(first + i, 1)[0] += h[i];
        }
    }
}
