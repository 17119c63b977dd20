using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>The loop over the channels of a single time step, some vectors at a time: as many chains of sums hide the latency, and long parts of the tables' rows are read in one go.</summary>
internal static class ChannelTiles
{
    /// <summary>How many vectors at a time, the most first, as far as there are so many; the last takes what is left.</summary>
    public static int[] Vectors { get; } = [8, 4, 1];

    /// <summary>Writes the loops.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="element">The number type.</param>
    /// <param name="columns">The channels, in whole widest vectors.</param>
    /// <param name="vectors">How many vectors at a time, the most first; the last is 1.</param>
    /// <param name="body">Writes what is done with so many vectors from channel <c>h</c> on, of <c>lanes</c> channels each.</param>
    public static void Write(CodeWriter writer, ElementType element, int columns, IReadOnlyList<int> vectors, Action<int> body)
    {
        writer.Line("nuint h = 0, lanes = (nuint)TSimd.Count;");
        foreach (int count in vectors.Where(count => count > 1 && columns >= count * EvaluationPlan.NarrowestLanesOf(element)))
        {
            string tile = $"{CSharp.Int(count)} * lanes";
            writer.Block($"for (; h + ({tile}) <= {CSharp.Int(columns)}; h += {tile})", () => body(count));
            writer.Line();
        }

        writer.Block($"for (; h < {CSharp.Int(columns)}; h += lanes)", () => body(1));
    }

    /// <summary>The index of a vector of a tile in a row of a table, whose columns are channels, or modes.</summary>
    /// <param name="start">The index of the tile's first column in the first row.</param>
    /// <param name="vector">Which vector of the tile.</param>
    /// <param name="row">Which row.</param>
    /// <param name="columns">Elements of a row.</param>
    public static string At(string start, int vector, int row, int columns) =>
        $"{start}{(vector == 0 ? "" : vector == 1 ? " + lanes" : $" + ({CSharp.Int(vector)} * lanes)")}{(row == 0 ? "" : " + " + CSharp.Int(row * columns))}";
}
