namespace OperatorGen.Tool.Explanations;

/// <summary>A sequence and the score of it that is taken apart.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Explainer">The explainer.</param>
/// <param name="Contributions">What every wave contributes.</param>
/// <param name="Explanation">The score, taken apart.</param>
internal sealed record ExplainedInput(ExplainedSequence Sequence, OperatorExplainer Explainer, InputContributions Contributions, ScoreExplanation Explanation);
