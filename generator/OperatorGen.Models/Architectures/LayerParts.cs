namespace OperatorGen.Models;

/// <summary>What is between a layer's input and its output, without norms and residual: a block that an architecture has by itself and others have many of.</summary>
/// <param name="Input">The input stage.</param>
/// <param name="Cell">The recurrence.</param>
/// <param name="Decoder">What comes after the readout.</param>
internal sealed record LayerParts(InputStage Input, Cell Cell, Decoder Decoder)
{
    /// <summary>A model of this block alone.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="width">The width of its input.</param>
    public SequenceModel Alone(string architecture, int width) =>
        new(architecture, width, OperatorGen.Symbolics.EquatableArray.Of(SingleLayer.Layer(width, Input, Cell, Decoder)));
}
