using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Evaluation;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Explanations;

/// <summary>One run of <c>explain</c> of a selective model.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="model">The model.</param>
/// <param name="score">The score; null: the greatest of a classifier and of a model of tokens, else the first.</param>
/// <param name="against">The score that is subtracted; null: none.</param>
/// <param name="top">How many parts are listed.</param>
/// <param name="json">True for JSON.</param>
internal sealed class SelectiveRun(Terminal terminal, StudiedModel model, int? score, int? against, int top, bool json)
{
    /// <summary>Attributes and returns the exit code.</summary>
    /// <param name="dataPath">The data file.</param>
    /// <param name="split">The split.</param>
    /// <param name="index">The sequence.</param>
    /// <param name="step">The time step of a model without pooling.</param>
    /// <exception cref="UnusableInputException">A file or an option cannot be used.</exception>
    public int Run(string? dataPath, string split, int? index, int? step)
    {
        if (dataPath is null || index is null)
        {
            throw new UnusableInputException("Gates depend on the input, so a selective model is explained for one sequence: --data and --index say which.");
        }

        if (SelectivePass.Refusal(model.Operator) is { } reason)
        {
            throw new UnusableInputException($"{model.Path} is explained where all layers are selective and have no gated linear unit, but {reason}. predict, inspect and report work for the model.");
        }

        int scores = model.Operator.Vocabulary ?? model.Operator.OutputWidth;
        string noun = model.Operator.Vocabulary is null ? "score" : "token";
        ModelCheck.Require("--score", score, scores, noun);
        ModelCheck.Require("--against", against, scores, noun);
        SequenceData data = model.LoadData(dataPath, split, choice: true);
        double[] input = data.Sample(index.Value);
        ModelCheck.RequireStep(step, model.Operator, input);
        Overflow.Refuse(data, index.Value, Overflow.Of(model.Operator, input), "there is nothing to explain");
        var attribution = SelectiveAttribution.Of(model.Operator, input, score ?? (model.Classifies || model.Operator.Vocabulary is not null ? null : 0), against, step);
        var decision = new Decision(
            model.Operator,
            model.Operator.Layers.Count - 1,
            attribution.Steps,
            model.Operator.Pooling == Pooling.Mean ? null : step ?? (attribution.Steps - 1),
            [],
            attribution.Scores,
            number => number < model.Operator.Labels.Count ? model.Operator.Labels[number] : NumberText.Format((long)number));
        var subject = new ExplainedSequence(System.IO.Path.GetFileName(model.Path), data, index.Value, decision);
        if (against == attribution.Index)
        {
            throw new UnusableInputException($"--against {against}: that is the score itself, and the difference is 0; give another score.");
        }

        if (json)
        {
            terminal.Output.Write(SelectiveJson.Render(subject, attribution));
        }
        else
        {
            SelectiveText.Write(terminal, subject, attribution, (SelectiveRecurrence)model.Operator.Layers[^1].Recurrence, top);
        }

        return ExitCode.Success;
    }
}
