using System;
using System.Linq;
using System.Text.Json;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Explanations;

/// <summary>What every explanation begins with: of which sequence it is, what is held fixed, and the exact scores.</summary>
internal static class ExplanationHead
{
    /// <summary>Writes it for people.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="subject">The sequence.</param>
    /// <param name="what">What is explained, for example the expansion.</param>
    public static void Write(Terminal terminal, ExplainedSequence subject, string what)
    {
        string label = subject.Data.HasLabels ? $", label {subject.Data.Label(subject.Index)}" : "";
        terminal.Output.WriteLine($"{subject.Model}: sequence {subject.Index} of x_{subject.Data.Split} in {subject.Data.Name}, {CountText.Of(subject.Steps, "time step")}{label}");
        terminal.Output.WriteLine($"{what}{(subject.Step is { } step ? $", outputs of time step {step}" : ", mean over time")}");
        if (subject.Frozen.Count > 0)
        {
            terminal.Output.WriteLine("frozen, held at its exact values for this input:");
            terminal.Table(
                ["what", "values", "least", "greatest"],
                [.. subject.Frozen.Select(frozen => new[] { frozen.Name, $"{subject.Steps} x {frozen.Width}", Number(frozen.Least), Number(frozen.Greatest) })]);
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine("exact scores");
        terminal.Table(
            ["score", "name", "value", ""],
            [.. subject.Scores.Select((value, s) => new[] { $"{s}", subject.Label(s), Number(value), Mark(subject, s) })]);
        terminal.Output.WriteLine();
    }

    /// <summary>Writes it for programs, as members of an object.</summary>
    /// <param name="json">Where.</param>
    /// <param name="subject">The sequence.</param>
    /// <param name="what">Writes what is explained.</param>
    public static void Write(Utf8JsonWriter json, ExplainedSequence subject, Action what)
    {
        json.WriteString("model", subject.Model);
        json.WriteStartObject("data");
        json.WriteString("name", subject.Data.Name);
        json.WriteString("split", subject.Data.Split);
        json.WriteString("sha256", subject.Data.Hash);
        json.WriteNumber("index", subject.Index);
        if (subject.Data.HasLabels)
        {
            json.WriteNumber("label", subject.Data.Label(subject.Index));
        }

        json.WriteEndObject();
        json.WriteNumber("steps", subject.Steps);
        if (subject.Step is { } step)
        {
            json.WriteNumber("step", step);
        }

        what();
        json.Objects("frozen", subject.Frozen, frozen =>
        {
            json.WriteString("name", frozen.Name);
            json.WriteNumber("width", frozen.Width);
            json.Numbers("values", frozen.Values);
        });
        json.Numbers("scores", subject.Scores);
        if (subject.IsClassifier)
        {
            json.WriteNumber("predicted", subject.Best);
        }
    }

    /// <summary>Writes named contributions as an array of objects.</summary>
    public static void Named(this Utf8JsonWriter json, string name, System.Collections.Generic.IReadOnlyList<NamedContribution> parts) => json.Objects(name, parts, part =>
    {
        json.WriteString("name", part.Name);
        json.Number("contribution", part.Contribution);
    });

    private static string Number(double value) => NumberText.Format(value, 5);

    private static string Mark(ExplainedSequence subject, int score) => string.Join(
        ", ",
        new[]
        {
            subject.IsClassifier && score == subject.Best ? "predicted" : null,
            subject.IsClassifier && subject.Data.HasLabels && score == subject.Data.Label(subject.Index) ? "label" : null,
        }.Where(mark => mark is not null));
}
