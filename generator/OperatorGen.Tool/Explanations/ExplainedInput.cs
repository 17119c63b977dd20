using System.Collections.Generic;
using System.Linq;
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
        IsClassifier = explainer.Operator.Pooled && explainer.Layer == explainer.Operator.Layers.Count - 1 && Scores.Count > 1;
        Best = Enumerable.Range(0, Scores.Count).MaxBy(s => Scores[s]);
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
}
