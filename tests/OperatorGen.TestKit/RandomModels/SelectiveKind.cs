namespace OperatorGen.TestKit;

/// <summary>What the cells of a random selective layer are.</summary>
public enum SelectiveKind
{
    /// <summary>A step size per channel, an eigenvalue per mode, B and C that all channels share: Mamba.</summary>
    Mamba,

    /// <summary>The same with complex eigenvalues, B and C.</summary>
    MambaComplex,

    /// <summary>The same with constant B and C, real or complex.</summary>
    MambaFixed,

    /// <summary>The same with B and C that groups of channels share.</summary>
    MambaGrouped,

    /// <summary>A step size and an eigenvalue per head, keys and queries that groups of heads share: Mamba-2.</summary>
    Mamba2,

    /// <summary>A log-gate per key; keys, values and gates that groups of heads share: GLA.</summary>
    LogGatePerKey,

    /// <summary>A log-gate per head: simple GLA, Mamba-2's operator.</summary>
    LogGate,

    /// <summary>A log-gate per channel, neither keys nor queries: HGRN.</summary>
    Hgrn,

    /// <summary>A constant factor per head: RetNet.</summary>
    Retnet,

    /// <summary>A log-gate per key, read before the update with a bonus, or with none: RWKV-6.</summary>
    Rwkv6,

    /// <summary>A complex gate per head with real keys and queries: GateLoop.</summary>
    GateLoop,

    /// <summary>A real gate and a query per channel: GateLoop's simple layer.</summary>
    GateLoopSimple,

    /// <summary>The delta rule: DeltaNet.</summary>
    Delta,

    /// <summary>The delta rule with a log-gate per head.</summary>
    GatedDelta,
}
