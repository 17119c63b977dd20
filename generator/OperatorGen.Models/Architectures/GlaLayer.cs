using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>gla-layer</c>, GatedLinearAttention of fla-org/flash-linear-attention at bc3b101 (docs/architectures/gla-layer.md): projections, gates of low rank, linear
/// attention with a gate per key, norm per head, output gate.
/// <code>
/// q = f(q_proj x)   k = f(k_proj x)   v = v_proj x   g = log(sigmoid(gk_proj.1 gk_proj.0 x)) / n, at least clamp_min
/// S_t = e^(g_t) S_{t-1} + k_t (x) v_t      o_t = K^(-1/2) q_t S_t      y = o_proj(RMSNorm(o) * silu(g_proj x))
/// </code>
/// Keys, values and gates may be fewer than heads: consecutive heads share them.
/// </summary>
public sealed class GlaLayer : SelectiveArchitecture
{
    /// <inheritdoc/>
    public override string Name => "gla-layer";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        var options = GlaOptions.Read(reading);
        var sizes = GlaSizes.Read(reading, options);
        TensorTable tensors = reading.Tensors;
        Tensor? query = tensors.Take("q_proj.weight", sizes.AllQueries, sizes.Width);
        Tensor? key = tensors.Take("k_proj.weight", sizes.AllKeys, sizes.Width);
        Tensor? value = tensors.Take("v_proj.weight", sizes.AllValues, sizes.Width);
        Tensor? narrowing = tensors.Take("gk_proj.0.weight", sizes.Rank, sizes.Width);
        LinearTensors widening = reading.Linear("gk_proj.1", sizes.AllKeys, sizes.Rank);
        Tensor? gate = options.HasGate ? tensors.Take("g_proj.weight", sizes.Readouts, sizes.Width) : null;
        Tensor? norm = tensors.Take(options.NormName, sizes.HeadValues);
        Tensor? output = tensors.Take("o_proj.weight", sizes.Width, sizes.Readouts);

        return reading.Finish(() =>
        {
            Signal[] parts = InputParts.Cut(sizes.AllQueries, sizes.AllKeys, sizes.AllValues, sizes.Rank);
            int width = sizes.AllQueries + sizes.AllKeys + sizes.AllValues + sizes.Rank;
            var cell = new SelectiveCell(
                width,
                sizes.Heads,
                sizes.HeadKeys,
                sizes.HeadValues,
                Field.Real,
                new LogGateTransition(options.LogGate(new ProjectedSignal(parts[3], widening.ToLinear(), "gk_proj.1")), PerKey: true),
                parts[2],
                new SelectiveParameter(options.Feature(parts[1])),
                new SelectiveParameter(options.Feature(parts[0])),
                QueryScale.Of(sizes.HeadKeys))
            { StateName = "recurrent_state" };
            Tensor projection = gate is null ? RowTensors.Stacked(query!, key!, value!, narrowing!) : RowTensors.Stacked(query!, key!, value!, narrowing!, gate);
            var input = new InputStage(new Linear(sizes.Width, projection.Shape[0], projection, null), gate is null ? 0 : sizes.Readouts, null, DecoderFunctions.Identity);
            var decoder = new Decoder
            {
                Activation = DecoderFunctions.Identity,
                Norm = new RmsNorm(sizes.Readouts, RowTensors.Tiled(norm!, sizes.Heads), options.Epsilon, sizes.HeadValues),
                Gate = gate is null ? null : options.Gate,
                Mixing = new LinearTensors(output, null).ToLinear(),
            };
            return new SequenceModel(Name, sizes.Width, EquatableArray.Of(SingleLayer.Layer(sizes.Width, input, cell, decoder)));
        });
    }
}
