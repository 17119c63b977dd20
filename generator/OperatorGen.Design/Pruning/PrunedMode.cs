namespace OperatorGen.Analysis;

/// <summary>A mode that is dropped: no readout that it is part of reads it any more (<see cref="ModeBank.ReadoutsOf"/> of its group).</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Mode">The mode of the layer's bank: of modes of one channel each, mode n of channel c is number c N + n.</param>
public readonly record struct PrunedMode(int Layer, int Mode);
