using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Explanations;

/// <summary>
/// Names of terms: w(c,n) is the wave of mode n in readout c, s(n) the oscillator n that all readouts share, d(c) the skip, z(c) the gate stream's argument.
/// </summary>
internal static class TermNames
{
    public static string Of(IReadOnlyList<WaveFactor> factors) => string.Join(' ', factors.Select(Of));

    private static string Of(WaveFactor factor)
    {
        string name = factor.Kind switch
        {
            WaveKind.Mode => $"w({factor.Channel},{factor.Mode})",
            WaveKind.Oscillator => $"s({factor.Mode})",
            WaveKind.Skip => $"d({factor.Channel})",
            WaveKind.Gate => $"z({factor.Channel})",
            _ => throw new ArgumentOutOfRangeException(nameof(factor), factor.Kind, "A kind of wave without a name."),
        };
        return factor.Power == 1 ? name : $"{name}^{factor.Power}";
    }
}
