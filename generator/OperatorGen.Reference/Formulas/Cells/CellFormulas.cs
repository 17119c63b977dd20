using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>The formula of every kind of recurrence; each checks the shapes of its cell and throws <see cref="System.NotSupportedException"/> where one has no meaning.</summary>
internal sealed class CellFormulas(ReferenceOptions options) : ICellVisitor<ICellFormula>
{
    public ICellFormula Visit(ChannelModes cell) => new ChannelModesFormula(cell, options);

    public ICellFormula Visit(LowRankModes cell) => new LowRankModesFormula(cell, options);

    public ICellFormula Visit(SharedModes cell) => new SharedModesFormula(cell, options);

    public ICellFormula Visit(SharedOscillators cell) => new SharedOscillatorsFormula(cell, options);

    public ICellFormula Visit(SelectiveCell cell) => new SelectiveCellFormula(cell, options);

    public ICellFormula Visit(LinearCde cell) => new LinearCdeFormula(cell, options);
}
