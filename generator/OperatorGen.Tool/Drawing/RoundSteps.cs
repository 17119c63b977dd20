using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Drawing;

/// <summary>Distances of marks on an axis of whole numbers: 1, 2 or 5 times a power of ten.</summary>
internal static class RoundSteps
{
    private static readonly int[] s_roundFactors = [1, 2, 5];

    /// <summary>The least distance with so few marks.</summary>
    /// <param name="count">The number of whole numbers.</param>
    /// <param name="most">How many marks there may be about.</param>
    public static int Of(int count, int most) => All.First(step => count / step <= most);

    private static IEnumerable<int> All => Enumerable.Range(0, 8).SelectMany(power => s_roundFactors.Select(factor => factor * (int)Math.Pow(10, power)));
}
