using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// Modes of one channel each that a low-rank part couples. Two forms compute the same: modes in the eigenvectors of the transition, and a diagonal and low-rank
/// step in the basis of the model. In an orthonormal basis a step rounds by some units of what it holds. In eigenvectors V, states are up to |V^-1| times as large
/// and reads up to |V| times, so that the same roundings move an output up to kappa = |V| |V^-1| times as far. Eigenvectors are chosen where kappa u stays below
/// <see cref="Loss"/>, u the unit roundoff: what is lost is then less than the digits that outputs are held to. That A V - V Lambda is small says nothing: for
/// HiPPO's matrices it is, where kappa is 1e18.
/// </summary>
public sealed class LowRankModesLowering(LowRankModes cell) : Lowering
{
    private bool _searched;

    /// <summary>The eigenvectors, legal or not; null where there are none.</summary>
    public LowRankModesEigenbasis? Eigenbasis
    {
        get
        {
            if (!_searched)
            {
                field = LowRankModesEigenbasis.Of(cell);
                _searched = true;
            }

            return field;
        }
    }

    /// <inheritdoc/>
    internal override string? Refusal => cell.Form == LowRankForm.Eigenbasis && Eigenbasis is null ? "its transition has no eigenvectors in double precision" : null;

    private Lowering Modes => Lowerings.Of(Eigenbasis!.Cell);

    private LowRankModesStep[] Steps => field ??= [.. Enumerable.Range(0, cell.Channels).Select(c => LowRankModesStep.Of(cell, c))];

    /// <summary>Whether code of a precision, or the operator in double, is in eigenvectors.</summary>
    public bool IsDiagonal(ElementType element) => cell.Form switch
    {
        LowRankForm.Eigenbasis => true,
        LowRankForm.LowRankStep => false,
        LowRankForm.Proven => Eigenbasis is { } basis && basis.Condition * UnitRoundoff(element) <= Loss(element),
        _ => throw new InvalidOperationException($"The form {cell.Form} is not known."),
    };

    /// <inheritdoc/>
    public override string? Choice(ElementType element)
    {
        if (cell.Form != LowRankForm.Proven)
        {
            return cell.Form == LowRankForm.Eigenbasis ? "in eigenvectors, as was asked for" : "as a low-rank step, as was asked for";
        }

        if (Eigenbasis is not { } basis)
        {
            return "as a low-rank step: the transition has no eigenvectors in double precision";
        }

        string condition = NumberText.Format(basis.Condition, 3);
        string product = element == ElementType.Double ? condition + " x 2^-53" : condition + " x 2^-24";
        string limit = element == ElementType.Double ? "2^-34" : "2^-16";
        return IsDiagonal(element)
            ? $"in eigenvectors: their condition number is at most {condition}, and {product} is below {limit}"
            : $"as a low-rank step: the condition number of its eigenvectors is up to {condition}, and {product} is not below {limit}";
    }

    /// <summary>What may be lost of an output, relative to the largest: below the tolerances to which outputs are compared with upstream's, 1e-10 and 2e-5.</summary>
    public static double Loss(ElementType element) => element == ElementType.Double ? 1.0 / (1L << 34) : 1.0 / (1 << 16);

    private static double UnitRoundoff(ElementType element) => element == ElementType.Double ? 1.0 / (1L << 53) : 1.0 / (1 << 24);

    /// <inheritdoc/>
    public override RecurrenceDescription Describe() => IsDiagonal(ElementType.Double) ? Modes.Describe() : Blocks;

    /// <inheritdoc/>
    internal override RecurrenceDescription DescribeInSingle() => IsDiagonal(ElementType.Single) ? Modes.Describe() : Blocks;

    /// <inheritdoc/>
    internal override ModeBank? StoredInSingle() => IsDiagonal(ElementType.Single) ? null : Banks(x => (float)x);

    /// <inheritdoc/>
    public override CellOperator Solve() => IsDiagonal(ElementType.Double) ? Noted(Modes.Solve())
        : Noted(new WaveCell(cell.OutputWidth, LowRankModesFormulas.Of(cell.Skip is not null, cell.Backward?.Delay), Blocks));

    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => IsDiagonal(ElementType.Double) ? Modes.Rate(readout, wave) : null;

    /// <inheritdoc/>
    public override StateBasis? BasisOf(ElementType element) => IsDiagonal(element) ? Eigenbasis : null;

