using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// A model as declared, from a model file or from inline attributes: names, numbers and shapes, with the place of each in the text.
/// </summary>
/// <param name="Architecture">The architecture's name.</param>
/// <param name="Hyper">The hyperparameters by upstream name, in the order of the text.</param>
/// <param name="Tensors">The tensors by upstream name, in the order of the text.</param>
public sealed record ModelDeclaration(string Architecture, EquatableArray<HyperParameter> Hyper, EquatableArray<DeclaredTensor> Tensors)
{
    /// <summary>The scaling of the raw input; null: none.</summary>
    public InputScaling? Scaling { get; init; }

    /// <summary>The names of the outputs; empty: none.</summary>
    public EquatableArray<string> Labels { get; init; } = EquatableArray<string>.Empty;

    /// <summary>Where the weights came from: name and value pairs as declared, for documentation only.</summary>
    public EquatableArray<SourceEntry> Source { get; init; } = EquatableArray<SourceEntry>.Empty;

    /// <summary>What the declaration says about the operator and the code.</summary>
    public ModelOptions Options { get; init; } = ModelOptions.None;

    /// <summary>The distributions of the decoder functions' arguments on a calibration set; null: none.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>True where the weights are external: the tensors have shapes and formats, and no numbers.</summary>
    public bool IsExternal => Tensors.Any(tensor => !tensor.Value.HasNumbers);

    /// <summary>
    /// True where no number may decide what the model is made of, since code was made, or will be, of the shapes alone: the weights are external, or are packed for such code.
    /// </summary>
    public bool ByShapes { get => field || IsExternal; init; }

    /// <summary>Where the parts are in the text.</summary>
    public DeclarationPlaces Places { get; init; } = DeclarationPlaces.None;
}

/// <summary>Where the parts of a declaration are in its text; null where a part is in no text.</summary>
/// <param name="Architecture">The architecture's name.</param>
/// <param name="Scaling">The scaling of the raw input.</param>
/// <param name="Labels">The names of the outputs.</param>
/// <param name="Options">The options.</param>
/// <param name="Calibration">The calibration.</param>
public sealed record DeclarationPlaces(TextPlace? Architecture, TextPlace? Scaling, TextPlace? Labels, TextPlace? Options, TextPlace? Calibration)
{
    /// <summary>Of what is in no text.</summary>
    public static DeclarationPlaces None { get; } = new(null, null, null, null, null);
}

/// <summary>A hyperparameter.</summary>
/// <param name="Name">Upstream's name.</param>
/// <param name="Value">Its value as text: a number as written, <c>true</c>, <c>false</c>, a string's content, or an array of numbers such as <c>[0.01, 0.5]</c>.</param>
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

    /// <summary>An array of numbers.</summary>
    Array,
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
