using System;

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
        var sizes = Mamba2Sizes.Read(reading, "");
        Func<LayerParts> block = Mamba2Mixer.Read(reading, "", sizes, Mamba2Options.Read(reading, sizes));
        return reading.Finish(() => block().Alone(Name, sizes.Width));
    }
}
