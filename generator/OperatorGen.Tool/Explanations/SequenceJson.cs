using System;
using System.Collections.Generic;
using System.Text.Json;

namespace OperatorGen.Tool.Explanations;

/// <summary>What every explanation begins with, for programs: of which sequence it is, what is held fixed, and the exact scores.</summary>
internal static class SequenceJson
{
    /// <summary>Writes it as members of an object.</summary>
    /// <param name="json">Where.</param>
    /// <param name="subject">The sequence.</param>
    /// <param name="what">Writes what is explained.</param>
    public static void Write(Utf8JsonWriter json, ExplainedSequence subject, Action what)
    {
        Decision decision = subject.Decision;
        json.WriteString("model", subject.Model);
        json.WriteStartObject("data");
        json.WriteString("name", subject.Data.Name);
        json.WriteString("split", subject.Data.Split);
        json.WriteString("sha256", subject.Data.Hash);
        json.WriteNumber("index", subject.Index);
        if (subject.Label is { } label)
        {
            json.WriteNumber("label", label);
            json.WriteString("label_name", subject.LabelName);
        }

        json.WriteEndObject();
        json.WriteNumber("steps", decision.Steps);
        if (decision.Step is { } step)
        {
            json.WriteNumber("step", step);
        }

        what();
        json.Objects("frozen", decision.Frozen, frozen =>
        {
            json.WriteString("name", frozen.Name);
            json.WriteNumber("width", frozen.Width);
            json.Numbers("values", frozen.Values);
        });
        json.Numbers("scores", decision.Scores);
        if (decision.IsClassifier)
        {
            json.WriteNumber("predicted", decision.Best);
            json.WriteString("predicted_name", decision.Label(decision.Best));
        }
    }

    /// <summary>Writes named contributions as an array of objects.</summary>
    public static void Named(this Utf8JsonWriter json, string name, IReadOnlyList<NamedContribution> parts) => json.Objects(name, parts, part =>
    {
        json.WriteString("name", part.Name);
        json.Number("contribution", part.Contribution);
    });
}
