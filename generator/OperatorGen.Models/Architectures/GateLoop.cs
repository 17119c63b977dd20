using System;

namespace OperatorGen.Models;

/// <summary>
/// <c>gateloop</c>, GateLoopedAttention of lucidrains/gateloop-transformer at 1ded1cb (docs/architectures/gateloop.md): heads with a complex gate each.
/// <code>
/// (q, k, v) = split(to_qkv x)      c = to_a x, a pair (re, im) per head      a = sigmoid(|c|) c / |c|
/// S_t = a_t S_{t-1} + k_t (x) v_t      o_t = q_t Re(S_t)      y = to_out(norm(o) * silu(to_gates x))
/// </code>
/// </summary>
public sealed class GateLoop : SelectiveArchitecture
{
    /// <inheritdoc/>
    public override string Name => "gateloop";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        GateLoopMixer.Options options = GateLoopMixer.ReadOptions(reading, "");
        Func<LayerParts> block = GateLoopMixer.Read(reading, "", options);
        return reading.Finish(() => block().Alone(Name, options.Width));
    }
}
