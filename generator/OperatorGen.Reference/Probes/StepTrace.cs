using System.Collections.Generic;

namespace OperatorGen.Reference;

/// <summary>The intermediates of one time step.</summary>
/// <param name="Sample">The raw input, [input].</param>
/// <param name="Scaled">After the input scaling, [input].</param>
/// <param name="Encoded">After the encoder, [width of the first layer].</param>
/// <param name="Layers">The intermediates of each layer.</param>
public sealed record StepTrace(double[] Sample, double[] Scaled, double[] Encoded, IReadOnlyList<LayerProbe> Layers);
