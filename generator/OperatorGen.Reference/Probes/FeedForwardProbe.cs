namespace OperatorGen.Reference;

/// <summary>The intermediates of a layer's feed-forward part at one time step.</summary>
/// <param name="Normed">After its norm, [width]; where there is none, its input.</param>
/// <param name="Up">After the map into its channels, [channel]: the arguments of its function.</param>
/// <param name="Activated">After its function, [channel].</param>
/// <param name="Down">After the map back, [width].</param>
/// <param name="Sum">With its input added, [width].</param>
public sealed record FeedForwardProbe(double[] Normed, double[] Up, double[] Activated, double[] Down, double[] Sum);