    /// <inheritdoc/>
    public override ComplexNumber[]? StateIn(ReadOnlySpan<double> state, ChosenEigenvectors chosen) => Eigenbasis?.StateIn(state, chosen);

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place)
    {
        if (IsDiagonal(builder.Element))
        {
            return Modes.Plan(builder, place.StateName is null ? place : place with { StateName = StateNameOf(place.StateName) });
        }

        int[] channels = [cell.Channels];
        int[] readouts = [.. Enumerable.Repeat(cell.Channels, cell.Reads)];
        TableHandle transition = builder.Table(
            place.Prefix + "Eigenvalues", "lambda, the discrete eigenvalues of the diagonal part, [mode, (re, im), channel]." + TableOrigin.Of(cell.A, cell.Delta), 2 * cell.Modes, channels, Eigenvalue);
        TableHandle feedback = builder.Table(
            place.Prefix + "Feedback", "p, what the low-rank part takes off, [mode, rank, (re, im), channel]." + TableOrigin.Of(cell.P, cell.A, cell.Delta), 2 * cell.Modes * cell.Rank, channels, Feedback);
        TableHandle heard = builder.Table(
            place.Prefix + "Heard", "h, the weights with which the low-rank part hears the state, [mode, rank, (re, im), channel]." + TableOrigin.Of(cell.P, cell.A, cell.Delta), 2 * cell.Modes * cell.Rank, channels, Heard);
        TableHandle input = builder.Table(
            place.Prefix + "Inputs", "b-bar, the input weights of the modes, [mode, (re, im), channel]." + TableOrigin.Of(cell.B, cell.A, cell.P, cell.Delta), 2 * cell.Modes, channels, Input);
        TableHandle weight = builder.Table(
            place.Prefix + "Weights", "w = 2 C, the weights of the modes, [mode, (re, im), readout]." + TableOrigin.Of(cell.C), 2 * cell.Modes, readouts, Weight(cell.C));
        TableHandle? skip = cell.Skip is { } d ? builder.Table(place.Prefix + "Skip", "D, the skip, [channel]." + TableOrigin.Of(d), 1, readouts, (_, h) => d.Values[h]) : null;
        DescriptionCall forward = Described(weight, skip);
        if (cell.Backward is not { } read)
        {
            return new PlannedCell(() => forward, v => Scan(v, weight, skip, default));
        }

        TableHandle backward = builder.Table(
            place.Prefix + "BackwardWeights", "w = 2 C, the weights of the modes that run backward, [mode, (re, im), readout]." + TableOrigin.Of(read.C), 2 * cell.Modes, readouts, Weight(read.C));
        return new PlannedCell(
            () => DescriptionCall.BothDirections(forward, Described(backward, null), read.Delay),
            v => Scan(v, weight, skip, default),
            v => Scan(v, backward, null, new ModeTiming(Backward: true, read.Delay)));

        PlanView Scan(PlanView v, TableHandle weights, TableHandle? factor, ModeTiming timing)
        {
            int columns = builder.Pad(cell.Channels);
            SlotHandle slot = builder.Slot(place.StateName, 2 * cell.Modes, cell.Channels, [new StateAxis(cell.Channels, 1), new StateAxis(cell.Modes, 2 * columns), new StateAxis(2, columns)]);
            EquatableArray<PlanView> o = builder.AcquireParts(readouts);
            builder.Add(new LowRankScanStep(place.Heading, v, o, cell.Modes, cell.Rank, transition, feedback, heard, input, weights, factor, slot) { Timing = timing });
            return builder.Packed(place.Heading, o);
        }

        DescriptionCall Described(TableHandle weights, TableHandle? factor) => new(
            "LowRankRows.Bank",
            DescriptionArgument.Of("channels", cell.Channels),
            DescriptionArgument.Of("modes", cell.Modes),
            DescriptionArgument.Of("rank", cell.Rank),
            DescriptionArgument.Of("eigenvalues", transition, channels),
            DescriptionArgument.Of("feedback", feedback, channels),
            DescriptionArgument.Of("heard", heard, channels),
            DescriptionArgument.Of("drive", input, channels),
            DescriptionArgument.Of("weights", weights, readouts),
            DescriptionArgument.Of("skip", factor, readouts));
    }

    /// <summary>The operator with the choice beside its first formula.</summary>
    private CellOperator Noted(CellOperator solved) => solved with
    {
        Formulas = solved.Formulas.Select((formula, i) => i == 0 ? formula with { Note = Choice(ElementType.Double) } : formula).ToEquatableArray(),
    };

    /// <summary>The bank of the low-rank step, with the constants in double.</summary>
    private ModeBank Blocks => field ??= Banks(x => x);

    private ModeBank Banks(Func<double, double> stored) => cell.Backward is { } backward
        ? ModeBank.BothDirections(Bank(stored, cell.C, cell.Skip), Bank(stored, backward.C, null), backward.Delay)
        : Bank(stored, cell.C, cell.Skip);

    private ModeBank Bank(Func<double, double> stored, Tensor c, Tensor? skip) => LowRankRows.Bank(
        cell.Channels,
        cell.Modes,
        cell.Rank,
        Rows(stored, 2 * cell.Modes, cell.Channels, Eigenvalue),
        Rows(stored, 2 * cell.Modes * cell.Rank, cell.Channels, Feedback),
        Rows(stored, 2 * cell.Modes * cell.Rank, cell.Channels, Heard),
        Rows(stored, 2 * cell.Modes, cell.Channels, Input),
        Rows(stored, 2 * cell.Modes, cell.OutputWidth, Weight(c)),
        skip is null ? null : Array.ConvertAll(skip.Values.ToArray(), x => stored(x)));

    private static double[] Rows(Func<double, double> stored, int rows, int columns, Func<int, int, double> element) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => stored(element(i / columns, i % columns)))];

    private double Eigenvalue(int row, int channel) => DiscreteModes.Part(Steps[channel].Diagonal[row / 2], row % 2);

    private double Input(int row, int channel) => DiscreteModes.Part(Steps[channel].Input[row / 2], row % 2);

    private double Feedback(int row, int channel) => DiscreteModes.Part(Steps[channel].Feedback[Coupled(row)], row % 2);

    private double Heard(int row, int channel) => DiscreteModes.Part(Steps[channel].Heard[Coupled(row)], row % 2);

    private Func<int, int, double> Weight(Tensor c) => (row, readout) => 2 * c.Values[(((readout * cell.Modes) + (row / 2)) * 2) + (row % 2)];

    // From the rows [mode, rank, part] to [rank, mode].
    private int Coupled(int row) => (row / 2 % cell.Rank * cell.Modes) + (row / (2 * cell.Rank));

    /// <summary>The last part of a state's full name exchanged.</summary>
    private static string StateNameOf(string name) => name.Substring(0, name.LastIndexOf('.') + 1) + LowRankModesEigenbasis.StateName;
}
