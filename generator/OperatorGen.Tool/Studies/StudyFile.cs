using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Inspection;

namespace OperatorGen.Tool.Studies;

/// <summary>Reads a study that <c>study --format json</c> has written.</summary>
internal static class StudyFile
{
    /// <summary>The study.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnusableInputException">There is no such file, or it is no study.</exception>
    public static StudyResult Read(string path)
    {
        string text = ModelSource.Text(path, "a study is a file that operatorgen study --format json has written");
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            JsonElement data = root.GetProperty("data");
            StudyRow[] rows = [.. root.GetProperty("rows").EnumerateArray().Select(Row)];
            return rows.Length == 0
                ? throw new UnusableInputException($"{path}: the study has no rows.")
                : new StudyResult(
                    root.GetProperty("model").GetString()!,
                    data.GetProperty("name").GetString()!,
                    data.GetProperty("sha256").GetString()!,
                    data.GetProperty("sequences").GetInt32(),
                    Number(root.GetProperty("exact_accuracy")),
                    root.GetProperty("bound_range").GetString()!,
                    root.TryGetProperty("waves", out JsonElement waves) ? Waves(waves) : null,
                    rows);
        }
        catch (KeyNotFoundException failure)
        {
            throw new UnusableInputException($"{path} is no study that operatorgen study --format json has written: it lacks members of one.", failure);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new UnusableInputException($"{path} is no study that operatorgen study --format json has written: {failure.Message}", failure);
        }
    }

    private static WaveConcentration Waves(JsonElement waves) => new(
        waves.GetProperty("count").GetInt32(),
        waves.GetProperty("sequences").GetInt32(),
        waves.GetProperty("waves_90").GetDouble(),
        waves.GetProperty("class_share_90").GetDouble(),
        waves.GetProperty("common_share_90").GetDouble(),
        [.. waves.GetProperty("classes").EnumerateArray().Select(of => new ClassConcentration(
            of.GetProperty("class").GetInt32(),
            of.GetProperty("name").GetString()!,
            of.GetProperty("sequences").GetInt32(),
            of.GetProperty("waves_90").GetDouble(),
            of.GetProperty("class_share_90").GetDouble()))]);

    private static StudyRow Row(JsonElement row) => new(
        OptionNames.Expansions.Find(row.GetProperty("expansion").GetString()) ?? throw new FormatException($"'{row.GetProperty("expansion")}' is no expansion."),
        BigInteger.Parse(row.GetProperty("terms").GetRawText(), System.Globalization.CultureInfo.InvariantCulture),
        new StudiedOrder(
            row.GetProperty("order").GetInt32(),
            Number(row.GetProperty("accuracy")),
            Number(row.GetProperty("agreement")),
            Number(row.GetProperty("max_score_change")) ?? throw new FormatException("max_score_change is null."),
            Number(row.GetProperty("mean_score_change")) ?? throw new FormatException("mean_score_change is null.")),
        new TruncationBound(Number(row.GetProperty("bound")), row.GetProperty("bound_reason").GetString()));

    private static double? Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when element.GetString() == "Infinity" => double.PositiveInfinity,
        _ => element.GetDouble(),
    };
}
