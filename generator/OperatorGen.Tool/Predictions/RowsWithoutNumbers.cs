using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Predictions;

/// <summary>Counts rows of outputs with a number that is not finite: one row per sequence, or per time step where the model does not pool.</summary>
/// <param name="model">The model.</param>
internal sealed class RowsWithoutNumbers(SequenceModel model)
{
    private int _rows;
    private int _infinite;
    private string? _first;

    /// <summary>Adds a sequence.</summary>
    /// <param name="sequence">Which, from 0, in order.</param>
    /// <param name="outputs">Its outputs.</param>
    public void Add(int sequence, double[] outputs)
    {
        for (int at = 0; at < outputs.Length; at += model.OutputWidth)
        {
            _rows++;
            if (outputs.AsSpan(at, model.OutputWidth).ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            {
                _infinite++;
                _first ??= $"sequence {NumberText.Format((long)sequence)}{(model.Pooling == Pooling.None ? $", time step {NumberText.Format((long)(at / model.OutputWidth))}" : "")}";
            }
        }
    }

    /// <summary>How many there are and which is the first; null: none.</summary>
    /// <param name="precision">What was computed in.</param>
    public string? Remark(Precision precision) => _first is null ? null
        : $"{NumberText.Format((long)_infinite)} of {CountText.Of(_rows, "row")} {(_infinite == 1 ? "has an output that is" : "have outputs that are")} not finite; the first is {_first}. "
            + (precision == Precision.Single ? "A float ends at 3.4e38: --engine reference computes in double. " : "")
            + "Check the gates, the size of the data and the model's input scaling.";
}
