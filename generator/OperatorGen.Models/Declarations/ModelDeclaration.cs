using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// A model as declared, from a model file or from inline attributes: names, numbers and shapes, with the place of each in the text.
/// </summary>
/// <param name="Architecture">The architecture's name.</param>
/// <param name="ArchitecturePlace">Where it is.</param>
/// <param name="Hyper">The hyperparameters by upstream name, in the order of the text.</param>
/// <param name="Tensors">The tensors by upstream name, in the order of the text.</param>
/// <param name="Scaling">The scaling of the raw input; null: none.</param>
/// <param name="ScalingPlace">Where it is.</param>
/// <param name="Labels">The names of the outputs; empty: none.</param>
/// <param name="LabelsPlace">Where they are.</param>
/// <param name="Source">Where the weights came from: name and value pairs as declared, for documentation only.</param>
/// <param name="Options">What the declaration says about the operator and the code.</param>
public sealed record ModelDeclaration(
    string Architecture,
    TextPlace? ArchitecturePlace,
    EquatableArray<HyperParameter> Hyper,
    EquatableArray<DeclaredTensor> Tensors,
    InputScaling? Scaling,
    TextPlace? ScalingPlace,
    EquatableArray<string> Labels,
    TextPlace? LabelsPlace,
    EquatableArray<SourceEntry> Source,
    DeclaredOptions Options)
{
    /// <summary>The distributions of the decoder functions' arguments on a calibration set; null: none.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Where it is.</summary>
    public TextPlace? CalibrationPlace { get; init; }
}

/// <summary>A hyperparameter.</summary>
/// <param name="Name">Upstream's name.</param>
/// <param name="Value">Its value as text: a number as written, <c>true</c>, <c>false</c>, or a string's content.</param>
/// <param name="Kind">What stood there.</param>
/// <param name="Place">Where.</param>
public sealed record HyperParameter(string Name, string Value, HyperKind Kind, TextPlace? Place);

/// <summary>What a hyperparameter was written as.</summary>
public enum HyperKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A string.</summary>
    Text,

    /// <summary>null.</summary>
    Null,
}

/// <summary>A named tensor.</summary>
/// <param name="Name">Upstream's name.</param>
/// <param name="Value">Shape and elements.</param>
/// <param name="Place">Where its name is.</param>
public sealed record DeclaredTensor(string Name, Tensor Value, TextPlace? Place);

/// <summary>One line of a model's provenance.</summary>
/// <param name="Name">What it tells, for example <c>sha256</c>.</param>
/// <param name="Value">Its value as text.</param>
public sealed record SourceEntry(string Name, string Value);

/// <summary>What a declaration says about the operator and the code; null where it says nothing.</summary>
/// <param name="Order">The order of the decoder's expansion.</param>
/// <param name="InputLow">The lower end of the (scaled) input's range.</param>
/// <param name="InputHigh">The upper end of the (scaled) input's range.</param>
/// <param name="Precision">The precision of the generated code.</param>
/// <param name="Place">Where the options are.</param>
public sealed record DeclaredOptions(int? Order, double? InputLow, double? InputHigh, Precision? Precision, TextPlace? Place)
{
    /// <summary>How the decoder functions are expanded.</summary>
    public ExpansionKind? Expansion { get; init; }

    /// <summary>The point of a Taylor expansion.</summary>
    public double? Centre { get; init; }

    /// <summary>The greatest number of time steps, which bounds need where a mode does not decay.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Nothing said.</summary>
    public static DeclaredOptions None { get; } = new(null, null, null, null, null);
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
