using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Tool.Explanations;

/// <summary>A sequence of a data file whose decision is explained.</summary>
/// <param name="Model">The model file's name.</param>
/// <param name="Data">The data file.</param>
/// <param name="Index">Which of its sequences.</param>
/// <param name="Decision">What the model says of it.</param>
internal sealed record ExplainedSequence(string Model, SequenceData Data, int Index, Decision Decision)
{
    /// <summary>The true class; null where the data has none, or names a token that there is not.</summary>
    public int? Label => Data.HasLabels && Data.Label(Index) is var label && !(label >= Decision.Operator.Vocabulary) ? label : null;

    /// <summary>Its name; its number where the model has no such class.</summary>
    public string LabelName => Label is { } label && Decision.IsClassifier && label < Decision.Scores.Count ? Decision.Label(label) : NumberText.Format(Label ?? 0);

    /// <summary>A line that says which sequence it is.</summary>
    public string Heading =>
        $"{Model}: sequence {Index} of x_{Data.Split} in {Data.Name}, {CountText.Of(Decision.Steps, "time step")}{(Label is { } label ? ", label " + DecisionText.Named(label, LabelName) : "")}";

    /// <summary>Refuses scores that are no numbers.</summary>
    /// <param name="operators">The model.</param>
    /// <param name="input">The sequence, [time, InputWidth].</param>
    /// <exception cref="UnusableInputException">A score is not finite.</exception>
    public void RequireNumbers(OperatorDescription operators, double[] input)
    {
        if (!Decision.Scores.All(double.IsFinite))
        {
            Overflow.Refuse(Data, Index, Overflow.Of(operators, input) ?? Overflow.OfScores, "there is nothing to explain");
        }
    }
}
