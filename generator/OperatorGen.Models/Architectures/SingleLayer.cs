using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>A model of one layer without a prefix, and nothing around it.</summary>
internal static class SingleLayer
{
    private static readonly Decoder s_identity = new() { Activation = DecoderFunctions.Identity };

    /// <summary>The model.</summary>
    /// <param name="architecture">The architecture's name.</param>
    /// <param name="cell">The recurrence.</param>
    /// <param name="decoder">What comes after it; null: nothing.</param>
    public static SequenceModel Of(string architecture, Cell cell, Decoder? decoder = null) =>
        new(architecture, cell.InputWidth, EquatableArray.Of(Layer(cell.InputWidth, InputStage.None, cell, decoder ?? s_identity)));

    /// <summary>The layer.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="input">What comes before the recurrence.</param>
    /// <param name="cell">The recurrence.</param>
    /// <param name="decoder">What comes after it.</param>
    public static Layer Layer(int width, InputStage input, Cell cell, Decoder decoder) => new("", width, null, input, cell, decoder, Residual: false, null);
}
