using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Studies;

/// <summary>A study as text: aligned table, CSV, JSON (docs/study.md).</summary>
internal static class StudyReport
{
    private const string NoExpansion = "none";

    /// <summary>The columns, as CSV has them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["expansion", "order", "terms", "accuracy", "agreement", "max_score_change", "mean_score_change", "bound", "waves_90", "class_share_90"];

    /// <summary>The table for people; the model itself is in the first line.</summary>
    public static void Table(Terminal terminal, StudyResult result)
    {
        terminal.Output.WriteLine($"{result.Model} on x_test of {result.Data}, {CountText.Of(result.Sequences, "sequence")}");
        terminal.Table(
            ["expansion", "order", "terms", "accuracy", "agreement", "max |change|", "mean |change|", "bound", "waves for 90 %", "of its class"],
            [
                [NoExpansion, "", "", Percent(result.ExactAccuracy), "", "", "", "", Count(result.Waves?.Carriers), Percent(result.Waves?.ClassShare)],
                .. result.Rows.Select(row => new[]
                {
                    OptionNames.Expansions.Of(row.Expansion),
                    NumberText.Format((double)row.Order),
                    row.Terms.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Percent(row.Accuracy),
                    Percent(row.Agreement),
                    NumberText.Format(row.MaxScoreChange, 4),
                    NumberText.Format(row.MeanScoreChange, 4),
                    row.Bound.Value is { } bound ? NumberText.Format(bound, 4) : NoExpansion,
                    "",
                    "",
                }),
            ]);
        terminal.Output.WriteLine($"bounds for every input with {result.Range}");
        foreach (IGrouping<string, StudyRow> reason in result.Rows.Where(row => row.Bound.Value is null).GroupBy(row => row.Bound.Reason!))
        {
            string rows = string.Join(", ", reason.GroupBy(row => row.Expansion).Select(group => $"{OptionNames.Expansions.Of(group.Key)} {string.Join(' ', group.Select(row => row.Order))}"));
            terminal.Output.WriteLine($"no bound ({rows}): {reason.Key}");
        }

        if (result.Waves is { } waves)
        {
            Classes(terminal, waves);
        }
    }

    private static void Classes(Terminal terminal, WaveConcentration waves)
    {
        terminal.Output.WriteLine($"of {CountText.Of(waves.Sequences, "sequence")}, how many of {CountText.Of(waves.Waves, "wave")} carry 90 % of the sum of |waves| of the predicted score (median), and the share that");
        terminal.Output.WriteLine($"as many of its class's strongest waves carry (mean): 90 % where they are the same. Of all classes' strongest it is {Percent(waves.CommonShare)}");
        terminal.Table(
            ["class", "name", "sequences", "waves for 90 %", "of its class"],
            [.. waves.Classes.Select(of => new[] { NumberText.Format((double)of.Class), of.Name, NumberText.Format((double)of.Sequences), Count(of.Carriers), Percent(of.ClassShare) })]);
    }

    /// <summary>CSV: the columns, a line of the model itself (expansion <c>none</c>), the truncations. What does not exist is empty.</summary>
    public static string Csv(StudyResult result)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', Columns)).Append('\n');
        string agreement = result.Rows.Any(row => row.Agreement is not null) ? "1" : "";
        text.Append(string.Join(',', NoExpansion, "", "", Number(result.ExactAccuracy), agreement, "0", "0", "0", Number(result.Waves?.Carriers), Number(result.Waves?.ClassShare))).Append('\n');
        foreach (StudyRow row in result.Rows)
        {
            string[] fields =
            [
                OptionNames.Expansions.Of(row.Expansion),
                NumberText.Format((double)row.Order),
                row.Terms.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Number(row.Accuracy),
                Number(row.Agreement),
                Number(row.MaxScoreChange),
                Number(row.MeanScoreChange),
                Number(row.Bound.Value),
                "",
                "",
            ];
            text.Append(string.Join(',', fields)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>JSON.</summary>
    public static string Json(StudyResult result) => JsonDocumentText.Of(json =>
    {
        json.WriteString("model", result.Model);
        Data(json, result.Data, result.Sequences, result.Hash);
        Write(json, "exact_accuracy", result.ExactAccuracy);
        json.WriteString("bound_range", result.Range);
        json.Objects("rows", result.Rows, row =>
        {
            json.WriteString("expansion", OptionNames.Expansions.Of(row.Expansion));
            json.WriteNumber("order", row.Order);
            json.WritePropertyName("terms");
            json.WriteRawValue(row.Terms.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Scores(json, row);
            Write(json, "bound", row.Bound.Value);
            json.WriteString("bound_reason", row.Bound.Reason);
        });
        if (result.Waves is { } waves)
        {
            json.WriteStartObject("waves");
            json.WriteNumber("count", waves.Waves);
            json.WriteNumber("sequences", waves.Sequences);
            json.Number("waves_90", waves.Carriers);
            json.Number("class_share_90", waves.ClassShare);
            json.Number("common_share_90", waves.CommonShare);
            json.Objects("classes", waves.Classes, of =>
            {
                json.WriteNumber("class", of.Class);
                json.WriteString("name", of.Name);
                json.WriteNumber("sequences", of.Sequences);
                json.Number("waves_90", of.Carriers);
                json.Number("class_share_90", of.ClassShare);
            });
            json.WriteEndObject();
        }
    });

    /// <summary>The data that were fed.</summary>
    public static void Data(Utf8JsonWriter json, string name, int sequences, string hash)
    {
        json.WriteStartObject("data");
        json.WriteString("name", name);
        json.WriteString("split", "test");
        json.WriteNumber("sequences", sequences);
        json.WriteString("sha256", hash);
        json.WriteEndObject();
    }

    /// <summary>How the scores of a changed model compare.</summary>
    public static void Scores(Utf8JsonWriter json, StudiedOrder row)
    {
        Write(json, "accuracy", row.Accuracy);
        Write(json, "agreement", row.Agreement);
        Write(json, "max_score_change", row.MaxScoreChange);
        Write(json, "mean_score_change", row.MeanScoreChange);
    }

    /// <summary>A number; null where there is none; the string "Infinity" where it is infinite, which JSON has no number for.</summary>
    public static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && !double.IsFinite(number))
        {
            json.WriteString(name, NumberText.Format(number));
        }
        else
        {
            json.Number(name, value);
        }
    }

    /// <summary>A number in CSV; empty where there is none.</summary>
    public static string Number(double? value) => value is { } number ? NumberText.Format(number) : "";

    private static string Count(double? waves) => waves is { } count ? NumberText.Format(count) : "";

    /// <summary>A share for people; empty where there is none.</summary>
    public static string Percent(double? share) =>
        share is { } value ? (100 * value).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) + " %" : "";
}
