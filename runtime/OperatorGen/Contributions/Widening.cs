using System;

namespace OperatorGen;

/// <summary>Inputs in single precision, as the analysis in double precision takes them.</summary>
internal static class Widening
{
    /// <summary>The same numbers.</summary>
    public static double[] Of(ReadOnlySpan<float> input)
    {
        var wide = new double[input.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = input[i];
        }

        return wide;
    }
}
