namespace OperatorGen.Models;

/// <summary>What the tensors of a Mamba-2 block do not tell, or not by themselves.</summary>
/// <param name="HasBias">Whether the projections have a bias; null: the tensors tell.</param>
/// <param name="HasConvolutionBias">Whether the convolution has a bias; null: the tensors tell.</param>
/// <param name="HasSkipPerChannel">Whether D has one number per channel, and not per head; null: its size tells.</param>
/// <param name="HasNorm">Whether the readout is normalised; null: the tensors tell.</param>
/// <param name="HasNormBeforeGate">Whether it is normalised before the gate multiplies.</param>
/// <param name="Epsilon">What the norm adds to the mean square.</param>
/// <param name="StepLimits">The limits of the step size.</param>
/// <param name="NormGroups">How many groups of channels have a mean square of their own; null: as many as share B and C.</param>
internal sealed record Mamba2Options(
    bool? HasBias, bool? HasConvolutionBias, bool? HasSkipPerChannel, bool? HasNorm, bool HasNormBeforeGate, double Epsilon, (double Lower, double Upper) StepLimits, int? NormGroups)
{
    private const double DefaultEpsilon = 1e-5;

    /// <summary>Reads them, and refuses what is not computed.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="sizes">The sizes of the block.</param>
    public static Mamba2Options Read(ArchitectureReading reading, Mamba2Sizes sizes)
    {
        HyperTable hyper = reading.Hyper;
        hyper.Expect("activation", "silu", "swish");
        hyper.Expect("process_group", "null");
        hyper.Ignore(
            "conv_init", "A_init_range", "dt_min", "dt_max", "dt_init_floor", "chunk_size", "use_mem_eff_path", "layer_idx", "sequence_parallel", "device", "dtype");
        hyper.Expect("learnable_init_states", "false");
        int? normGroups = hyper.Size("norm_groups");
        if (normGroups is int groups)
        {
            reading.CheckDivides(("norm_groups", groups), ("d_ssm", sizes.Channels));
        }

        return new Mamba2Options(
            hyper.Flag("bias"),
            hyper.Flag("conv_bias"),
            hyper.Flag("D_has_hdim"),
            hyper.Flag("rmsnorm"),
            hyper.Flag("norm_before_gate", false, "the readout is normalised after its gate (true: before it); the tensors are the same either way"),
            hyper.Positive("rms_eps", DefaultEpsilon, "what the norm adds to the mean square; checkpoints do not hold it"),
            HyperLimits.Read(hyper, "dt_limit", (0, double.PositiveInfinity), "the limits of the step size; the tensors do not tell"),
            normGroups);
    }
}
