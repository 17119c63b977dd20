using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>Which class of random models has cells of a kind: a new kind needs one, and a generator in <see cref="RandomCells"/>.</summary>
public sealed class CellClasses : ICellVisitor<CellClass>
{
    /// <inheritdoc/>
    public CellClass Visit(ChannelModes cell) => CellClass.Constant;

    /// <inheritdoc/>
    public CellClass Visit(LowRankModes cell) => CellClass.LowRank;

    /// <inheritdoc/>
    public CellClass Visit(SharedModes cell) => CellClass.Shared;

    /// <inheritdoc/>
    public CellClass Visit(SharedOscillators cell) => CellClass.Oscillators;

    /// <inheritdoc/>
    public CellClass Visit(SelectiveCell cell) => CellClass.Selective;

    /// <inheritdoc/>
    public CellClass Visit(LinearCde cell) => CellClass.LinearCde;
}
