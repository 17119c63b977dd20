using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>mamba2-block</c>, mamba2.py of state-spaces/mamba at e9594ce (docs/architectures/mamba2.md): heads of P values with one gate each, whose B and C are shared by
/// groups of heads.
/// <code>
/// (z0, x0, z, xBC, dt) = split(in_proj x)      (x, B_t, C_t) = split(silu(conv1d xBC))      Delta_t = clamp(softplus(dt + dt_bias), dt_limit)
/// S_t[h] = exp(Delta_t[h] A[h]) S_{t-1}[h] + Delta_t[h] x_t[h] (x) B_t      y_t[h] = S_t[h] C_t + D[h] x_t[h]      A = -exp(A_log)
/// out = out_proj(silu(z0) * x0, RMSNorm(y * silu(z)))
/// </code>
/// </summary>
public sealed class Mamba2Block : SelectiveArchitecture
{
    /// <inheritdoc/>
    public override string Name => "mamba2-block";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        var sizes = Mamba2Sizes.Read(reading);
        var options = Mamba2Options.Read(reading);
        TensorTable tensors = reading.Tensors;
        LinearTensors inputMap = Map("in_proj", sizes.Projected, sizes.Width);
        Tensor? convolution = tensors.Take("conv1d.weight", sizes.Convolved, 1, sizes.Taps);
        Tensor? convolutionShift = tensors.TakeIf(options.HasConvolutionBias, "conv1d.bias", sizes.Convolved);
        Tensor? stepShift = tensors.Take("dt_bias", sizes.Heads);
        Tensor? logDecay = tensors.Take("A_log", sizes.Heads);
        bool hasSkipPerChannel = options.HasSkipPerChannel ?? (tensors.Axis("D", 0, 1) is int skips && skips != sizes.Heads);
        Tensor? skip = tensors.Take("D", hasSkipPerChannel ? sizes.Channels : sizes.Heads);
        Tensor? norm = tensors.TakeIf(options.HasNorm, "norm.weight", sizes.Channels);
        LinearTensors outputMap = Map("out_proj", sizes.Width, sizes.Inner);

        return reading.Finish(() =>
        {
            Tensor a = new ParameterMath(reading).NegativeExp(logDecay!, "A_log");
            Stability.Check(reading, a, Field.Real, "A_log");
            Signal[] parts = InputParts.Cut(sizes.Channels, sizes.Shared, sizes.Shared, sizes.Heads); // x, B, C, dt
            var step = new MappedSignal(new AffineSignal(parts[3], 1, stepShift!), DecoderFunctions.Softplus);
            (double lower, double upper) = options.StepLimits;
            var cell = new SelectiveCell(
                sizes.Convolved + sizes.Heads,
                sizes.Heads,
                sizes.States,
                sizes.HeadWidth,
                Field.Real,
                new StepTransition(a, lower <= 0 && double.IsPositiveInfinity(upper) ? step : new ClampedSignal(step, lower, upper)),
                parts[0],
                new SelectiveParameter(parts[1]),
                new SelectiveParameter(parts[2]),
                Gamma: 1)
            {
                Skip = hasSkipPerChannel ? skip : RowTensors.Repeated(skip!, sizes.HeadWidth),
                StateName = "ssm_state",
                Layout = StateOrder.ValuesKeys,
            };
            Tensor kernel = convolution!.WithShape(EquatableArray.Of(sizes.Convolved, sizes.Taps));
            var input = new InputStage(sizes.InOurOrder(inputMap), sizes.Channels, new CausalConvolution(sizes.Convolved, sizes.Taps, kernel, convolutionShift, "conv_state"), DecoderFunctions.Silu)
            {
                PassedWidth = sizes.Heads,
                SideWidth = 2 * sizes.SideWidth,
            };
            var decoder = new Decoder
            {
                Activation = DecoderFunctions.Identity,
                Norm = norm is null ? null : new RmsNorm(sizes.Channels, norm, options.Epsilon, sizes.Channels / sizes.Groups),
                NormAfterGate = norm is not null && !options.HasNormBeforeGate,
                Gate = DecoderFunctions.Silu,
                Side = sizes.SideWidth == 0 ? null : DecoderFunctions.Silu,
                Mixing = outputMap.ToLinear(),
            };
            return new SequenceModel(Name, sizes.Width, EquatableArray.Of(SingleLayer.Layer(sizes.Width, input, cell, decoder)));
        });

        LinearTensors Map(string name, int outputs, int inputs) =>
            new(tensors.Take(name + ".weight", outputs, inputs), tensors.TakeIf(options.HasBias, name + ".bias", outputs));
    }
}
