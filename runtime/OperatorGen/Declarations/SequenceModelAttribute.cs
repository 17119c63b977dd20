using System;

namespace OperatorGen;

/// <summary>
/// Declares that a partial class or record evaluates the model of a file: OperatorGen writes the other part at build time.
/// The file is an <c>AdditionalFiles</c> item of the project; docs/model-file.md tells what is in it.
/// </summary>
/// <param name="file">The file's name, or the end of its path where two files have one name: <c>"deep.ssm.json"</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class SequenceModelAttribute(string file) : Attribute
{
    /// <summary>The file's name, or the end of its path.</summary>
    public string File { get; } = file;

    /// <summary>The order of the decoder's expansion in the operator, 1 to 16; 0: what the file says, else 3.</summary>
    public int Order { get; set; }

    /// <summary>
    /// How the decoder functions are expanded: <c>taylor</c>, <c>chebyshev</c>, <c>measure</c> (the model file has a calibration) or <c>exact</c>
    /// (they are polynomials); null: what the file says, else <c>measure</c> where it has a calibration and no centre is given, and <c>taylor</c> where not.
    /// </summary>
    public string? Expansion { get; set; }

    /// <summary>The point of a Taylor expansion; not a number: what the file says, else 0.</summary>
    public double Centre { get; set; } = double.NaN;

    /// <summary>The greatest number of time steps, which bounds need where a mode does not decay; 0: what the file says.</summary>
    public int MaxLength { get; set; }

    /// <summary>The lower end of the range of the scaled input; with <see cref="InputHigh"/>, not a number: what the file says.</summary>
    public double InputLow { get; set; } = double.NaN;

    /// <summary>The upper end of the range of the scaled input.</summary>
    public double InputHigh { get; set; } = double.NaN;

    /// <summary>The precision of the generated code.</summary>
    public ModelPrecision Precision { get; set; }

    /// <summary>
    /// Where the numbers are. With <see cref="ModelWeights.External"/> the code is made of shapes alone, and the type is loaded from a packed file of weights:
    /// <c>Model.Load(path)</c>. It has to be said where the model file has no numbers.
    /// </summary>
    public ModelWeights Weights { get; set; }
}

/// <summary>Where the numbers of a generated model are.</summary>
public enum ModelWeights
{
    /// <summary>In the assembly.</summary>
    Baked,

    /// <summary>In a packed file that is loaded at run time (docs/external-weights.md).</summary>
    External,
}

/// <summary>The precision of generated code.</summary>
public enum ModelPrecision
{
    /// <summary>What the model file says, else single.</summary>
    Default,

    /// <summary>float.</summary>
    Single,

    /// <summary>double.</summary>
    Double,

    /// <summary>Both, each with its own weights and state.</summary>
    Both,
}
