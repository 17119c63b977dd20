using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Explanations;

/// <summary>One run of <c>explain --by wave|channel|time|input|model-input</c>.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="model">The model.</param>
/// <param name="by">What the parts belong to.</param>
/// <param name="layer">The layer; null: the last.</param>
/// <param name="score">The score; null: the predicted class.</param>
/// <param name="against">The score that is subtracted; null: none.</param>
/// <param name="top">How many parts are listed.</param>
/// <param name="json">True for JSON.</param>
internal sealed class AttributionRun(Terminal terminal, StudiedModel model, AttributionBy by, int? layer, int? score, int? against, int top, bool json)
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
            throw new UnusableInputException("--by attributes the score of one sequence: --data and --index say which.");
        }

        ModelCheck.Require("--layer", layer, model.Operator.Layers.Count, "layer");
        SequenceData data = model.LoadData(dataPath, split, choice: true);
        double[] input = data.Sample(index.Value);
        ModelCheck.RequireStep(step, model.Operator, input);
        var attributor = new OperatorAttributor(model.Operator, layer);
        if (by == AttributionBy.ModelInput && attributor.ModelInputObstacle is { } obstacle)
        {
            throw new UnusableInputException(obstacle + " --by input attributes to the input of a layer's cells.");
        }

        ModelCheck.Require("--score", score, attributor.Count, "score");
        ModelCheck.Require("--against", against, attributor.Count, "score");
        InputAttributions attributions = attributor.Of(input, step);
        var subject = new ExplainedSequence(System.IO.Path.GetFileName(model.Path), data, index.Value, attributions.Decision);
        subject.RequireNumbers(model.Operator, input);
        int wanted = score ?? subject.Decision.Usual;
        if (against == wanted)
        {
            throw new UnusableInputException($"--against {against}: that is the score itself, and the difference is 0; give another score.");
        }

        ScoreAttribution attribution = attributions.Attribute(wanted, against);
        if (json)
        {
            terminal.Output.Write(AttributionJson.Render(subject, attributor, attribution, by));
        }
        else
        {
            AttributionText.Write(terminal, attribution, by, top, subject.Heading, subject.Label);
        }

        return ExitCode.Success;
    }
}
