namespace OperatorGen.Models;

/// <summary>What acts on the state of linear attention from one time step to the next.</summary>
public enum LinearAttentionGate
{
    /// <summary>A gate per key, given by its logarithm (GLA).</summary>
    PerKey,

    /// <summary>A gate per head, given by its logarithm (simple GLA).</summary>
    PerHead,

    /// <summary>A constant factor per head (RetNet).</summary>
    Constant,

    /// <summary>A gate per key, given by its logarithm; the read comes before the update and has a bonus for the current sample (RWKV-6).</summary>
    PerKeyWithBonus,

    /// <summary>The delta rule (DeltaNet).</summary>
    Delta,

    /// <summary>The delta rule with a gate per head, given by its logarithm (gated DeltaNet).</summary>
    GatedDelta,
}
