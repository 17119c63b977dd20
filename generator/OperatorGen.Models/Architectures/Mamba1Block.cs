using System.Threading;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// <c>mamba1-block</c>, mamba_simple.py of state-spaces/mamba at e9594ce (docs/architectures/mamba1-block.md): projections, causal convolution, selective scan, gate.
/// <code>
/// (v, z) = split(in_proj x)      v = silu(conv1d v)      (d, B_t, C_t) = split(x_proj v)      Delta_t = softplus(dt_proj d)
/// s_t[c,n] = exp(Delta_t[c] A[c,n]) s_{t-1}[c,n] + Delta_t[c] B_t[n] v_t[c]      A = -exp(A_log)
/// y_t[c] = sum_n C_t[n] s_t[c,n] + D[c] v_t[c]      out = out_proj(y * silu(z))
/// </code>
/// </summary>
public sealed class Mamba1Block : IArchitecture
{
    private const int ChannelsPerRank = 16;

    /// <inheritdoc/>
    public string Name => "mamba1-block";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => ModeStorage.None("its modes depend on the input");

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        reading.Hyper.Expect("eval", "true");
        reading.Hyper.Ignore("batch", "L", "dt_min", "dt_max", "dt_init", "dt_scale", "dt_init_floor", "use_fast_path", "layer_idx");
        int width = reading.Size("d_model", ("in_proj.weight", 1, 2), ("out_proj.weight", 0, 2));
        int channels = reading.Size("d_inner", ("D", 0, 1), ("A_log", 0, 2), ("conv1d.weight", 0, 3), ("out_proj.weight", 1, 2));
        int states = reading.Size("d_state", ("A_log", 1, 2));
        int taps = reading.Size("d_conv", ("conv1d.weight", 2, 3));
        int rank = Rank(reading, width);
        CheckExpansion(reading, width, channels);
        bool? bias = reading.Hyper.Flag("bias");
        bool? convolutionBias = reading.Hyper.Flag("conv_bias");
        TensorTable tensors = reading.Tensors;
        var inputMap = new LinearTensors(tensors.Take("in_proj.weight", Times(2, channels), width), Optional(tensors, "in_proj.bias", bias, Times(2, channels)));
        Tensor? convolution = tensors.Take("conv1d.weight", channels, 1, taps);
        Tensor? convolutionShift = Optional(tensors, "conv1d.bias", convolutionBias, channels);
        Tensor? selection = tensors.Take("x_proj.weight", Selected(rank, states), channels);
        LinearTensors step = reading.Linear("dt_proj", channels, rank); // [d_inner, R]
        Tensor? logDecay = tensors.Take("A_log", channels, states);
        Tensor? skip = tensors.Take("D", channels);
        var outputMap = new LinearTensors(tensors.Take("out_proj.weight", width, channels), Optional(tensors, "out_proj.bias", bias, width));

        return reading.Finish(() =>
        {
            Tensor a = new ParameterMath(reading).NegativeExp(logDecay!, "A_log");
            Stability.Check(reading, a, DiscretizationRule.ExponentialEuler, "A_log");
            var selected = new ProjectedSignal(new CellInputSignal(channels), new Linear(channels, Selected(rank, states), selection!, null), "x_proj");
            var delta = new MappedSignal(new ProjectedSignal(new SlicedSignal(selected, 0, rank), step.ToLinear(), "dt_proj"), DecoderFunctions.Softplus);
            var cell = new SelectiveCell(
                channels,
                channels,
                states,
                1,
                Field.Real,
                new StepTransition(a, delta),
                new CellInputSignal(channels),
                new SelectiveParameter(new SlicedSignal(selected, rank, states)),
                new SelectiveParameter(new SlicedSignal(selected, rank + states, states)),
                Gamma: 1)
            { Skip = skip, StateName = "ssm_state", Layout = StateOrder.Keys };
            Tensor kernel = convolution!.WithShape(EquatableArray.Of(channels, taps));
            var input = new InputStage(inputMap.ToLinear(), channels, new CausalConvolution(channels, taps, kernel, convolutionShift, "conv_state"), DecoderFunctions.Silu);
            var decoder = new Decoder { Activation = DecoderFunctions.Identity, Gate = DecoderFunctions.Silu, Mixing = outputMap.ToLinear() };
            return new SequenceModel(Name, width, EquatableArray.Of(SingleLayer.Layer(width, input, cell, decoder)));
        });
    }

    /// <summary>R: as <c>dt_rank</c> says, a number or "auto" for ceil(d_model / 16), else as <c>dt_proj.weight</c> says.</summary>
    private static int Rank(ArchitectureReading reading, int width)
    {
        bool automatic = reading.Hyper.Find("dt_rank") is { Kind: HyperKind.Text, Value: "auto" };
        if (automatic)
        {
            return width == TensorTable.AnySize ? TensorTable.AnySize : (width + ChannelsPerRank - 1) / ChannelsPerRank;
        }

        return reading.Size("dt_rank", ("dt_proj.weight", 1, 2));
    }

    private static void CheckExpansion(ArchitectureReading reading, int width, int channels)
    {
        if (reading.Hyper.Size("expand") is int factor && width > 0 && channels > 0 && (long)factor * width != channels)
        {
            reading.Faults.Add(ModelFaults.Inconsistent(
                Invariant($"'expand' is {factor} and d_model {width}, but d_inner is {channels}, not their product: correct one of them."), reading.Hyper.Find("expand")!.Place));
        }
    }

    /// <summary>A bias: required where the hyperparameter says true, unknown where it says false, as found where it says nothing.</summary>
    private static Tensor? Optional(TensorTable tensors, string name, bool? declared, int size) => declared switch
    {
        true => tensors.Take(name, size),
        false => null,
        null => tensors.TakeIfPresent(name, size),
    };

    private static int Times(int factor, int size) => size == TensorTable.AnySize ? TensorTable.AnySize : factor * size;

    private static int Selected(int rank, int states) =>
        rank == TensorTable.AnySize || states == TensorTable.AnySize ? TensorTable.AnySize : rank + (2 * states);
}
