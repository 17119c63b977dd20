using System;

namespace OperatorGen.Models;

/// <summary>
/// <c>mamba1-block</c>, mamba_simple.py of state-spaces/mamba at e9594ce (docs/architectures/mamba1-block.md): projections, causal convolution, selective scan, gate.
/// <code>
/// (v, z) = split(in_proj x)      v = silu(conv1d v)      (d, B_t, C_t) = split(x_proj v)      Delta_t = softplus(dt_proj d)
/// s_t[c,n] = exp(Delta_t[c] A[c,n]) s_{t-1}[c,n] + Delta_t[c] B_t[n] v_t[c]      A = -exp(A_log)
/// y_t[c] = sum_n C_t[n] s_t[c,n] + D[c] v_t[c]      out = out_proj(y * silu(z))
/// </code>
/// </summary>
public sealed class Mamba1Block : SelectiveArchitecture
{
    /// <inheritdoc/>
    public override string Name => "mamba1-block";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        Mamba1Mixer.Options options = Mamba1Mixer.ReadOptions(reading, "");
        Func<LayerParts> block = Mamba1Mixer.Read(reading, "", options);
        return reading.Finish(() => block().Alone(Name, options.Width));
    }
}
