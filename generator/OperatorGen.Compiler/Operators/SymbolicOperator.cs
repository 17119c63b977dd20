using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// What a model computes, written in its waves and their interactions. Interaction terms are not stored: they are enumerated from the
/// decoder's expansion when they are asked for.
/// </summary>
/// <param name="Architecture">The architecture's name.</param>
/// <param name="Before">What comes before the first layer: scaling and encoder.</param>
/// <param name="Layers">The layers.</param>
/// <param name="After">What comes after the last layer: pooling and head.</param>
/// <param name="Options">The order and range that it was made for.</param>
public sealed record SymbolicOperator(
    string Architecture,
    EquatableArray<Formula> Before,
    EquatableArray<LayerOperator> Layers,
    EquatableArray<Formula> After,
    ModelOptions Options)
{
    /// <summary>
    /// The polynomials that replace the decoder functions, as the options ask for them; null where a layer is selective or has symbols, or
    /// where a function has no Taylor series.
    /// </summary>
    public OperatorExpansion? Expansion { get; init; }

    /// <summary>The order of the expansion: what was asked for, or what an exact one needs.</summary>
    public int Order => Expansion?.Order ?? Options.Request().Order;

    /// <summary>What makes outputs of scores.</summary>
    public OutputFunction Output { get; init; }

    /// <summary>What is proven for every input of the declared range; null where no range is declared or there is nothing to prove it of.</summary>
    public OperatorProof? Proof { get; init; }

    /// <summary>The polynomial of one channel's decoder function: of the expansion, or where there is none the Taylor polynomial about 0.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="channel">The channel.</param>
    public DecoderExpansion ExpansionOf(int layer, int channel) => Expansion is { } expansion
        ? new DecoderExpansion(expansion.Layers[layer].Readouts[channel])
        : new DecoderExpansion(Layers[layer].Function, Options.Request().Order);
}

/// <summary>One layer of the operator.</summary>
/// <param name="Name">Upstream's prefix of the layer's tensors.</param>
/// <param name="Before">What is between the layer's input x and the cells' input v.</param>
/// <param name="Cell">The recurrence.</param>
/// <param name="Decoder">The name of the decoder function g of the readout o.</param>
/// <param name="After">What comes after g(o).</param>
public sealed record LayerOperator(
    string Name,
    EquatableArray<Formula> Before,
    CellOperator Cell,
    string Decoder,
    EquatableArray<Formula> After)
{
    /// <summary>The decoder function g.</summary>
    public DecoderFunction Function => DecoderFunctions.Find(Decoder) ?? throw new InvalidOperationException($"The decoder function {Decoder} is unknown.");
}

/// <summary>The recurrence of a layer, solved.</summary>
/// <param name="Channels">The number of readouts.</param>
/// <param name="Formulas">The recurrence, the readout and the kernel.</param>
public abstract record CellOperator(int Channels, EquatableArray<Formula> Formulas);

/// <summary>A constant recurrence with numbers: waves.</summary>
/// <param name="Channels">The number of readouts.</param>
/// <param name="Formulas">The recurrence, the readout and the kernel.</param>
/// <param name="Waves">The waves of every channel.</param>
public sealed record WaveCell(int Channels, EquatableArray<Formula> Formulas, ModeBank Waves) : CellOperator(Channels, Formulas);

/// <summary>A constant recurrence with symbols: each wave's eigenvalue and weight as a formula.</summary>
/// <param name="Formulas">The recurrence, the readout and the kernel.</param>
/// <param name="Modes">Per mode: eigenvalue, weight.</param>
/// <param name="Symbols">The symbols' names, sorted.</param>
/// <param name="Skip">D; null where the readout has no skip.</param>
public sealed record SymbolicCell(EquatableArray<Formula> Formulas, EquatableArray<SymbolicMode> Modes, EquatableArray<string> Symbols, Expression? Skip)
    : CellOperator(1, Formulas);

/// <summary>One mode with symbols.</summary>
/// <param name="Eigenvalue">lambda_n.</param>
/// <param name="Weight">gamma c_n b-bar_n.</param>
public sealed record SymbolicMode(Expression Eigenvalue, Expression Weight);

/// <summary>
/// A selective recurrence: the state is a sum over paths, each the product of the gates that it passed,
/// <c>s_t = sum_(tau &lt;= t) (prod_(r = tau+1..t) gate_r) input_tau</c>; gates and inputs are named functions of the layer's input.
/// </summary>
/// <param name="Channels">The number of readouts.</param>
/// <param name="Modes">Modes per channel.</param>
/// <param name="Formulas">The path form and the functions in it.</param>
public sealed record PathCell(int Channels, int Modes, EquatableArray<Formula> Formulas) : CellOperator(Channels, Formulas)
{
    /// <summary>The path form about mean gates; empty of a delta rule.</summary>
    public EquatableArray<Formula> MeanGateFormulas { get; init; } = EquatableArray<Formula>.Empty;

    /// <summary>The waves of the mean gate, longest-lived first; empty where the gates are not calibrated.</summary>
    public EquatableArray<MeanGateWave> Waves { get; init; } = EquatableArray<MeanGateWave>.Empty;

    /// <summary>Why there are no waves; null where there are.</summary>
    public string? WavesReason { get; init; }
}
