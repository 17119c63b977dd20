using System.Collections.Generic;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;

namespace OperatorGen.Tool.Explanations;

/// <summary>A sequence and the score of it that is taken apart.</summary>
internal sealed class ExplainedInput
{
    public ExplainedInput(string model, SequenceData data, int index, OperatorExplainer explainer, InputContributions contributions, int? score, int top)
    {
        Model = model;
        Data = data;
        Index = index;
        Explainer = explainer;
        Contributions = contributions;
        Scores = contributions.Scores();
        IsClassifier = contributions.IsClassifier;
        Best = contributions.Best;
        Explanation = contributions.Explain(score ?? (IsClassifier ? Best : 0), top);
    }

    public string Model { get; }

    public SequenceData Data { get; }

    public int Index { get; }

    public OperatorExplainer Explainer { get; }

    public InputContributions Contributions { get; }

    public IReadOnlyList<double> Scores { get; }

    /// <summary>Whether the greatest score is the predicted class.</summary>
    public bool IsClassifier { get; }

    public int Best { get; }

    public ScoreExplanation Explanation { get; }

    /// <summary>The true class; null where the data has none.</summary>
    public int? Label => Data.HasLabels ? Data.Label(Index) : null;

    /// <summary>Its name; its number where the model has no such class.</summary>
    public string LabelName => Label is { } label && IsClassifier && label < Scores.Count ? Explainer.Label(label) : NumberText.Format(Label ?? 0);
}
