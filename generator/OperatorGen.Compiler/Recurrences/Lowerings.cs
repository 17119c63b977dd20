using System.Runtime.CompilerServices;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>The lowering of every kind of recurrence.</summary>
public static class Lowerings
{
    // A cell is discretised once, however many stages ask: what a lowering computes is kept as long as its cell.
    private static readonly ConditionalWeakTable<Cell, Lowering> s_known = new();

    /// <summary>The lowering of a cell.</summary>
    public static Lowering Of(Cell cell) => s_known.GetValue(cell, static cell => cell.Accept(new Kinds()));

    private sealed class Kinds : ICellVisitor<Lowering>
    {
        public Lowering Visit(ChannelModes cell) => new ChannelModesLowering(cell);

        public Lowering Visit(LowRankModes cell) => new LowRankModesLowering(cell);

        public Lowering Visit(SharedModes cell) => new SharedModesLowering(cell);

        public Lowering Visit(SharedOscillators cell) => new SharedOscillatorsLowering(cell);

        public Lowering Visit(SelectiveCell cell) => new SelectiveCellLowering(cell);

        public Lowering Visit(LinearCde cell) => new LinearCdeLowering(cell);
    }
}
