using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Drawing;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.MeanGates;

/// <summary>A study of mean gates as text: aligned table, CSV, JSON (docs/study.md), and as charts.</summary>
internal static class MeanGateReport
{
    /// <summary>The columns, as CSV has them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["order", "accuracy", "agreement", "max_score_change", "mean_score_change", "state_error", "sequence_bound", "range_bound", "range_bound_reason"];

    /// <summary>The tables for people; the model itself is in the first line.</summary>
    public static void Table(Terminal terminal, MeanGateResult result)
    {
        terminal.Line($"{result.Model} on x_test of {result.Data}, {CountText.Of(result.Sequences, "sequence")}: gates expanded about their {StudyOptions.NameOf(result.Centre)}, all layers to the same order");
        string[] exact = ["exact", StudyReport.Percent(result.ExactAccuracy), "", "", "", "", "", ""];
        IEnumerable<string[]> rows = result.Rows.Select((row, i) => new[]
        {
            NumberText.Format((double)row.Order), StudyReport.Percent(row.Accuracy), StudyReport.Percent(row.Agreement), Text(row.MaxScoreChange), Text(row.MeanScoreChange),
            Text(result.StateError(i)), Text(result.SequenceBound(i)), result.RangeBound(i) is { } bound ? Text(bound) : "-",
        });
        Shown(terminal, ["order", "accuracy", "agreement", "max |change|", "mean |change|", "state error", "bound, sequences", "bound, range"], [exact, .. rows]);
        terminal.Line($"state error and bound, sequences: the greatest of at most {CountText.Of(result.Sample.States, "state")} a layer, evenly spread, over all times of {CountText.Of(result.Sample.Sequences, "sequence")}, with the exact model's gates and inputs. An error of at most {Text(StateErrors.Rounding)} of the largest state is rounding and shown as 0.");
        terminal.Line($"bound, range: of every state, for every sequence of that length whose gates stay in the calibrated ranges and whose inputs stay within the greatest that were fed.");
        if (result.RangeBoundReason is { } reason)
        {
            terminal.Line($"{reason}: the bound over the ranges does not apply. Calibrate on such data.");
        }

        terminal.Table(
            ["layer", "states", "rho, least", "median", "greatest", "deviation / decay", "largest input", "largest state"],
            [.. result.Layers.Select((layer, l) => new[]
            {
                layer.Name.Length == 0 ? NumberText.Format((double)l) : layer.Name, NumberText.Format((double)layer.States), Text(layer.Rho.Least), Text(layer.Rho.Median), Text(layer.Rho.Greatest),
                Text(layer.Ratio), Text(layer.LargestInput), Text(layer.LargestState),
            })]);
        foreach (string failure in result.Failures)
        {
            terminal.Line("The expansion fails: " + failure);
        }

        foreach (string layer in result.Unbounded)
        {
            terminal.Line("The expansion has no bound for every length: " + layer);
        }
    }

