using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// Modes of one channel each. The state has a unit input weight: b-bar is folded into the read, w = gamma c b-bar, which is the same function and one
/// multiplication less.
/// </summary>
internal sealed class ChannelModesLowering(ChannelModes cell) : ModeLowering(cell)
{
    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => DiscreteModes.Rate(cell, (readout % cell.Channels * cell.Modes) + wave);

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place, PlanView v)
    {
        bool complex = cell.Field == Field.Complex;
        int parts = complex ? 2 : 1;
        string layout = complex ? "[mode, (re, im), channel]" : "[mode, channel]";
        int rows = cell.Modes * parts;
        int transition = builder.Table(place.Prefix + "Eigenvalues", $"lambda, the discrete eigenvalues, {layout}.", rows, [cell.Channels], (row, c) => DiscreteModes.Part(Bank[c, row / parts].Eigenvalue, row % parts));
        int weight = builder.Table(place.Prefix + "Weights", $"w = gamma c b-bar, the weights of the waves, {layout}.", rows, [cell.Channels], (row, c) => DiscreteModes.Part(Bank[c, row / parts].Weight, row % parts));
        int skip = Bank.HasSkip ? builder.Table(place.Prefix + "Skip", "D, the skip, [channel].", 1, [cell.Channels], (_, c) => Bank.Skip(c)) : -1;
        int columns = builder.Pad(cell.Channels);
        StateAxis[] axes = complex
            ? [new StateAxis(cell.Channels, 1), new StateAxis(cell.Modes, 2 * columns), new StateAxis(2, columns)]
            : [new StateAxis(cell.Channels, 1), new StateAxis(cell.Modes, columns)];
        int slot = builder.Slot(place.StateName, rows, cell.Channels, axes);
        PlanView o = builder.Acquire(cell.Channels);
        builder.Steps.Add(new ScanStep(place.Heading, v, o, cell.Modes, complex, transition, weight, skip, slot));
        return new PlannedCell(o, new DescriptionCall(
            "ModeRows.PerChannel",
            DescriptionArgument.Of(cell.Channels),
            DescriptionArgument.Of(cell.Modes),
            DescriptionArgument.Of(complex),
            DescriptionArgument.Of(transition, cell.Channels),
            DescriptionArgument.Null,
            DescriptionArgument.Of(weight, cell.Channels),
            DescriptionArgument.Of(skip, cell.Channels)));
    }

    private protected override ModeBank MakeBank()
    {
        ComplexNumber[] input = DiscreteModes.InputWeights(cell);
        ComplexNumber[] output = DiscreteModes.OutputWeights(cell);
        var weights = new ComplexNumber[output.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = cell.Gamma * (output[i] * input[i % input.Length]);
        }

        return ModeBank.PerChannel(cell.Channels, DiscreteModes.Eigenvalues(cell), weights, Skip());
    }

    private protected override EquatableArray<Formula> Formulas() => CellFormulas.Constant(cell.Skip is not null);

    private protected override CellOperator Symbolic() => SymbolicFormulas.Solve(cell);
}
