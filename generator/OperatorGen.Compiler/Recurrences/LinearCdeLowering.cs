using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// A linear controlled differential equation: a linear map makes the matrix of a step of the increment, a scan applies its series to the state, a linear map reads. Where the
/// numbers are known, only those columns and rows of the matrix are there that have numbers, and a strictly triangular matrix has a series with an end, which is taken where it comes before that of a series that is cut.
/// </summary>
internal sealed class LinearCdeLowering(LinearCde cell) : Lowering
{
    /// <inheritdoc/>
    internal override string? Refusal => null;

    private EquatableArray<Formula> Formulas => field.Count > 0 ? field : field = LinearCdeFormulas.Of(cell.Step, cell.B is not null);

    private ControlledStep Step => cell.Step switch
    {
        LinearCdeStep.Exponential => ControlledStep.Exponential,
        LinearCdeStep.Euler => ControlledStep.Euler,
        LinearCdeStep.Product => ControlledStep.Product,
        _ => throw new InvalidOperationException($"The step {cell.Step} is not known."),
    };

    /// <inheritdoc/>
    public override RecurrenceDescription Describe() => new ControlledRecurrence(
        cell.Inputs,
        cell.States,
        cell.Outputs,
        Step,
        cell.A.Values.ToArray(),
        cell.B?.Values.ToArray() ?? new double[cell.States * cell.Inputs],
        cell.Start.Values.ToArray(),
        cell.C.Values.ToArray(),
        [.. Formulas.Select(formula => formula.Text)]);

    /// <inheritdoc/>
    public override CellOperator Solve() =>
        new PathCell(cell.Outputs, cell.States, Formulas) { WavesReason = "a linear controlled differential equation has no gates about which it could be expanded" };

    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => null;

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place)
    {
        ColumnPattern pattern = Pattern(builder.ByShapes);
        IReadOnlyList<ColumnPart> parts = pattern.Parts(builder.Lanes);
        int[] widths = [.. parts.Select(part => part.Width)];
        (int Row, int Column)[] numbers = [.. parts.SelectMany(part => Enumerable.Range(part.FirstRow, part.Width).Select(row => (row, part.Column)))];
        int most = TaylorLimits.Of(builder.Element).Count;
        int? end = cell.Step != LinearCdeStep.Exponential ? 1 : builder.ByShapes ? null : pattern.Powers()?.Count; // of shapes no number decides about the code
        if (end > most)
        {
            end = null; // fewer terms are enough
        }

        string with = cell.B is null ? "" : ", in the last column B_i";
        TableHandle matrix = builder.Matrix(
            place.Prefix + "Matrices", $"A_i{with}: the columns that have numbers, each from its first vector of rows to its last, [input, (column, row)]." + TableOrigin.Of(cell.A, cell.B), cell.Inputs, widths, (i, k) => Number(i, numbers[k].Row, numbers[k].Column));
        TableHandle start = builder.Table(
            place.Prefix + "Start", "The state before the first time step, and the 1 behind it, [state + 1]." + TableOrigin.Of(cell.Start), 1, [cell.States + 1], (_, k) => k < cell.States ? cell.Start.Values[k] : 1);
        TableHandle reads = builder.Matrix(place.Prefix + "Reads", "C, [state, readout]." + TableOrigin.Of(cell.C), cell.States, [cell.Outputs], (k, h) => cell.C.Values[(h * cell.States) + k]);
        TableHandle? norms = end is null
            ? builder.Table(place.Prefix + "Norms", $"The largest row sums of the magnitudes of A_i{with}, and a little for rounding, [input]." + TableOrigin.Of(cell.A, cell.B), 1, [cell.Inputs], (_, i) => Norm(i))
            : null;
        var description = new DescriptionCall(
            "ControlledRecurrence.OfColumns",
            DescriptionArgument.Of("inputs", cell.Inputs),
            DescriptionArgument.Of("states", cell.States),
            DescriptionArgument.Of("readouts", cell.Outputs),
            DescriptionArgument.Of("step", Step),
            DescriptionArgument.Of("columns", parts.SelectMany(part => new[] { part.Column, part.FirstRow, part.Width })),
            DescriptionArgument.Of("matrix", matrix, widths),
            DescriptionArgument.Of("start", start, cell.States + 1),
            DescriptionArgument.Of("reads", reads, cell.Outputs),
            DescriptionArgument.Of("formulas", Formulas.Select(formula => formula.Text)));
        return new PlannedCell(() => description, Scan);

        PlanView Scan(PlanView v)
        {
            int width = cell.States, terms = end ?? most;
            SlotHandle slot = builder.Slot(place.StateName, 1, width + 1, [new StateAxis(width + 1, 1)]);
            EquatableArray<PlanView> m = builder.AcquireParts(widths);
            builder.Add(new LinearStep(place.Heading, "M = sum_i A_i v_i", EquatableArray.Of(v), m, matrix, null));
            EquatableArray<PlanView> z = builder.AcquireParts(terms == 1 ? [width] : [width, width, width]);
            builder.Add(new SeriesScanStep(place.Heading, m, norms is null ? null : v, z, pattern, terms, cell.Step != LinearCdeStep.Product, norms, start, slot));
            builder.Release(m[0]);
            PlanView o = builder.Acquire(cell.Outputs);
            builder.Add(new LinearStep(place.Heading, "o = C z", EquatableArray.Of(z[0]), EquatableArray.Of(o), reads, null));
            builder.Release(z[0]);
            return o;
        }
    }

    private ColumnPattern Pattern(bool byShapes) => ColumnPattern.Of(
        cell.States,
        (row, column) => byShapes ? column < cell.States || cell.B is not null : Enumerable.Range(0, cell.Inputs).Any(i => Number(i, row, column) != 0));

    /// <summary>A of an input; in the last column B.</summary>
    private double Number(int input, int row, int column) => column < cell.States
        ? cell.A.Values[(((input * cell.States) + row) * cell.States) + column]
        : cell.B is { } b ? b.Values[(row * cell.Inputs) + input] : 0;

    /// <summary>The norm for rows of an input's matrix. The sum over inputs and the matrix that is made of them round up to as many times as there are inputs.</summary>
    private double Norm(int input)
    {
        double largest = 0;
        for (int row = 0; row < cell.States; row++)
        {
            double sum = 0;
            for (int column = 0; column <= cell.States; column++)
            {
                sum += Math.Abs(Number(input, row, column));
            }

            largest = Math.Max(largest, sum);
        }

        return largest * (1 + ((cell.Inputs + 8) * (1.0 / (1 << 22))));
    }
}
