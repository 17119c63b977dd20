using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>gateloop</c>, GateLoopedAttention of lucidrains/gateloop-transformer at 1ded1cb (docs/architectures/gateloop.md): heads with a complex gate each.
/// <code>
/// (q, k, v) = split(to_qkv x)      c = to_a x, a pair (re, im) per head      a = sigmoid(|c|) c / |c|
/// S_t = a_t S_{t-1} + k_t (x) v_t      o_t = q_t Re(S_t)      y = to_out(norm(o) * silu(to_gates x))
/// </code>
/// </summary>
public sealed class GateLoop : SelectiveArchitecture
{
    private const double Epsilon = 1e-5; // torch

    /// <inheritdoc/>
    public override string Name => "gateloop";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        HyperTable hyper = reading.Hyper;
        TensorTable tensors = reading.Tensors;
        hyper.Ignore("checkpoint_gate_looped_attn", "frac_gradient_state_transition");
        int width = reading.Size("dim", ("to_qkv.weight", 1, 2));
        int inner = hyper.Size("dim_inner") ?? tensors.Axis("to_qkv.weight", 0, 2) / 3 ?? width;
        int heads = hyper.Size("heads") ?? tensors.Axis("to_a.0.weight", 0, 2) / 2 ?? inner;
        reading.CheckDivides(("heads", heads), ("dim_inner", inner));
        bool isGated = hyper.Flag("add_swish_gating") ?? tensors.Has("to_gates.0.weight");
        bool isNormed = hyper.Flag("sub_ln") ?? tensors.Has("maybe_sub_ln.weight");
        Tensor? maps = tensors.Take("to_qkv.weight", TensorTable.Times(3, inner), width);
        LinearTensors turns = reading.Linear("to_a.0", TensorTable.Times(2, heads), width);
        Tensor? gates = isGated ? tensors.Take("to_gates.0.weight", inner, width) : null;
        LinearTensors? norm = isNormed ? reading.LayerNorm("maybe_sub_ln", inner) : null;
        Tensor? output = isGated || inner != width ? tensors.Take("to_out.weight", width, inner) : null;
        int perHead = inner > 0 && heads > 0 ? inner / heads : TensorTable.AnySize;
        reading.CheckState(("dim_inner", inner), ("dim_inner / heads", perHead));

        return reading.Finish(() =>
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
            return new SequenceModel(Name, width, EquatableArray.Of(SingleLayer.Layer(width, input, cell, decoder)));
        });
    }
}