    /// <summary>CSV: the columns, a line of the model itself (order <c>exact</c>), the orders. What does not exist is empty.</summary>
    public static string Csv(MeanGateResult result)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', Columns)).Append('\n');
        text.Append(string.Join(',', "exact", StudyReport.Number(result.ExactAccuracy), result.Rows[0].Agreement is null ? "" : "1", "0", "0", "0", "0", "0", "")).Append('\n');
        for (int i = 0; i < result.Rows.Count; i++)
        {
            StudiedOrder row = result.Rows[i];
            IEnumerable<double?> numbers = [row.Order, row.Accuracy, row.Agreement, row.MaxScoreChange, row.MeanScoreChange, result.StateError(i), result.SequenceBound(i), result.RangeBound(i)];
            text.Append(string.Join(',', [.. numbers.Select(StudyReport.Number), result.RangeBoundReason ?? ""])).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>JSON.</summary>
    public static string Json(MeanGateResult result) => JsonDocumentText.Of(json =>
    {
        json.WriteString("model", result.Model);
        StudyReport.Data(json, result.Data, result.Sequences, result.Hash);
        json.WriteString("expansion", "mean-gate");
        json.WriteString("centre", StudyOptions.NameOf(result.Centre));
        StudyReport.Write(json, "exact_accuracy", result.ExactAccuracy);
        json.WriteNumber("sequences_outside_range", result.Outside);
        json.WriteString("range_bound_reason", result.RangeBoundReason);
        json.WriteNumber("sampled_states", result.Sample.States);
        json.WriteNumber("sampled_sequences", result.Sample.Sequences);
        json.Objects("rows", result.Rows, row =>
        {
            json.WriteNumber("order", row.Order);
            StudyReport.Scores(json, row);
        });
        json.Objects("layers", result.Layers, layer =>
        {
            json.WriteString("name", layer.Name);
            json.WriteNumber("states", layer.States);
            StudyReport.Write(json, "rho_least", layer.Rho.Least);
            StudyReport.Write(json, "rho_median", layer.Rho.Median);
            StudyReport.Write(json, "rho_greatest", layer.Rho.Greatest);
            StudyReport.Write(json, "deviation_by_decay", layer.Ratio);
            StudyReport.Write(json, "largest_input", layer.LargestInput);
            StudyReport.Write(json, "largest_state", layer.LargestState);
            json.Objects("orders", Enumerable.Range(0, result.Rows.Count), i =>
            {
                json.WriteNumber("order", result.Rows[i].Order);
                StudyReport.Write(json, "state_error", layer.Errors[i]);
                StudyReport.Write(json, "sequence_bound", layer.SequenceBounds[i]);
                StudyReport.Write(json, "range_bound", layer.RangeBounds?[i]);
            });
        });
        Sentences("failures", result.Failures);
        Sentences("unbounded", result.Unbounded);

        void Sentences(string name, IReadOnlyList<string> sentences)
        {
            json.WriteStartArray(name);
            foreach (string sentence in sentences)
            {
                json.WriteStringValue(sentence);
            }

            json.WriteEndArray();
        }
    });

    /// <summary>The SVG file's text: accuracy and agreement, the change of the scores, and the errors of states with both bounds.</summary>
    public static string Svg(MeanGateResult result)
    {
        ChartAxis orders = StudyChart.Orders(result.Rows);
        double[] errors = [.. result.Rows.Select((_, i) => result.StateError(i))], bounds = [.. result.Rows.Select((_, i) => result.SequenceBound(i))];
        double[] range = result.Outside > 0 ? [] : [.. result.Rows.Select((_, i) => result.RangeBound(i)!.Value)];
        var states = new Chart(orders, ChartAxis.Over("|error| of a state", errors.Concat(bounds).Concat(range), scale: ChartScale.Logarithmic)) { Title = "Error of sampled states and its bounds" };
        if (range.Length > 0)
        {
            states.Add("bound, range", Points(range), SvgColours.Lines[2], marks: true, dash: "1 4");
        }

        states.Add("bound, sequences", Points(bounds), SvgColours.Lines[1], marks: true, dash: "6 4");
        states.Add("worst", Points(errors), SvgColours.Lines[0], marks: true);
        string title = $"{result.Model} about its {StudyOptions.NameOf(result.Centre)} gates on x_test of {result.Data}, {CountText.Of(result.Sequences, "sequence")}";
        return StudyChart.Draw(title, [.. StudyChart.Charts([new StudyCurve("mean gate", SvgColours.Lines[0], result.Rows, [])], result.ExactAccuracy), states]);

        IEnumerable<(double, double)> Points(double[] values) => values.Select((value, i) => ((double)result.Rows[i].Order, value));
    }

    /// <summary>A table without the columns that are empty.</summary>
    private static void Shown(Terminal terminal, string[] headings, string[][] rows)
    {
        int[] columns = [.. Enumerable.Range(0, headings.Length).Where(column => rows.Any(row => row[column].Length > 0))];
        terminal.Table([.. columns.Select(column => headings[column])], [.. rows.Select(row => (string[])[.. columns.Select(column => row[column])])]);
    }

    private static string Text(double value) => NumberText.Format(value, 4);
}
