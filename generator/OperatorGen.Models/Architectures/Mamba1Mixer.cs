using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Mamba's block as a part of a model: hyperparameters without prefix, tensors with one (docs/architectures/mamba1-block.md has the formulas).</summary>
internal static class Mamba1Mixer
{
    private const int ChannelsPerRank = 16;

    /// <summary>The sizes and options of a block.</summary>
    /// <param name="Width">d_model.</param>
    /// <param name="Channels">d_inner.</param>
    /// <param name="States">d_state.</param>
    /// <param name="Taps">d_conv.</param>
    /// <param name="Rank">dt_rank.</param>
    /// <param name="HasBias">Whether the projections have a bias; null: the tensors tell.</param>
    /// <param name="HasConvolutionBias">Whether the convolution has a bias; null: the tensors tell.</param>
    public sealed record Options(int Width, int Channels, int States, int Taps, int Rank, bool? HasBias, bool? HasConvolutionBias);

    /// <summary>Reads the hyperparameters; sizes that are not declared are those of the first block.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before the tensors' names of the first block.</param>
    public static Options ReadOptions(ArchitectureReading reading, string prefix)
    {
        HyperTable hyper = reading.Hyper;
        hyper.Ignore("dt_min", "dt_max", "dt_init", "dt_scale", "dt_init_floor", "use_fast_path", "layer_idx");
        int width = reading.Size("d_model", (prefix + "in_proj.weight", 1, 2), (prefix + "out_proj.weight", 0, 2));
        int channels = reading.Size("d_inner", (prefix + "D", 0, 1), (prefix + "A_log", 0, 2), (prefix + "conv1d.weight", 0, 3), (prefix + "out_proj.weight", 1, 2));
        reading.CheckFactor("expand", ("d_model", width), ("d_inner", channels));
        return new Options(
            width,
            channels,
            reading.Size("d_state", (prefix + "A_log", 1, 2)),
            reading.Size("d_conv", (prefix + "conv1d.weight", 2, 3)),
            Rank(reading, prefix, width),
            hyper.Flag("bias"),
            hyper.Flag("conv_bias"));
    }

    /// <summary>Takes the tensors; the function that is returned is called when no error was found.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before the tensors' names.</param>
    /// <param name="options">Sizes and options.</param>
    public static Func<LayerParts> Read(ArchitectureReading reading, string prefix, Options options)
    {
        (int width, int channels, int states, int taps, int rank, bool? bias, bool? convolutionBias) = options;
        TensorTable tensors = reading.Tensors;
        int selected = TensorTable.Sum(rank, states, states);
        LinearTensors inputMap = Map("in_proj", TensorTable.Times(2, channels), width);
        Tensor? convolution = tensors.Take(prefix + "conv1d.weight", channels, 1, taps);
        Tensor? convolutionShift = tensors.TakeIf(convolutionBias, prefix + "conv1d.bias", channels);
        Tensor? selection = tensors.Take(prefix + "x_proj.weight", selected, channels);
        LinearTensors step = reading.Linear(prefix + "dt_proj", channels, rank); // [d_inner, R]
        Tensor? logDecay = tensors.Take(prefix + "A_log", channels, states);
        Tensor? skip = tensors.Take(prefix + "D", channels);
        LinearTensors outputMap = Map("out_proj", width, channels);

        return () =>
        {
            Tensor a = new ParameterMath(reading).NegativeExp(logDecay!, prefix + "A_log");
            Stability.Check(reading, a, Field.Real, prefix + "A_log");
            var projected = new ProjectedSignal(new CellInputSignal(channels), new Linear(channels, selected, selection!, null), "x_proj");
            var delta = new MappedSignal(new ProjectedSignal(new SlicedSignal(projected, 0, rank), step.ToLinear(), "dt_proj"), DecoderFunctions.Softplus);
            var cell = new SelectiveCell(
                channels,
                channels,
                states,
                1,
                Field.Real,
                new StepTransition(a, delta),
                new CellInputSignal(channels),
                new SelectiveParameter(new SlicedSignal(projected, rank, states)),
                new SelectiveParameter(new SlicedSignal(projected, rank + states, states)),
                Gamma: 1)
            { Skip = skip, StateName = "ssm_state", Layout = StateOrder.Keys };
            Tensor kernel = convolution!.WithShape(EquatableArray.Of(channels, taps));
            return new LayerParts(
                new InputStage(inputMap.ToLinear(), channels, new CausalConvolution(channels, taps, kernel, convolutionShift, "conv_state"), DecoderFunctions.Silu),
                cell,
                new Decoder { Activation = DecoderFunctions.Identity, Gate = DecoderFunctions.Silu, Mixing = outputMap.ToLinear() });
        };

        LinearTensors Map(string name, int outputs, int inputs) =>
            new(tensors.Take(prefix + name + ".weight", outputs, inputs), tensors.TakeIf(bias, prefix + name + ".bias", outputs));
    }

    /// <summary>R: as <c>dt_rank</c> says, a number or "auto" for ceil(d_model / 16), else as <c>dt_proj.weight</c> says.</summary>
    private static int Rank(ArchitectureReading reading, string prefix, int width)
    {
        if (reading.Hyper.Find("dt_rank") is { Kind: HyperKind.Text, Value: "auto" })
        {
            return width == TensorTable.AnySize ? TensorTable.AnySize : (width + ChannelsPerRank - 1) / ChannelsPerRank;
        }

        return reading.Size("dt_rank", (prefix + "dt_proj.weight", 1, 2));
    }
}
