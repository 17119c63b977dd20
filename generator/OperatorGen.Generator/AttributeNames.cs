namespace OperatorGen.Generator;

/// <summary>The metadata names of the attributes that declare models.</summary>
internal static class AttributeNames
{
    /// <summary>Names a model file.</summary>
    public const string File = "OperatorGen.SequenceModelAttribute";

    /// <summary>Declares a model inline.</summary>
    public const string Inline = "OperatorGen.InlineModelAttribute";

    /// <summary>One mode of an inline model.</summary>
    public const string Mode = "OperatorGen.ModeAttribute";
}
