using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>What a model says of one input, and what is held fixed while one of its scores is explained.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Layer">The layer whose waves are told apart.</param>
/// <param name="Steps">The number of time steps.</param>
/// <param name="Step">The time step whose outputs are explained; null: the mean over all.</param>
/// <param name="Frozen">What is held fixed.</param>
/// <param name="Scores">The exact scores.</param>
/// <param name="Label">Names a score.</param>
internal sealed record Decision(
    OperatorDescription Operator,
    int Layer,
    int Steps,
    int? Step,
    IReadOnlyList<FrozenValues> Frozen,
    IReadOnlyList<double> Scores,
    Func<int, string> Label)
{
    /// <summary>Whether the greatest score is the predicted class.</summary>
    public bool IsClassifier => Operator.Pooled && Layer == Operator.Layers.Count - 1 && Scores.Count > 1;

    /// <summary>What a score is: of a layer that is not the last its outputs take the place of the scores.</summary>
    public string Noun => Layer == Operator.Layers.Count - 1 ? "score" : "output";

    /// <summary>The first of the greatest scores.</summary>
    public int Best { get; } = Enumerable.Range(0, Scores.Count).MaxBy(score => Scores[score]);

    /// <summary>The score that is explained where none is asked for: the predicted class or token, else the first.</summary>
    public int Usual => IsClassifier || (Operator.Vocabulary is not null && Layer == Operator.Layers.Count - 1) ? Best : 0;
}
