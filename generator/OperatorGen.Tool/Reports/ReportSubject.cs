using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Reports;

/// <summary>What a report is about: a model, and what it does on data where there are some. Everything is made before the sections are asked.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Declaration">What it declares.</param>
/// <param name="Model">The model.</param>
/// <param name="Symbolic">Its operator as formulas.</param>
internal sealed record ReportSubject(string Path, ModelDeclaration Declaration, SequenceModel Model, SymbolicOperator Symbolic)
{
    /// <summary>The model file's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The model's operator with numbers; null where the model has symbols.</summary>
    public OperatorDescription? Operator { get; init; }

    /// <summary>The polynomials that the report shows; null where a layer is selective or none are possible.</summary>
    public OperatorExpansion? Expansion { get; init; }

    /// <summary>The data; null: none are given.</summary>
    public SequenceData? Data { get; init; }

    /// <summary>What the model makes of all sequences of the data; null without data.</summary>
    public TestScores? Scores { get; init; }

    /// <summary>The sequences whose decisions are shown, from 0.</summary>
    public IReadOnlyList<int> Indices { get; init; } = [];

    /// <summary>How a sequence is laid out as an image, row by row; null: it is no image.</summary>
    public ImageShape? Image { get; init; }

    /// <summary>The study of the model on the data; null: none.</summary>
    public StudyResult? Study { get; init; }

    /// <summary>The share of the sequences that is classified as its label says; null: there are no classes or labels.</summary>
    public double? Accuracy => !Classifies || Data is not { HasLabels: true } data ? null
        : Enumerable.Range(0, data.Count).Count(i => Scores!.Class(i) == data.Label(i)) / (double)data.Count;

    /// <summary>The layers that are constant recurrences with numbers, so that they have waves.</summary>
    public IEnumerable<int> WaveLayers => Operator is null ? [] : Enumerable.Range(0, Operator.Layers.Count).Where(l => Operator.Layers[l].Bank is not null);

    /// <summary>The readouts of a layer with waves, strongest first.</summary>
    public IReadOnlyList<RankedChannel> Ranked(int layer) => ChannelRanking.Of(Operator!, layer);

    /// <summary>Why there are no waves, a sentence without its full stop; null where a layer has some.</summary>
    public string? WaveObstacle => WaveLayers.Any() ? null
        : Operator is null ? "the model has symbols; pictures are made of numbers"
        : "every layer is selective: its recurrence depends on the input and has no fixed waves";

    /// <summary>Whether the greatest score is a class.</summary>
    public bool Classifies => Model.Pooling != Pooling.None && Model.OutputWidth > 1;

    /// <summary>The layer whose waves decisions are attributed to: the last, whose outputs make the scores.</summary>
    public int DecidingLayer => Model.Layers.Count - 1;

    /// <summary>The name of a class.</summary>
    public string Label(int score) => score < Model.Labels.Count ? Model.Labels[score] : NumberText.Format((long)score);

    /// <summary>Whether every layer is selective, so that each input has an attention and decisions are attributed to values and gates.</summary>
    public bool Attends => Operator is { } operators && SelectivePass.Refusal(operators) is null;

    /// <summary>A score in words.</summary>
    /// <param name="score">The score or output.</param>
    /// <param name="step">The time step of a model without pooling; null: it pools.</param>
    public string ScoreName(int score, int? step) => Classifies ? $"the score of {Label(score)}" : $"output {NumberText.Format((long)score)}{(step is { } at ? $" at time step {NumberText.Format((long)at)}" : "")}";

    /// <summary>A name for the pictures and tables of a decision, unique in the report.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="part">What is shown.</param>
    public static string DecisionName(int sequence, string part) => $"decision-{NumberText.Format((long)sequence)}-{part}";

    /// <summary>A layer in words.</summary>
    public string LayerName(int layer) => Model.Layers.Count == 1 ? "the layer" : "layer " + NumberText.Format((long)layer);
}

/// <summary>An image that is fed pixel by pixel, row by row.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
internal sealed record ImageShape(int Width, int Height)
{
    /// <summary>Reads <c>28x28</c>: width, height.</summary>
    /// <exception cref="UnusableInputException">The text is something else.</exception>
    public static ImageShape Parse(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2 && Size(parts[0]) is { } width && Size(parts[1]) is { } height
            ? new ImageShape(width, height)
            : throw new UnusableInputException($"--image {text}: width and height in pixels are expected, as in 28x28.");
    }

    private static int? Size(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int size) && size is > 0 and <= 1024 ? size : null;
}
