using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>What a declaration says about the operator and the code; null where it says nothing. <see cref="ModelOption"/> lists the options by name.</summary>
/// <param name="Order">The order of the decoder's expansion.</param>
/// <param name="InputLow">The lower end of the (scaled) input's range.</param>
/// <param name="InputHigh">The upper end of the (scaled) input's range.</param>
/// <param name="Precision">The precision of the generated code.</param>
public sealed record ModelOptions(int? Order = null, double? InputLow = null, double? InputHigh = null, Precision? Precision = null)
{
    /// <summary>The order where nobody names one.</summary>
    public const int DefaultOrder = 3;

    /// <summary>Nothing said.</summary>
    public static ModelOptions None { get; } = new();

    /// <summary>How the decoder functions are expanded.</summary>
    public ExpansionKind? Expansion { get; init; }

    /// <summary>The point of a Taylor expansion of the readouts.</summary>
    public double? Centre { get; init; }

    /// <summary>The greatest number of time steps, which bounds need where a mode does not decay.</summary>
    public int? MaxLength { get; init; }

    /// <summary>These options, and the other ones where these say nothing.</summary>
    /// <param name="other">What counts less, for example the model file's options beside those of an attribute.</param>
    public ModelOptions Or(ModelOptions other) => new(Order ?? other.Order, InputLow ?? other.InputLow, InputHigh ?? other.InputHigh, Precision ?? other.Precision)
    {
        Expansion = Expansion ?? other.Expansion,
        Centre = Centre ?? other.Centre,
        MaxLength = MaxLength ?? other.MaxLength,
    };

    /// <summary>These options for a model that has a meaning for some lengths only: no sequence is longer than the longest of them.</summary>
    /// <param name="length">The lengths; null: any.</param>
    public ModelOptions Within(SequenceLength? length) =>
        length is null || MaxLength <= length.Steps ? this : this with { MaxLength = length.Steps };
}

/// <summary>The precision of generated code.</summary>
public enum Precision
{
    /// <summary>float.</summary>
    Single,

    /// <summary>double.</summary>
    Double,

    /// <summary>Both, each with its own weights and state.</summary>
    Both,
}
