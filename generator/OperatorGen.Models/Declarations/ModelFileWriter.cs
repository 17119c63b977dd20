using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Writes model files: LF, one tensor per line, the same bytes on every machine. Reading the text gives the declaration back, but for its places.</summary>
public static class ModelFileWriter
{
    private const int LongestNumber = 17;

    /// <summary>The text of a declaration.</summary>
    /// <param name="declaration">The model; its numbers are finite.</param>
    public static string Write(ModelDeclaration declaration)
    {
        var sections = new List<string>
        {
            "  \"format\": " + JsonText.Quote(ModelFileFormat.Current),
            "  \"architecture\": " + JsonText.Quote(declaration.Architecture),
            "  \"hyper\": " + JsonText.InlineObject(declaration.Hyper.Select(hyper => (hyper.Name, ValueOf(hyper)))),
        };
        AddIf(sections, declaration.Options != ModelOptions.None, "options", () => JsonText.InlineObject(ModelOption.Given(declaration.Options).Select(each => (each.Name, JsonText.Value(each.Value)))));
        AddIf(sections, declaration.Scaling is not null, "input", () => JsonText.InlineObject(
            [("scale", JsonText.Array(declaration.Scaling!.Scale)), ("offset", JsonText.Array(declaration.Scaling.Offset))]));
        AddIf(sections, declaration.Labels.Count > 0, "labels", () => "[" + string.Join(", ", declaration.Labels.Select(JsonText.Quote)) + "]");
        AddIf(sections, declaration.Source.Count > 0, "source", () => JsonText.InlineObject(declaration.Source.Select(entry => (entry.Name, SourceValue(entry.Value)))));
        AddIf(sections, declaration.Calibration is not null, "calibration", () => CalibrationText.Write(declaration.Calibration!));
        AddIf(sections, declaration.IsExternal, "weights", () => JsonText.Quote(ModelFileReader.External));
        AddIf(sections, declaration.IsExternal, "shapeHash", () => JsonText.Quote(declaration.ShapeHash()));
        sections.Add("  \"tensors\": " + Tensors(declaration));
        return "{\n" + string.Join(",\n", sections) + "\n}\n";
    }

    private static void AddIf(List<string> sections, bool present, string key, Func<string> value)
    {
        if (present)
        {
            sections.Add("  " + JsonText.Quote(key) + ": " + value());
        }
    }

    /// <summary>Provenance is kept as text: what reads as a short number is written as one.</summary>
    private static string SourceValue(string value) => value.Length <= LongestNumber && NumberText.TryParse(value.AsSpan(), out _) ? value : JsonText.Quote(value);

    private static string ValueOf(HyperParameter hyper) => hyper.Kind == HyperKind.Text ? JsonText.Quote(hyper.Value) : hyper.Value;

    private static string Tensors(ModelDeclaration declaration)
    {
        var text = new StringBuilder("{\n");
        for (int i = 0; i < declaration.Tensors.Count; i++)
        {
            DeclaredTensor tensor = declaration.Tensors[i];
            text.Append("    ").Append(JsonText.Quote(tensor.Name)).Append(": ").Append(TensorText.Write(tensor.Value));
            text.Append(i < declaration.Tensors.Count - 1 ? ",\n" : "\n");
        }

        return text.Append("  }").ToString();
    }
}
