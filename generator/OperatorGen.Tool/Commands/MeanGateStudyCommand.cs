using System;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.MeanGates;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Commands;

/// <summary><c>study MODEL --data FILE --expansion mean-gate</c>: how much of a selective model its waves of the mean gate are.</summary>
internal static class MeanGateStudyCommand
{
    /// <summary>Runs the study and writes it.</summary>
    /// <param name="terminal">Where it is written.</param>
    /// <param name="model">The model.</param>
    /// <param name="dataPath">The data file.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="sink">How it is written.</param>
    /// <param name="limit">How many sequences are taken at most; null: all.</param>
    public static int Run(Terminal terminal, StudiedModel model, string dataPath, StudyOptions options, OutputSink sink, int? limit)
    {
        GateCentre centre = options.GateCentre;
        (int[] orders, SequenceData data, int[] sequences) = options.Subject(model, dataPath, limit, 0, MeanGateBounds.GreatestOrder, "0..4");
        MeanGateResult result = MeanGateStudy.Run(terminal, model, data, sequences, orders, centre);
        sink.Write(terminal, text => MeanGateReport.Table(text, result), format => Render(format, result), $"study of {CountText.Of(result.Sequences, "sequence")}");
        return ExitCode.Success;
    }

    private static string Render(string format, MeanGateResult result) => format switch
    {
        "csv" => MeanGateReport.Csv(result),
        "json" => MeanGateReport.Json(result),
        "svg" => MeanGateReport.Svg(result),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
