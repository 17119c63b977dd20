using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Explanations;

/// <summary>Names of terms: w(c,n) is the wave of mode n in channel c, d(c) the skip, z(c) the gate stream's argument.</summary>
internal static class TermNames
{
    public static string Of(IReadOnlyList<WaveFactor> factors) => string.Join(' ', factors.Select(Of));

    private static string Of(WaveFactor factor)
    {
        string name = factor.Kind switch
        {
            WaveKind.Mode => $"w({factor.Channel},{factor.Mode})",
            WaveKind.Skip => $"d({factor.Channel})",
            _ => $"z({factor.Channel})",
        };
        return factor.Power == 1 ? name : $"{name}^{factor.Power}";
    }
}
