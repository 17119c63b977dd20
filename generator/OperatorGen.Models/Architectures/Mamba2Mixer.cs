using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Mamba-2's block as a part of a model: hyperparameters without prefix, tensors with one (docs/architectures/mamba2.md has the formulas).</summary>
internal static class Mamba2Mixer
{
    /// <summary>Takes the tensors; the function that is returned is called when no error was found.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before the tensors' names.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <param name="options">What the tensors do not tell.</param>
    public static Func<LayerParts> Read(ArchitectureReading reading, string prefix, Mamba2Sizes sizes, Mamba2Options options)
    {
        TensorTable tensors = reading.Tensors;
        LinearTensors inputMap = Map("in_proj", sizes.Projected, sizes.Width);
        Tensor? convolution = tensors.Take(prefix + "conv1d.weight", sizes.Convolved, 1, sizes.Taps);
        Tensor? convolutionShift = tensors.TakeIf(options.HasConvolutionBias, prefix + "conv1d.bias", sizes.Convolved);
        Tensor? stepShift = tensors.Take(prefix + "dt_bias", sizes.Heads);
        Tensor? logDecay = tensors.Take(prefix + "A_log", sizes.Heads);
        bool hasSkipPerChannel = options.HasSkipPerChannel ?? (tensors.Axis(prefix + "D", 0, 1) is int skips && skips != sizes.Heads);
        Tensor? skip = tensors.Take(prefix + "D", hasSkipPerChannel ? sizes.Channels : sizes.Heads);
        Tensor? norm = tensors.TakeIf(options.HasNorm, prefix + "norm.weight", sizes.Channels);
        LinearTensors outputMap = Map("out_proj", sizes.Width, sizes.Inner);

        return () =>
        {
            Tensor a = new ParameterMath(reading).NegativeExp(logDecay!, prefix + "A_log");
            Stability.Check(reading, a, Field.Real, prefix + "A_log");
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
                Norm = norm is null ? null : new RmsNorm(sizes.Channels, norm, options.Epsilon, sizes.Channels / (options.NormGroups ?? sizes.Groups)),
                NormAfterGate = norm is not null && !options.HasNormBeforeGate,
                Gate = DecoderFunctions.Silu,
                Side = sizes.SideWidth == 0 ? null : DecoderFunctions.Silu,
                Mixing = outputMap.ToLinear(),
            };
            return new LayerParts(input, cell, decoder);
        };

        LinearTensors Map(string name, int outputs, int inputs) =>
            new(tensors.Take(prefix + name + ".weight", outputs, inputs), tensors.TakeIf(options.HasBias, prefix + name + ".bias", outputs));
    }
}
