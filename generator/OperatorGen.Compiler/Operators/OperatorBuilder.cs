using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes a model as its operator: solves every recurrence, expands every decoder function, names what is not expanded.</summary>
public static class OperatorBuilder
{
    /// <summary>More interaction terms than this in one channel, and a warning says so.</summary>
    public const int TermLimit = 10_000_000;

    /// <summary>Makes the operator of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Order and range.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The operator, with warnings; no operator where the order is out of range.</returns>
    public static StageResult<SymbolicOperator> Expand(SequenceModel model, OperatorOptions options, CancellationToken cancellation = default)
    {
        List<Fault> faults = [];
        if (options.Order is < 1 or > DecoderExpansion.GreatestOrder)
        {
            faults.Add(OperatorFaults.OrderOutOfRange(options.Order, 1, DecoderExpansion.GreatestOrder, null));
            return new StageResult<SymbolicOperator>(null, faults.ToEquatableArray());
        }

        List<LayerOperator> layers = [];
        foreach (Layer layer in model.Layers)
        {
            cancellation.ThrowIfCancellationRequested();
            LayerOperator solved = new(
                layer.Name,
                LayerFormulas.Before(layer).ToEquatableArray(),
                CellFormulas.Solve(layer.Cell),
                layer.Decoder.Activation.Name,
                LayerFormulas.After(layer).ToEquatableArray());
            layers.Add(solved);
            Check(model, layer, solved, options, layers.Count == 1, faults);
        }

        (OperatorDescription Description, OperatorExpansion Expansion)? expanded = faults.Any(fault => fault.Kind == FaultKinds.ParameterOverflow) ? null : ExpansionBuilder.Expand(model, options, faults);
        if (faults.Any(fault => fault.Kind.Severity == FaultSeverity.Error))
        {
            return new StageResult<SymbolicOperator>(null, faults.Distinct().ToEquatableArray());
        }

        return new StageResult<SymbolicOperator>(
            new SymbolicOperator(
                model.Architecture,
                ModelFormulas.Before(model).ToEquatableArray(),
                layers.ToEquatableArray(),
                ModelFormulas.After(model).ToEquatableArray(),
                options)
            {
                Expansion = expanded?.Expansion,
                Proof = expanded is { } both ? OperatorProof.Of(both.Description, both.Expansion, options, cancellation)
                    : layers.All(layer => layer.Cell is WaveCell) ? OperatorProof.Of(OperatorDescriptions.Of(model, options.Order), null, options, cancellation)
                    : null,
            },
            faults.Distinct().ToEquatableArray());
    }

    private static void Check(SequenceModel model, Layer layer, LayerOperator expanded, OperatorOptions options, bool first, List<Fault> faults)
    {
        string name = layer.Name.Length == 0 ? "The layer" : "Layer " + layer.Name;
        if (expanded.Cell is PathCell)
        {
            faults.Add(OperatorFaults.ExpansionUnavailable(name, "its cells are selective, so the operator is their path form", null));
        }

        if (!IsFinite(expanded.Cell))
        {
            faults.Add(ModelFaults.ParameterOverflow($"A discrete eigenvalue or weight of {(layer.Name.Length == 0 ? "the layer" : name)}", "its eigenvalues, weights or step sizes are too large", null));
            return;
        }

        if (expanded.Cell is WaveCell constant && options is { InputLow: not null, MaxLength: null } && GrowingModes(constant.Waves) is > 0 and int growing)
        {
            faults.Add(OperatorFaults.LengthNeeded(name, growing, null));
        }

        DecoderFunction function = expanded.Function;
        if (options.Expansion == ExpansionKind.Taylor && !function.HasTaylorSeries)
        {
            faults.Add(OperatorFaults.NoTaylorSeries(expanded.Decoder, null));
            return;
        }

        int summands = expanded.Cell switch
        {
            WaveCell cell => cell.Waves.Summands,
            SymbolicCell cell => cell.Modes.Count + (cell.HasSkip ? 1 : 0),
            _ => 0,
        };
        System.Numerics.BigInteger count = TermCount(function, options, summands);
        if (summands > 0 && count > TermLimit)
        {
            faults.Add(OperatorFaults.TermLimit(((BigRational)count).ToString(), TermLimit, null));
        }

        if (first && expanded.Cell is WaveCell waves && options is { Expansion: ExpansionKind.Taylor, InputLow: { } low, InputHigh: { } high })
        {
            double radius = function.TaylorRadius(options.Centre);
            double reach = double.IsInfinity(radius) ? 0 : ReadoutRange.Largest(model, layer, waves.Waves, low, high);
            if (reach + Math.Abs(options.Centre) > radius)
            {
                faults.Add(OperatorFaults.BeyondRadius(expanded.Decoder, radius, -reach, reach, null));
            }
        }
    }

    /// <summary>How many terms a channel has: those of the Taylor polynomial about 0, whose zeros are known, else of any polynomial of the order.</summary>
    private static System.Numerics.BigInteger TermCount(DecoderFunction function, OperatorOptions options, int summands)
    {
        bool about0 = (options.Expansion is ExpansionKind.Taylor && options.Centre == 0) || options.Expansion is ExpansionKind.Exact;
        return about0 && function.HasTaylorSeries
            ? new DecoderExpansion(function, options.Order).TermCount(summands)
            : MonomialCount.UpTo(summands, options.Order);
    }

    /// <summary>How many modes are read and do not decay.</summary>
    private static int GrowingModes(WaveTable waves) => Enumerable.Range(0, waves.Channels).Sum(c => waves.Channel(c).Count(wave => double.IsInfinity(wave.Reach) && wave.Weight != ComplexNumber.Zero));

    /// <summary>False where discretising made a number that no double holds.</summary>
    private static bool IsFinite(CellOperator cell) => cell is not WaveCell { Waves: var waves } || Enumerable.Range(0, waves.Channels).All(c => waves.Channel(c).All(wave =>
        IsFinite(wave.Eigenvalue.Re) && IsFinite(wave.Eigenvalue.Im) && IsFinite(wave.Weight.Re) && IsFinite(wave.Weight.Im)));

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
