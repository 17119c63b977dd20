using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Tool.Data;

namespace OperatorGen.Tool.Studies;

/// <summary>
/// How the scores of changed models compare with the model's own. Results are kept per sequence and added up in the order of the file, so that they do not depend on
/// the machine's cores; sequences may be added from many threads.
/// </summary>
internal sealed class StudyOutcomes
{
    private readonly bool _classifies;
    private readonly SequenceData _data;
    private readonly IReadOnlyList<int> _sequences;
    private readonly int?[] _classes;
    private readonly bool[] _right;
    private readonly double[] _largest;
    private readonly Outcome[,] _outcomes; // [row, sequence]

    /// <summary>Starts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The test data.</param>
    /// <param name="sequences">Which of its sequences.</param>
    /// <param name="rows">The number of changed models.</param>
    /// <exception cref="UnusableInputException">A label is beyond the scores.</exception>
    public StudyOutcomes(StudiedModel model, SequenceData data, IReadOnlyList<int> sequences, int rows)
    {
        (_classifies, _data, _sequences) = (model.Classifies, data, sequences);
        (_classes, _right, _largest, _outcomes) = (new int?[sequences.Count], new bool[sequences.Count], new double[sequences.Count], new Outcome[rows, sequences.Count]);
        if (IsLabelled)
        {
            data.RequireLabelsBelow(model.Operator.OutputWidth);
        }
    }

    /// <summary>The share that the model itself classifies rightly; null: there are no classes or labels.</summary>
    public double? ExactAccuracy => IsLabelled ? Share(_right) : null;

    /// <summary>The greatest |score| of the model itself.</summary>
    public double LargestScore => _largest.Max();

    private bool IsLabelled => _classifies && _data.HasLabels;

    /// <summary>The first of the greatest scores; null where a score is not finite.</summary>
    public static int? Class(double[] scores) => scores.All(double.IsFinite) ? Array.IndexOf(scores, scores.Max()) : null;

    /// <summary>Takes the scores of the model itself.</summary>
    /// <param name="i">The sequence's place among those that are fed.</param>
    /// <param name="scores">The scores.</param>
    /// <returns>The class; null where there is none.</returns>
    public int? AddExact(int i, double[] scores)
    {
        _classes[i] = _classifies ? Class(scores) : null;
        _right[i] = _classes[i] == Label(i);
        _largest[i] = scores.Max(Math.Abs);
        return _classes[i];
    }

    /// <summary>Takes the scores of a changed model, after those of the model itself.</summary>
    /// <param name="row">The changed model.</param>
    /// <param name="i">The sequence's place among those that are fed.</param>
    /// <param name="exact">The scores of the model itself.</param>
    /// <param name="found">The scores of the changed model.</param>
    public void Add(int row, int i, double[] exact, double[] found)
    {
        int? predicted = _classifies ? Class(found) : null;
        (double greatest, double sum) = Change(exact, found);
        _outcomes[row, i] = new Outcome(predicted is not null && predicted == Label(i), predicted is not null && predicted == _classes[i], greatest, sum / found.Length);
    }

    /// <summary>What a changed model does.</summary>
    /// <param name="row">The changed model.</param>
    /// <param name="order">Its order.</param>
    public StudiedOrder Row(int row, int order)
    {
        Outcome[] outcomes = [.. Enumerable.Range(0, _sequences.Count).Select(i => _outcomes[row, i])];
        return new StudiedOrder(
            order,
            IsLabelled ? Share([.. outcomes.Select(outcome => outcome.Right)]) : null,
            _classifies ? Share([.. outcomes.Select(outcome => outcome.Agrees)]) : null,
            outcomes.Max(outcome => outcome.Greatest),
            outcomes.Sum(outcome => outcome.Mean) / outcomes.Length);
    }

    private int Label(int i) => IsLabelled ? _data.Label(_sequences[i]) : -1;

    /// <summary>Greatest and sum of |change|; infinite where a number is not finite.</summary>
    private static (double Greatest, double Sum) Change(double[] exact, double[] found)
    {
        double greatest = 0;
        double sum = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            double change = Math.Abs(found[i] - exact[i]);
            change = double.IsNaN(change) ? double.PositiveInfinity : change;
            greatest = Math.Max(greatest, change);
            sum += change;
        }

        return (greatest, sum);
    }

    private static double Share(bool[] values) => values.Count(value => value) / (double)values.Length;

    private readonly record struct Outcome(bool Right, bool Agrees, double Greatest, double Mean);
}
