namespace OperatorGen.Analysis;

/// <summary>Which part of an operator is written as text, and how much of it.</summary>
public sealed record DescriptionView
{
    /// <summary>The lines of a layer at most, where nothing else is said.</summary>
    public const int LayerLines = 40;

    /// <summary>The lines of a short text at most, such as an editor shows where a pointer rests on a type.</summary>
    public const int ShortLines = 25;

    /// <summary>The layer; null: all.</summary>
    public int? Layer { get; init; }

    /// <summary>The channel whose waves and terms are listed; null: the strongest ones.</summary>
    public int? Channel { get; init; }

    /// <summary>How many waves and how many terms of a channel are listed, however many lines that takes; null: as many as <see cref="LayerLines"/> have room for.</summary>
    public int? Top { get; init; }
}
