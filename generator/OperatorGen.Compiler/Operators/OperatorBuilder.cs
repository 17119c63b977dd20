using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Recurrences;
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
    public static StageResult<SymbolicOperator> Expand(SequenceModel model, ModelOptions options, CancellationToken cancellation = default)
    {
        List<Fault> faults = [];
        options = options.For(model);
        ExpansionRequest request = options.Request();
        if (request.Order is < 1 or > DecoderExpansion.GreatestOrder)
        {
            faults.Add(OperatorFaults.OrderOutOfRange(request.Order, 1, DecoderExpansion.GreatestOrder, null));
            return new StageResult<SymbolicOperator>(null, faults.ToEquatableArray());
        }

        List<LayerOperator> layers = [];
        foreach (Layer layer in model.Layers)
        {
            cancellation.ThrowIfCancellationRequested();
            Lowering lowering = Lowerings.Of(layer.Cell);
            LayerOperator solved = new(
                layer.Name,
                LayerFormulas.Before(layer).ToEquatableArray(),
                layer.Cell.IsConstant ? lowering.Solve() : MeanGateOperators.WithWaves(lowering.Solve(), lowering.Describe(), model.Calibration?.Layers[layers.Count]),
                layer.Decoder.Activation.Name,
                LayerFormulas.After(layer).ToEquatableArray());
            layers.Add(solved);
            Check(layer, solved, options, faults);
        }

        (OperatorDescription Description, OperatorExpansion Expansion)? expanded = faults.Any(fault => fault.Kind == FaultKinds.ParameterOverflow) ? null : ExpansionBuilder.Expand(model, options, faults);
        if (faults.Any(fault => fault.Kind.Severity == FaultSeverity.Error))
        {
            return new StageResult<SymbolicOperator>(null, faults.Distinct().ToEquatableArray());
        }

        OperatorProof? proof = expanded is { } both ? OperatorProof.Of(both.Description, both.Expansion, options, cancellation)
            : layers.All(layer => layer.Cell is WaveCell) ? OperatorProof.Of(OperatorDescriptions.Of(model, request.Order), null, options, cancellation)
            : null;
        CheckRadius(layers[0], options, proof, faults);
        return new StageResult<SymbolicOperator>(
            new SymbolicOperator(
                model.Architecture,
                ModelFormulas.Before(model).ToEquatableArray(),
                layers.ToEquatableArray(),
                ModelFormulas.After(model).ToEquatableArray(),
                options)
            {
                Expansion = expanded?.Expansion,
                Output = model.Output,
                Proof = proof,
            },
            faults.Distinct().ToEquatableArray());
    }

    private static void Check(Layer layer, LayerOperator expanded, ModelOptions options, List<Fault> faults)
    {
        ExpansionRequest request = options.Request();
        string name = layer.Name.Length == 0 ? "The layer" : "Layer " + layer.Name;
        if (expanded.Cell is PathCell)
        {
            faults.Add(OperatorFaults.ExpansionUnavailable(name, layer.Cell.HasAttention ? "its cells are selective, so the operator is their path form" : "its transition depends on the input, so the operator is the recurrence", null));
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
        if (request.Kind == ExpansionKind.Taylor && !function.HasTaylorSeries)
        {
            faults.Add(OperatorFaults.NoTaylorSeries(expanded.Decoder, null));
            return;
        }

        (int modes, bool skip) = OperatorView.Summands(expanded.Cell);
        int summands = modes + (skip ? 1 : 0);
        System.Numerics.BigInteger count = TermCount(function, request, summands);
        if (summands > 0 && count > TermLimit)
        {
            faults.Add(OperatorFaults.TermLimit(((BigRational)count).ToString(), TermLimit, null));
        }
    }

    /// <summary>Whether the readouts of the first layer can leave the disc in which the series converges, by what is proven of them.</summary>
    private static void CheckRadius(LayerOperator first, ModelOptions options, OperatorProof? proof, List<Fault> faults)
    {
        ExpansionRequest request = options.Request();
        if (request.Kind != ExpansionKind.Taylor || !first.Function.HasTaylorSeries || proof is null)
        {
            return;
        }

        double radius = first.Function.TaylorRadius(request.Centre);
        Interval readouts = proof.Layers[0].Readouts.Aggregate((a, b) => a.Hull(b));
        if (request.Centre - readouts.Low > radius || readouts.High - request.Centre > radius)
        {
            faults.Add(OperatorFaults.BeyondRadius(first.Decoder, request.Centre, radius, readouts.Low, readouts.High, null));
        }
    }

    /// <summary>How many terms a channel has: those of the Taylor polynomial about 0, whose zeros are known, else of any polynomial of the order.</summary>
    private static System.Numerics.BigInteger TermCount(DecoderFunction function, ExpansionRequest request, int summands)
    {
        bool about0 = (request.Kind is ExpansionKind.Taylor && request.Centre == 0) || request.Kind is ExpansionKind.Exact;
        return about0 && function.HasTaylorSeries
            ? new DecoderExpansion(function, request.Order).TermCount(summands)
            : MonomialCount.UpTo(summands, request.Order);
    }

    /// <summary>How many modes are driven and read and do not decay, or are part of a block that is not proven to.</summary>
    private static int GrowingModes(ModeBank bank)
    {
        bool IsDriven(int m) => bank.DriveMagnitude(m) > 0;
        bool IsRead(int m) => bank.ReadoutsOf(bank.GroupOf(m)).Any(h => bank[h, m % bank.WavesPerReadout].Weight != ComplexNumber.Zero);
        int single = Enumerable.Range(0, bank.ModeCount).Count(m => bank.BlockOf(m) is null && !KernelEnclosure.Decays(bank.Eigenvalue(m)) && IsDriven(m) && IsRead(m));

        // The components of a block drive each other.
        return single + bank.Blocks.Where(block =>
        {
            IEnumerable<int> modes = Enumerable.Range(block.First, block.Size);
            return modes.Any(IsDriven) && modes.Any(IsRead) && !BlockPowers.Of(block, null).Decays;
        }).Sum(block => block.Size);
    }

    /// <summary>False where discretising made a number that no double holds: planning refuses such a model, and nothing is proven of it.</summary>
    private static bool IsFinite(CellOperator cell) => cell is not WaveCell { Waves: var bank }
        || (Enumerable.Range(0, bank.ModeCount).All(m => IsFinite(bank.Eigenvalue(m)) && (bank.IsShared ? Enumerable.Range(0, bank.Inputs).All(i => IsFinite(bank.Drive(m, i))) : IsFinite(bank.Drive(m, bank.GroupOf(m)))))
            && bank.Blocks.All(block => block.Transition.All(IsFinite))
            && Enumerable.Range(0, bank.Readouts).All(h => bank.Waves(h).All(wave => IsFinite(wave.Weight))));

    private static bool IsFinite(ComplexNumber value) => IsFinite(value.Re) && IsFinite(value.Im);

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
