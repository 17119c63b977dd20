using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>gateloop-simple</c>, SimpleGateLoopLayer of lucidrains/gateloop-transformer at 1ded1cb (docs/architectures/gateloop.md): channels with a real gate each.
/// <code>
/// (q, w, a) = split(to_qkva norm(x))      s_t = sigmoid(a_t) s_{t-1} + w_t      y = norm(q * s)
/// </code>
/// </summary>
public sealed class GateLoopSimple : SelectiveArchitecture
{
    private const double Epsilon = 1e-5; // torch
    private const double LeastLength = 1e-12; // torch's normalize

    /// <inheritdoc/>
    public override string Name => "gateloop-simple";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        HyperTable hyper = reading.Hyper;
        TensorTable tensors = reading.Tensors;
        hyper.Expect("use_heinsen", "false");
        hyper.Expect("reverse", "false");
        hyper.Ignore("use_jax_associative_scan");
        int width = reading.Size("dim", ("to_qkva.0.weight", 1, 2), ("norm.gamma", 0, 1));
        Tensor? length = tensors.TakeIf(hyper.Flag("prenorm"), "norm.gamma", width);
        Tensor? maps = tensors.Take("to_qkva.0.weight", TensorTable.Times(3, width), width);
        bool isNormed = hyper.Flag("post_ln") ?? tensors.Has("maybe_post_ln.weight");
        LinearTensors? norm = isNormed ? reading.LayerNorm("maybe_post_ln", width) : null;

        return reading.Finish(() =>
        {
            Signal[] parts = InputParts.Cut(width, width, width); // q, w, a
            var cell = new SelectiveCell(
                3 * width,
                width,
                1,
                1,
                Field.Real,
                new GateTransition(new MappedSignal(parts[2], DecoderFunctions.Sigmoid)),
                parts[1],
                Key: null,
                new SelectiveParameter(parts[0]),
                Gamma: 1)
            { Layout = StateOrder.Cells };
            var decoder = new Decoder
            {
                Activation = DecoderFunctions.Identity,
                Norm = norm is null ? null : new LayerNorm(width, norm.Weight!, norm.Bias!, Epsilon),
            };
            Layer layer = SingleLayer.Layer(width, new InputStage(new LinearTensors(maps, null).ToLinear(), 0, null, DecoderFunctions.Identity), cell, decoder);
            return new SequenceModel(Name, width, EquatableArray.Of(layer with { PreNorm = length is null ? null : new LengthNorm(width, length, LeastLength) }));
        });
    }
}
