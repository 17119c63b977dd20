using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Explanations;

/// <summary>One run of <c>explain</c>.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="model">The model.</param>
/// <param name="kind">The expansion; null: the declared one.</param>
/// <param name="order">The order; null: the declared one.</param>
/// <param name="layer">The layer; null: the last.</param>
/// <param name="score">The score; null: the predicted class.</param>
/// <param name="top">How many terms are listed.</param>
/// <param name="json">True for JSON.</param>
internal sealed class ExplainRun(Terminal terminal, StudiedModel model, ExpansionKind? kind, int? order, int? layer, int? score, int top, bool json)
{
    /// <summary>Explains and returns the exit code.</summary>
    /// <param name="dataPath">The data file; null: terms are ranked by bounds.</param>
    /// <param name="split">The split.</param>
    /// <param name="index">The sequence.</param>
    /// <param name="step">The time step of a model without pooling.</param>
    /// <exception cref="UnusableInputException">A file or an option cannot be used.</exception>
    public int Run(string? dataPath, string split, int? index, int? step)
    {
        if (dataPath is null != index is null)
        {
            throw new UnusableInputException("--data and --index belong together: a data file and the number of one of its sequences.");
        }

        if (order > DecoderPolynomial.GreatestOrder)
        {
            throw new UnusableInputException($"--order {order}: an order is at most {DecoderPolynomial.GreatestOrder}.");
        }

        ModelCheck.Require("--layer", layer, model.Operator.Layers.Count, "layer");
        if (dataPath is null)
        {
            Rank();
            return ExitCode.Success;
        }

        SequenceData data = model.LoadData(dataPath, split, choice: true);
        double[] input = data.Sample(index!.Value);
        ModelCheck.RequireStep(step, model.Operator, input);
        OperatorExplainer explainer = Explainer(() => StudyBounds.Of(model, data, [index.Value]).Ranges);
        InputContributions contributions = explainer.Of(input, step);
        ModelCheck.Require("--score", score, contributions.Count, "score");
        var sequence = new ExplainedSequence(System.IO.Path.GetFileName(model.Path), data, index.Value, contributions.Decision);
        sequence.RequireNumbers(model.Operator, input);
        var subject = new ExplainedInput(sequence, explainer, contributions, contributions.Explain(score ?? sequence.Decision.Usual, top));
        if (json)
        {
            terminal.Output.Write(ExplanationJson.Render(subject));
        }
        else
        {
            ExplanationPage.Write(terminal, subject);
        }

        return ExitCode.Success;
    }

    private void Rank()
    {
        ModelOptions options = model.Options;
        if (options is not { InputLow: { } low, InputHigh: { } high })
        {
            throw new UnusableInputException($"{model.Path} declares no input range (the option inputRange): give a sequence with --data FILE --index I, or declare the range over which bounds are to hold.");
        }

        var range = InputRange.Uniform(model.Operator, low, high);
        OperatorExplainer explainer = Explainer(() => ArgumentRanges.Of(OperatorEnclosure.Of(model.Operator, range, options.MaxLength)));
        ModelCheck.Require("--score", score, explainer.Count, "score");
        BoundRanking ranking;
        try
        {
            ranking = explainer.Rank(range, score ?? 0, top, options.MaxLength);
        }
        catch (InvalidOperationException failure)
        {
            throw new UnusableInputException($"{model.Path}: {failure.Message}", failure);
        }

        string within = $"the scaled input in [{NumberText.Format(low)}, {NumberText.Format(high)}]{(options.MaxLength is { } length ? $" and at most {CountText.Of(length, "time step")}" : "")}";
        if (json)
        {
            terminal.Output.Write(ExplanationJson.Render(explainer, ranking, score ?? 0, within));
        }
        else
        {
            ExplanationPage.Write(terminal, explainer, ranking, score ?? 0, within);
        }
    }

    /// <summary>The explainer with the expansion that is asked for.</summary>
    private OperatorExplainer Explainer(Func<IReadOnlyList<ArgumentRanges>?> ranges)
    {
        ExpansionRequest request = new ModelOptions(order) { Expansion = kind }.Or(model.Options).Request();
        Calibration? calibration = model.Model.Calibration;
        IReadOnlyList<ArgumentRanges>? proven = request.Kind == ExpansionKind.Chebyshev && calibration is null ? ranges() : null;
        return OperatorExpansion.Obstacle(model.Operator, request.Kind, calibration, proven) is { } obstacle
            ? throw new UnusableInputException($"{model.Path}: the expansion {OptionNames.Expansions.Of(request.Kind)} is not possible: {obstacle}.")
            : new OperatorExplainer(model.Operator, OperatorExpansion.Of(model.Operator, request, calibration, proven), layer);
    }
}
