using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Ranges of arguments out of enclosures.</summary>
public static class ProvenRanges
{
    /// <summary>What enclosures know of arguments.</summary>
    extension(ArgumentRanges)
    {
        /// <summary>The ranges that an enclosure of the exact model proves; null where one of them is not bounded.</summary>
        /// <param name="enclosure">The enclosure.</param>
        public static IReadOnlyList<ArgumentRanges>? Of(OperatorEnclosure enclosure) =>
            enclosure.Layers.All(layer => layer.Readouts.Concat(layer.Gates).All(range => range.IsFinite))
                ? [.. enclosure.Layers.Select(layer => new ArgumentRanges([.. layer.Readouts.Select(Range)], [.. layer.Gates.Select(Range)]))]
                : null;
    }

    private static (double Low, double High) Range(Interval range) => (range.Low, range.High);
}
