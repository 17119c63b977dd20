using System.Collections.Generic;
using OperatorGen.Tool.Data;

namespace OperatorGen.Tool.Rings;

/// <summary>One sequence of a data file.</summary>
/// <param name="Data">The data.</param>
/// <param name="Index">Which sequence, from 0.</param>
internal sealed record RingSequence(SequenceData Data, int Index)
{
    /// <summary>The label; null where the data has none.</summary>
    public int? Label => Data.HasLabels ? Data.Label(Index) : null;

    /// <summary>The names of the classes; empty where the model names none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What is shown, in words.</summary>
    public string Text => $"sequence {Index} of {Data.Name}, {Data.Split} split{(Label is { } label ? $", label {DecisionText.Named(label, label < Labels.Count ? Labels[label] : "")}" : "")}";

    /// <summary>The sequence that the options name; null where they name none.</summary>
    /// <exception cref="UnusableInputException">One of file and index is missing, or the data has no such sequence.</exception>
    public static RingSequence? Load(string? path, string split, int? index)
    {
        if (path is null)
        {
            return index is null ? null : throw new UnusableInputException($"--index {index} names a sequence, but there is no --data file.");
        }

        int which = index ?? throw new UnusableInputException($"--data {path} holds many sequences: name one by --index.");
        var sequence = new RingSequence(SequenceData.Load(path, split, choice: true), which);
        _ = sequence.Data.Sample(which);
        return sequence;
    }
}
