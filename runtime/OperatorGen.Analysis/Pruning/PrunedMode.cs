namespace OperatorGen.Analysis;

/// <summary>A mode that is dropped: its wave is taken out of its channel's readout.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Mode">The mode.</param>
public readonly record struct PrunedMode(int Layer, int Channel, int Mode);
