using System;
using System.Numerics;
using System.Numerics.Tensors;

namespace TokenSelections;

/// <summary>Which token logits choose.</summary>
internal static class Logits
{
    private const double Tie = 1e-9;

    /// <summary>The token that is chosen in one row of logits: the first of the greatest.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">[row, width].</param>
    /// <param name="row">The row.</param>
    /// <param name="width">Numbers of a row.</param>
    public static int Choice<T>(ReadOnlySpan<T> logits, int row, int width)
        where T : INumber<T> => TensorPrimitives.IndexOfMax(logits.Slice(row * width, width));

    /// <summary>Whether a token's logit is above all others. Sums of codes lie half-way between two codes often; what differs by rounding alone is a tie, and a tie is wrong.</summary>
    public static bool IsGreatest(ReadOnlySpan<double> logits, int token)
    {
        for (int other = 0; other < logits.Length; other++)
        {
            if (other != token && logits[other] > logits[token] - Tie)
            {
                return false;
            }
        }

        return true;
    }
}
