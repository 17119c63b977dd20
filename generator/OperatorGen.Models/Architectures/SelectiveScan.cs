using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>mamba1-selective-scan</c>, selective_scan_ref of state-spaces/mamba at e9594ce (docs/architectures/mamba1-selective-scan.md): Mamba's recurrence by itself. The
/// input of a time step is u, delta, then B and C where they depend on time, then z where there is a gate.
/// <code>
/// Delta_t = softplus(delta_t + delta_bias)      s_t[d,n] = e^(Delta_t[d] A[d,n]) s_{t-1}[d,n] + Delta_t[d] B_t[d,n] u_t[d]
/// y_t[d] = (gamma Re sum_n C_t[d,n] s_t[d,n] + D[d] u_t[d]) silu(z_t[d])
/// </code>
/// </summary>
public sealed class SelectiveScan : SelectiveArchitecture
{
    private static readonly Decoder s_gated = new() { Activation = DecoderFunctions.Identity, Gate = DecoderFunctions.Silu };

    /// <inheritdoc/>
    public override string Name => "mamba1-selective-scan";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        HyperTable hyper = reading.Hyper;
        TensorTable tensors = reading.Tensors;
        bool isComplex = IsComplex(reading);
        Field field = isComplex ? Field.Complex : Field.Real;
        int parts = isComplex ? 2 : 1;
        int axes = isComplex ? 3 : 2;
        int channels = reading.Size("dim", ("A", 0, axes), ("D", 0, 1), ("delta_bias", 0, 1));
        int states = reading.Size("dstate", ("A", 1, axes));
        int groups = Groups(reading, channels);
        reading.CheckState(("dim", channels), ("dstate", states));
        int variable = TensorTable.Times(parts, reading.Product(("groups", groups), ("dstate", states)));
        int[] shape = isComplex ? [channels, states, 2] : [channels, states];
        Tensor? a = tensors.Take("A", shape);
        Tensor? b = tensors.TakeIf(!hyper.Flag("varB"), "B", shape);
        Tensor? c = tensors.TakeIf(!hyper.Flag("varC"), "C", shape);
        Tensor? skip = tensors.TakeIfPresent("D", channels);
        Tensor? bias = tensors.TakeIfPresent("delta_bias", channels);
        bool isPositive = hyper.Flag("softplus", false, "delta is the step as it is (true: softplus of it)");
        bool isGated = hyper.Flag("gate", false, "the input has no gate stream z (true: its last numbers are z)");

        return reading.Finish(() =>
        {
            Stability.Check(reading, a!, field, "A");
            Signal[] inputs = InputParts.Cut(channels, channels, b is null ? variable : 0, c is null ? variable : 0); // u, delta, B, C
            Signal delta = bias is null ? inputs[1] : new AffineSignal(inputs[1], 1, bias);
            int width = (2 * channels) + inputs[2].Width + inputs[3].Width;
            var cell = new SelectiveCell(
                width,
                channels,
                states,
                1,
                field,
                new StepTransition(a!, isPositive ? new MappedSignal(delta, DecoderFunctions.Softplus) : delta),
                inputs[0],
                b is null ? new SelectiveParameter(inputs[2], field) : new ConstantParameter(b, field),
                c is null ? new SelectiveParameter(inputs[3], field) : new ConstantParameter(c, field),
                Gamma: parts)
            { Skip = skip, StateName = "last_state", Layout = StateOrder.Keys };
            if (!isGated)
            {
                return SingleLayer.Of(Name, cell);
            }

            Layer layer = SingleLayer.Layer(width + channels, InputStage.None with { GateWidth = channels }, cell, s_gated);
            return new SequenceModel(Name, layer.Width, EquatableArray.Of(layer));
        });
    }

    /// <summary>Whether the numbers are complex: as the axes of A say, which must be what is declared; as is declared where they do not say.</summary>
    private static bool IsComplex(ArchitectureReading reading)
    {
        bool? declared = reading.Hyper.Flag("complex");
        bool? found = reading.Tensors.Axis("A", 0, 3) is not null ? true : reading.Tensors.Axis("A", 0, 2) is not null ? false : null;
        if (found is bool isComplex && declared == !isComplex)
        {
            string shape = reading.Tensors.ShapeOf("A")!;
            reading.Contradiction(
                isComplex
                    ? $"'complex' is false, but 'A' is complex: its shape is {shape}, with (re, im) on the last axis. Correct one of them."
                    : $"'complex' is true, but 'A' is real: its shape is {shape}, without a last axis of (re, im). Correct one of them.",
                "complex");
        }

        return found ?? declared ?? false;
    }

    /// <summary>The number of blocks of B and C that depend on time: as <c>groups</c> says, of which 0 means one that all channels share.</summary>
    private static int Groups(ArchitectureReading reading, int channels)
    {
        int groups = reading.Hyper.Size("groups", minimum: 0) is int declared and > 0 ? declared : 1;
        reading.CheckDivides(("groups", groups), ("dim", channels));
        return groups;
    }
}
