using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Import;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Commands;

/// <summary><c>study MODEL --data FILE</c>: how much of a model its truncated operator is, by expansion and order.</summary>
internal static class StudyCommand
{
    private static readonly string[] s_formats = ["table", "csv", "json", "svg"];

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<string> data = new("--data") { Description = "The data file, safetensors with x_test and, for accuracies, y_test.", Required = true };
        Option<string?> orders = new("--orders") { Description = $"Orders, 1 to {DecoderPolynomial.GreatestOrder}: 3, 1..8, 1,2,4; 1..8 where it is not given. Of mean-gate from 0; 0..4." };
        Option<string?> expansions = new("--expansion") { Description = "taylor, chebyshev, measure, exact, joined by commas; taylor, chebyshev and measure, as far as they are possible, where it is not given. Of selective models mean-gate." };
        Option<string?> centre = new("--centre") { Description = "The point of Taylor expansions; 0 where it is not given. Of mean-gate: mean or midrange; mean." };
        Option<string> format = new("--format") { Description = "table, csv, json or svg.", DefaultValueFactory = _ => "table" };
        format.AcceptWords(s_formats);
        Option<string?> output = new("--out", "-o") { Description = "The file to write; the standard output where it is not given." };
        Option<int?> limit = IntegerOption.Create("--limit", "How many sequences are used, evenly spread; all where it is not given.", 1);
        var command = new Command("study", "Compares a model with its truncated operators on test data.") { model, data, orders, expansions, centre, format, output, limit };
        command.SetAction(result => Run(
            terminal,
            result.GetValue(model)!,
            result.GetValue(data)!,
            new StudyOptions(result.GetValue(orders), result.GetValue(expansions), result.GetValue(centre)),
            result.GetValue(format)!,
            result.GetValue(output),
            result.GetValue(limit)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string dataPath, StudyOptions options, string format, string? output, int? limit)
    {
        var sink = new OutputSink(format == "table" ? "text" : format, output);
        if (StudiedModel.LoadAny(terminal, path) is not { } model)
        {
            return ExitCode.Failure;
        }

        if (options.IsMeanGate(model))
        {
            return MeanGateStudyCommand.Run(terminal, model, dataPath, options, sink, limit);
        }

        model.RequireConstant();
        (ExpansionKind[]? kinds, double centre) = (options.Kinds, options.Point);
        (int[] orders, SequenceData data, int[] sequences) = options.Subject(model, dataPath, limit, 1, DecoderPolynomial.GreatestOrder, "1..8");
        StudyBounds bounds = StudyBounds.Of(model, data, sequences);
        Action<string, string>? skip = kinds is null ? (name, obstacle) => terminal.Error.WriteLine($"{name} is left out: {obstacle}.") : null;
        StudyPlan[] plans = StudyPlan.Of(model, kinds ?? StudyPlan.UsualKinds, orders, centre, bounds.Ranges, skip);
        if (plans.Length == 0)
        {
            throw new UnusableInputException($"{path}: no expansion is possible.");
        }

        DecisionWaves? waves = model.Classifies ? new DecisionWaves(model.Operator, sequences.Length, data.Length) : null;
        StudyResult study = Study.Run(terminal, model, plans, data, sequences, bounds, waves, "--limit N takes N sequences");
        sink.Write(terminal, text => StudyReport.Table(text, study), named => Render(named, study), $"study of {CountText.Of(study.Sequences, "sequence")}");
        return ExitCode.Success;
    }

    private static string Render(string format, StudyResult study) => format switch
    {
        "csv" => StudyReport.Csv(study),
        "json" => StudyReport.Json(study),
        "svg" => StudyChart.Draw(study),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
