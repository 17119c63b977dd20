using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;

namespace OperatorGen.Tool.Studies;

/// <summary>The proven bounds of a study: for every input in the range that the model file declares, else in the range of the data that are fed.</summary>
internal sealed class StudyBounds
{
    private readonly OperatorEnclosure _enclosure;

    private StudyBounds(string range, OperatorEnclosure enclosure)
    {
        Range = range;
        _enclosure = enclosure;
        Ranges = ArgumentRanges.Of(enclosure);
    }

    /// <summary>For which inputs the bounds hold, in words.</summary>
    public string Range { get; }

    /// <summary>The proven ranges of all arguments; null where one of them is not bounded.</summary>
    public IReadOnlyList<ArgumentRanges>? Ranges { get; }

    /// <summary>Encloses what the model computes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The data that are fed.</param>
    /// <param name="sequences">Which of its sequences.</param>
    public static StudyBounds Of(StudiedModel model, SequenceData data, IReadOnlyList<int> sequences)
    {
        int length = model.Options.MaxLength is { } declared ? Math.Max(declared, data.Length) : data.Length;
        if (model.Declaration.Options is { InputLow: { } low, InputHigh: { } high })
        {
            var whole = InputRange.Uniform(model.Operator, low, high);
            int outside = sequences.Count(i => !whole.Holds(model.Operator, data.Sample(i)));
            return new StudyBounds(
                $"the scaled input in [{NumberText.Format(low)}, {NumberText.Format(high)}], as the model file declares, and at most {CountText.Of(length, "time step")}" + (outside == 0 ? "" : $"; {outside} of {CountText.Of(sequences.Count, "sequence")} outside of that range, so that no bound is about them"),
                OperatorEnclosure.Of(model.Operator, whole, length));
        }

        var range = InputRange.OfData(model.Operator, sequences.Select(data.Sample));
        return new StudyBounds(
            $"each input channel in the range of x_{data.Split} and at most {CountText.Of(length, "time step")}",
            OperatorEnclosure.Of(model.Operator, range, length));
    }

    /// <summary>The greatest bound over all outputs.</summary>
    /// <param name="expansion">The truncation.</param>
    public TruncationBound Bound(OperatorExpansion expansion) => OperatorBounds.Of(_enclosure, expansion).Greatest;
}
