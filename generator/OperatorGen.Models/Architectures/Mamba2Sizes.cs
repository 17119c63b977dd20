using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>The sizes of a Mamba-2 block, as hyperparameters and tensors say.</summary>
/// <param name="Width">d_model.</param>
/// <param name="Inner">d_inner, what the output map sees: the side stream's unit and the readout.</param>
/// <param name="Channels">d_ssm.</param>
/// <param name="Heads">nheads.</param>
/// <param name="Groups">ngroups.</param>
/// <param name="States">d_state.</param>
/// <param name="Shared">The width of B, and of C: every group's.</param>
/// <param name="Taps">d_conv.</param>
internal sealed record Mamba2Sizes(int Width, int Inner, int Channels, int Heads, int Groups, int States, int Shared, int Taps)
{
    /// <summary>The values of a head.</summary>
    public int HeadWidth => Channels / Heads;

    /// <summary>The channels of the convolution: x, B, C.</summary>
    public int Convolved => TensorTable.Sum(Channels, Shared, Shared);

    /// <summary>d_mlp, the width of z0 and of x0.</summary>
    public int SideWidth => Inner - Channels;

    /// <summary>The outputs of the input map: z0, x0, z, x, B, C, dt.</summary>
    public int Projected => TensorTable.Sum(TensorTable.Times(2, Inner), Shared, Shared, Heads);

    /// <summary>Reads them, and reports those that contradict each other.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before the tensors' names; those that are not declared are those of this block.</param>
    public static Mamba2Sizes Read(ArchitectureReading reading, string prefix)
    {
        TensorTable tensors = reading.Tensors;
        int width = reading.Size("d_model", (prefix + "in_proj.weight", 1, 2), (prefix + "out_proj.weight", 0, 2));
        int inner = reading.Size("d_inner", (prefix + "out_proj.weight", 1, 2));
        int heads = reading.Size("nheads", (prefix + "A_log", 0, 1), (prefix + "dt_bias", 0, 1));
        int channels = ReadChannels(reading, prefix, inner, heads);
        int groups = reading.Hyper.Size("ngroups") ?? 1;
        reading.Hyper.Assume("ngroups", "1", "all heads share B and C; the tensors do not tell");
        int states = reading.Hyper.Size("d_state")
            ?? (tensors.Axis(prefix + "conv1d.weight", 0, 3) is int convolved && channels > 0 && convolved > channels ? (convolved - channels) / (2 * groups) : reading.Size("d_state"));
        reading.CheckFactor("expand", ("d_model", width), ("d_inner", inner));
        reading.CheckFactor("headdim", ("nheads", heads), ("d_ssm", channels));
        reading.CheckDivides(("nheads", heads), ("d_ssm", channels));
        reading.CheckDivides(("ngroups", groups), ("nheads", heads));
        reading.CheckState(("d_ssm", channels), ("d_state", states));
        if (inner > 0 && channels > inner)
        {
            reading.Contradiction(Invariant($"'d_ssm' is {channels} and d_inner {inner}: the recurrence is a part of d_inner."), "d_ssm");
        }

        int shared = reading.Product(("ngroups", groups), ("d_state", states));
        return new Mamba2Sizes(width, inner, channels, heads, groups, states, shared, reading.Size("d_conv", (prefix + "conv1d.weight", 2, 3)));
    }

    /// <summary>Upstream's rows of the input map, (z0, x0, z, xBC, dt), in the order of an input stage: (xBC, dt, z, z0, x0).</summary>
    public Linear InOurOrder(LinearTensors map) => new LinearTensors(InOurOrder(map.Weight!), map.Bias is null ? null : InOurOrder(map.Bias)).ToLinear();

    private Tensor InOurOrder(Tensor rows)
    {
        int gate = 2 * SideWidth, convolved = gate + Channels;
        return RowTensors.Stacked(
            RowTensors.Slice(rows, convolved, Convolved + Heads), RowTensors.Slice(rows, gate, Channels), RowTensors.Slice(rows, 0, gate));
    }

    /// <summary>d_ssm: as declared, else as the norm says, else headdim per head, else all of d_inner.</summary>
    private static int ReadChannels(ArchitectureReading reading, string prefix, int inner, int heads)
    {
        if (reading.Hyper.Size("d_ssm") is int declared)
        {
            return declared;
        }

        return reading.Tensors.Axis(prefix + "norm.weight", 0, 1)
            ?? (reading.Hyper.Size("headdim") is int values ? reading.Product(("headdim", values), ("nheads", heads)) : inner);
    }
}
