namespace OperatorGen.Analysis;

/// <summary>When a mode sees which sample.</summary>
/// <param name="Backward">False: the mode runs from the past to the future. True: from the future to the past.</param>
/// <param name="Delay">0: a readout at t has the sample of t in it. 1: the sample of t is left out, and the first is that before (backward: after) it.</param>
public readonly record struct ModeTiming(bool Backward, int Delay)
{
    /// <summary>From the past, the current sample taken in.</summary>
    public static ModeTiming Causal => default;
}
