using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>GateLoopedAttention as a part of a model: tensors with a prefix (docs/architectures/gateloop.md has the formulas).</summary>
internal static class GateLoopMixer
{
    private const double Epsilon = 1e-5; // torch

    /// <summary>What the tensors do not tell by themselves.</summary>
    /// <param name="Width">dim.</param>
    /// <param name="Inner">dim_inner.</param>
    /// <param name="Heads">heads.</param>
    /// <param name="IsGated">add_swish_gating; null: the tensors tell.</param>
    /// <param name="IsNormed">sub_ln; null: the tensors tell.</param>
    public sealed record Options(int Width, int Inner, int Heads, bool? IsGated, bool? IsNormed);

    /// <summary>Reads the hyperparameters; sizes that are not declared are those of the first block.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before the tensors' names of the first block.</param>
    /// <param name="headsName">The hyperparameter of the heads.</param>
    public static Options ReadOptions(ArchitectureReading reading, string prefix, string headsName = "heads")
    {
        HyperTable hyper = reading.Hyper;
        TensorTable tensors = reading.Tensors;
        hyper.Ignore("checkpoint_gate_looped_attn", "frac_gradient_state_transition");
        int width = reading.Size("dim", (prefix + "to_qkv.weight", 1, 2));
        int inner = hyper.Size("dim_inner") ?? tensors.Axis(prefix + "to_qkv.weight", 0, 2) / 3 ?? width;
        int heads = hyper.Size(headsName) ?? tensors.Axis(prefix + "to_a.0.weight", 0, 2) / 2 ?? inner;
        reading.CheckDivides((headsName, heads), ("dim_inner", inner));
        return new Options(width, inner, heads, hyper.Flag("add_swish_gating"), hyper.Flag("sub_ln"));
    }

    /// <summary>Takes the tensors; the function that is returned is called when no error was found.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before the tensors' names.</param>
    /// <param name="options">Sizes and options.</param>
    public static Func<LayerParts> Read(ArchitectureReading reading, string prefix, Options options)
    {
        TensorTable tensors = reading.Tensors;
        (int width, int inner, int heads, _, _) = options;
        bool isGated = options.IsGated ?? tensors.Has(prefix + "to_gates.0.weight");
        bool isNormed = options.IsNormed ?? tensors.Has(prefix + "maybe_sub_ln.weight");
        Tensor? maps = tensors.Take(prefix + "to_qkv.weight", TensorTable.Times(3, inner), width);
        LinearTensors turns = reading.Linear(prefix + "to_a.0", TensorTable.Times(2, heads), width);
        Tensor? gates = isGated ? tensors.Take(prefix + "to_gates.0.weight", inner, width) : null;
        LinearTensors? norm = isNormed ? reading.LayerNorm(prefix + "maybe_sub_ln", inner) : null;
        Tensor? output = isGated || inner != width ? tensors.Take(prefix + "to_out.weight", width, inner) : null;
        int perHead = inner > 0 && heads > 0 ? inner / heads : TensorTable.AnySize;
        reading.CheckState(("dim_inner", inner), ("dim_inner / heads", perHead));

        return () =>
        {
            Signal[] parts = InputParts.Cut(inner, inner, inner, 2 * heads); // q, k, v, to_a without its bias
            var cell = new SelectiveCell(
                (3 * inner) + (2 * heads),
                heads,
                perHead,
                perHead,
                Field.Complex,
                new GateTransition(new PolarSignal(new AffineSignal(parts[3], 1, turns.Bias))),
                parts[2],
                new SelectiveParameter(parts[1]),
                new SelectiveParameter(parts[0]),
                Gamma: 1);
            Tensor projection = gates is null ? RowTensors.Stacked(maps!, turns.Weight!) : RowTensors.Stacked(maps!, turns.Weight!, gates);
            var input = new InputStage(new Linear(width, projection.Shape[0], projection, null), gates is null ? 0 : inner, null, DecoderFunctions.Identity);
            var decoder = new Decoder
            {
                Activation = DecoderFunctions.Identity,
                Norm = norm is null ? null : new LayerNorm(inner, norm.Weight!, norm.Bias!, Epsilon),
                Gate = gates is null ? null : DecoderFunctions.Silu,
                Mixing = output is null ? null : new LinearTensors(output, null).ToLinear(),
            };
            return new LayerParts(input, cell, decoder);
        };
    }
}
