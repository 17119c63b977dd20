using System;

namespace TokenSelections;

/// <summary>Which token logits choose.</summary>
internal static class Logits
{
    private const double Tie = 1e-9;

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
