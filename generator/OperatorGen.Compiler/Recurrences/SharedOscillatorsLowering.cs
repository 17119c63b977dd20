using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// Oscillators that all channels share: a linear map drives them, a scan with oscillators as lanes moves their real 2 x 2 blocks on, a linear map reads the
/// positions, and the skip is added. The code has blocks always; the operator has two modes for an oscillator where its eigenvectors allow
/// (<see cref="OscillatorModes"/>).
/// </summary>
internal sealed class SharedOscillatorsLowering(SharedOscillators cell) : Lowering
{
    private ModeBank? _bank;

    internal override string? Refusal => null;

    /// <inheritdoc/>
    public override RecurrenceDescription Describe() => _bank ??= OscillatorModes.Bank(
        cell.Inputs, cell.Outputs, Table(OscillatorScanStep.Coefficients, Coefficient), Numbers(cell.B), Numbers(cell.C), cell.Skip?.Values.ToArray());

    /// <inheritdoc/>
    public override CellOperator Solve() => new WaveCell(cell.Outputs, SharedOscillatorsFormulas.Of(cell.Scheme, cell.Skip is not null, Describe().Bank!.Blocks.Count > 0), Describe().Bank!);

    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => null;

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place)
    {
        int count = cell.Oscillators;
        int[] parts = [count, count]; // the real parts, then the imaginary ones
        TableHandle drive = builder.Matrix(
            place.Prefix + "Drive", "B, [input, (re, im), oscillator]." + TableOrigin.Of(cell.B), cell.Inputs, parts, (i, p) => cell.B.Values[(2 * ((p % count * cell.Inputs) + i)) + (p / count)]);
        TableHandle transition = builder.Table(
            place.Prefix + "Oscillators", "M11, M12, M21, M22 and the forcing f1, f2, [6, oscillator]." + TableOrigin.Of(cell.A, cell.Delta), OscillatorScanStep.Coefficients, [count], Coefficient);
        TableHandle reads = builder.Matrix(
            place.Prefix + "Reads", "C, the imaginary parts negated, [(re, im), oscillator, readout]." + TableOrigin.Of(cell.C), 2 * count, [cell.Outputs], (row, h) => row < count ? Read(h, row, 0) : -Read(h, row - count, 1));
        StateAxis[] axes = [new StateAxis(2, 2 * builder.Pad(count)), new StateAxis(count, 1), new StateAxis(2, builder.Pad(count))];

        TableHandle? skip = cell.Skip is { } d ? builder.Table(place.Prefix + "Skip", "D, the skip, [channel]." + TableOrigin.Of(d), 1, [cell.Outputs], (_, h) => d.Values[h]) : null;
        var description = new DescriptionCall(
            "ModeRows.Oscillators",
            DescriptionArgument.Of("inputs", cell.Inputs),
            DescriptionArgument.Of("readouts", cell.Outputs),
            DescriptionArgument.Of("oscillators", count),
            DescriptionArgument.Of("transition", transition, count),
            DescriptionArgument.Of("drive", drive, parts),
            DescriptionArgument.Of("reads", reads, cell.Outputs),
            DescriptionArgument.Of("skip", skip, cell.Outputs));
        return new PlannedCell(() => description, Scan);

        PlanView Scan(PlanView v)
        {
            SlotHandle slot = builder.Slot(place.StateName, OscillatorScanStep.StateRows, count, axes);
            EquatableArray<PlanView> u = builder.AcquireParts(parts);
            builder.Add(new LinearStep(place.Heading, "u = B v", EquatableArray.Of(v), u, drive, null));
            EquatableArray<PlanView> x = u.Select(builder.Rewrite).ToEquatableArray();
            builder.Add(new OscillatorScanStep(place.Heading, u, x, transition, slot));
            PlanView o = builder.Acquire(cell.Outputs);
            builder.Add(new LinearStep(place.Heading, "o = Re(C x)", x, EquatableArray.Of(o), reads, null));
            builder.Release(x[0]);
            return skip is { } factor ? builder.Add(new SkipStep(place.Heading, v, o, factor, builder.Rewrite(o))).Target : o;
        }
    }

    private double Read(int readout, int oscillator, int part) => cell.C.Values[(2 * ((readout * cell.Oscillators) + oscillator)) + part];

    // M11, M12, M21, M22, f1, f2 of an oscillator.
    private double Coefficient(int row, int oscillator)
    {
        double a = cell.A.Values[oscillator], delta = cell.Delta.Values[oscillator];
        double s = cell.Scheme == OscillatorScheme.Implicit ? 1 / (1 + (delta * delta * a)) : 1;
        return row switch
        {
            0 => s,
            1 => -(delta * a * s),
            2 => delta * s,
            3 => cell.Scheme == OscillatorScheme.Implicit ? s : 1 - (delta * delta * a),
            4 => delta * s,
            5 => delta * delta * s,
            _ => throw new ArgumentOutOfRangeException(nameof(row)),
        };
    }

    private double[] Table(int rows, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, rows * cell.Oscillators).Select(k => value(k / cell.Oscillators, k % cell.Oscillators))];

    private static ComplexNumber[] Numbers(Tensor tensor) =>
        [.. Enumerable.Range(0, tensor.Count / 2).Select(k => new ComplexNumber(tensor.Values[2 * k], tensor.Values[(2 * k) + 1]))];
}
