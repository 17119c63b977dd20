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
    ModelOptions Options)
{
    /// <summary>Where the options are.</summary>
    public TextPlace? OptionsPlace { get; init; }

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
