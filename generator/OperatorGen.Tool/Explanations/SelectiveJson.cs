using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Explanations;

/// <summary>The explanation of a selective model's score for programs; docs/selective.md describes it.</summary>
internal static class SelectiveJson
{
    /// <summary>The text.</summary>
    /// <param name="subject">The sequence.</param>
    /// <param name="attribution">The attribution.</param>
    public static string Render(ExplainedSequence subject, SelectiveAttribution attribution) => JsonDocumentText.Of(json =>
    {
        SequenceJson.Write(json, subject, () => json.WriteNumber("layer", subject.Decision.Layer));
        json.WriteNumber("score", attribution.Index);
        if (attribution.Against is { } against)
        {
            json.WriteNumber("against", against);
        }

        json.WriteString("name", subject.Decision.Label(attribution.Index));
        json.Number("exact", attribution.Score);
        json.Number("zero", attribution.ZeroScore);
        json.Numbers("value", attribution.Value);
        json.Numbers("gate", attribution.Gate);
        json.Number("gap", attribution.Gap);
        json.WriteNumber("panels", attribution.Panels);
        json.WriteNull("bound");
        json.WriteString("bound_reason", SelectiveAttribution.BoundReason);
        json.WriteStartObject("held");
        json.WriteNumber("heads", attribution.Cells);
        json.WriteNumber("keys", attribution.Keys);
        json.Numbers("by_head", attribution.ByCell());
        IReadOnlyList<double> waves = attribution.ByWave();
        json.Objects("by_wave", Enumerable.Range(0, waves.Count), wave =>
        {
            json.WriteNumber("head", wave / attribution.Keys);
            json.WriteNumber("key", wave % attribution.Keys);
            json.Number("contribution", waves[wave]);
        });
        json.Numbers("by_time", attribution.ByTime());
        json.Numbers("past_states", attribution.Direct);
        json.Number("past_cells", attribution.Beside);
        json.WriteEndObject();
    });
}
