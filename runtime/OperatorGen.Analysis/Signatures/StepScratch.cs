using System;

namespace OperatorGen.Analysis;

/// <summary>What one step of a signature needs beside the signature: the increment divided by 1 to p, and the partial results of Horner's scheme.</summary>
internal sealed class StepScratch(WordOrder order)
{
    private readonly double[] _shares = new double[order.Letters * order.Level];
    private readonly double[] _partial = new double[order.SizeOf(Math.Max(order.Level - 1, 1))];
    private readonly double[] _next = new double[order.SizeOf(Math.Max(order.Level - 1, 1))];

    /// <summary>Room for the partial result of one level below p.</summary>
    public Span<double> Partial => _partial;

    /// <summary>Room for that of the next level.</summary>
    public Span<double> Next => _next;

    /// <summary>Sets the shares of an increment.</summary>
    public void Divide(ReadOnlySpan<double> increment)
    {
        for (int k = 1; k <= order.Level; k++)
        {
            for (int i = 0; i < increment.Length; i++)
            {
                _shares[((k - 1) * order.Letters) + i] = increment[i] / k;
            }
        }
    }

    /// <summary>h^i / k, [letter].</summary>
    public ReadOnlySpan<double> Share(int k) => _shares.AsSpan((k - 1) * order.Letters, order.Letters);
}
