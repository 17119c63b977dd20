using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>What the lowerings of all constant recurrences share: a bank of modes, made once.</summary>
public abstract class ModeLowering : Lowering
{
    private readonly ModeCell _cell;
    private ModeBank? _bank;

    private protected ModeLowering(ModeCell cell) => _cell = cell;

    /// <summary>The modes, discretised.</summary>
    /// <exception cref="System.ArgumentException">The cell has symbols.</exception>
    public ModeBank Bank => _bank ??= MakeBank();

    internal override string? Refusal => _cell is { Backward: not null, StateName: not null }
        ? "it runs in both directions, so that there is no state to be read by name between two samples"
        : null;

    /// <inheritdoc/>
    public override RecurrenceDescription Describe() => Bank;

    /// <inheritdoc/>
    public override CellOperator Solve() => _cell.IsNumeric ? new WaveCell(_cell.OutputWidth, Formulas(), Bank) : Symbolic();

    private protected abstract ModeBank MakeBank();

    private protected abstract Symbolics.EquatableArray<Formula> Formulas();

    private protected abstract CellOperator Symbolic();

    /// <summary>D of every readout; null: none.</summary>
    private protected double[]? Skip() => _cell.Skip?.Values.ToArray();
}
