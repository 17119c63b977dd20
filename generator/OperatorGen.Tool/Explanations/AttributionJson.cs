using System;
using System.Linq;
using System.Text.Json;

namespace OperatorGen.Tool.Explanations;

/// <summary>An attribution for programs, all of its parts; docs/attribution.md describes it.</summary>
internal static class AttributionJson
{
    /// <summary>The text.</summary>
    /// <param name="subject">The sequence.</param>
    /// <param name="attributor">What made the attribution.</param>
    /// <param name="attribution">The attribution.</param>
    /// <param name="by">What is asked for: samples of the model's input are computed only where they are.</param>
    public static string Render(ExplainedSequence subject, OperatorAttributor attributor, ScoreAttribution attribution, AttributionBy by) => JsonDocumentText.Of(json =>
    {
        SequenceJson.Write(json, subject, () => json.WriteNumber("layer", subject.Decision.Layer));
        json.WriteNumber("score", attribution.Score);
        if (attribution.Against is { } against)
        {
            json.WriteNumber("against", against);
        }

        json.WriteString("name", attribution.Label);
        json.Number("exact", attribution.Exact);
        json.Number("silent", attribution.Silent);
        json.Named("constants", attribution.Constants);
        json.Number("gap", attribution.Gap);
        json.Number("magnitude", attribution.Magnitude);
        json.WriteNumber("waves_90", attribution.Concentration());
        json.Objects("waves", attributor.Factors().Zip(attribution.Waves), wave =>
        {
            ExplanationJson.Factors(json, [wave.First]);
            json.Number("contribution", wave.Second);
        });
        json.Numbers("readouts", attribution.ByReadout());
        json.Numbers("gates", attribution.ByGate());
        json.Numbers("readout_time", attribution.ByReadoutTime());
        Input(json, "input", attribution.ByInputTime());
        if (by == AttributionBy.ModelInput)
        {
            Input(json, "model_input", attribution.ByModelInput());
            json.Number("model_input_gap", attribution.ModelInputGap);
        }
    });

    private static void Input(Utf8JsonWriter json, string name, InputTimeAttribution input)
    {
        json.WriteStartObject(name);
        json.WriteString("of", Name(input.Of));
        json.WriteNumber("width", input.Width);
        json.Numbers("samples", input.Inputs);
        json.Numbers("values", input.Values);
        json.Named("rows", input.Rows);
        json.WriteEndObject();
    }

    private static string Name(AttributedInput of) => of switch
    {
        AttributedInput.Model => "model",
        AttributedInput.Layer => "layer",
        AttributedInput.Cells => "cells",
        _ => throw new ArgumentOutOfRangeException(nameof(of), of, "An input without a name."),
    };
}
