using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Import;
using OperatorGen.Tool.MeanGates;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Commands;

/// <summary><c>calibrate MODEL --data FILE</c>: puts the distributions of the decoder functions' arguments, or the ranges of selective gates, into the model file.</summary>
internal static class CalibrateCommand
{
    private const int FewestNodes = 5;
    private const int MostNodes = 4096;

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<string> data = new("--data") { Description = "The data file, safetensors with x_train; nothing else of it is used.", Required = true };
        Option<string?> output = new("--out", "-o") { Description = "The model file to write; MODEL itself where it is not given." };
        Option<int?> nodes = IntegerOption.Create("--nodes", $"Nodes per argument, {ReducedMeasure.DefaultNodes} where it is not given; fits go to the order (nodes - 2) / 3.", FewestNodes);
        Option<int?> limit = IntegerOption.Create("--limit", "How many sequences are used, evenly spread; all where it is not given.", 1);
        var command = new Command("calibrate", "Records how the arguments of the decoder functions, or the gates of selective layers, are distributed on training data.") { model, data, output, nodes, limit };
        command.SetAction(result => Run(
            terminal,
            result.GetValue(model)!,
            result.GetValue(data)!,
            result.GetValue(output) ?? result.GetValue(model)!,
            result.GetValue(nodes),
            result.GetValue(limit)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string dataPath, string output, int? nodes, int? limit)
    {
        if (nodes > MostNodes)
        {
            throw new UnusableInputException($"--nodes {nodes}: at most {MostNodes} are possible.");
        }

        if (StudiedModel.LoadAny(terminal, path) is not { } model)
        {
            return ExitCode.Failure;
        }

        if (model.IsSelective && nodes is not null)
        {
            throw new UnusableInputException($"--nodes {nodes}: the model is selective. Its gates are recorded, which need no nodes.");
        }

        SequenceData data = model.LoadData(dataPath, "train");
        int[] sequences = StudiedModel.Spread(data.Count, limit);
        Calibration? calibration = null;
        terminal.Track("calibrate", sequences.Length, advance => calibration = model.IsSelective
            ? GateCalibrator.Run(model, data, sequences, remark => terminal.Error.WriteLine($"{dataPath}: {remark}"), advance)
            : Calibrator.Run(model.Operator, data, sequences, nodes ?? ReducedMeasure.DefaultNodes, advance));
        AtomicFile.Write(output, ModelFileWriter.Write(model.Declaration with { Calibration = calibration! }));
        terminal.Output.WriteLine($"{output}: calibrated on x_train of {data.Name}, {CountText.Of(sequences.Length, "sequence")}, sha256 {data.Hash}");
        if (model.IsSelective)
        {
            GateTable.Write(terminal, SelectiveLayers.Of(model), calibration!);
            terminal.Line("From now on inspect shows the waves of the mean gate, and study --expansion mean-gate expands the model about it.");
            return ExitCode.Success;
        }

        terminal.Table(["layer", "arguments", "number", "nodes", "least", "greatest"], Rows(calibration!));
        terminal.Line(ExpansionNote(model.Declaration.Options));
        return ExitCode.Success;
    }

    /// <summary>What the calibration means for inspect, explain and the generated code.</summary>
    private static string ExpansionNote(ModelOptions options) => options switch
    {
        { Expansion: ExpansionKind.Measure } => "The model is expanded in this measure, as its option expansion says.",
        { Expansion: { } kind } => $"The model's option expansion says {OptionNames.Expansions.Of(kind)}, and that stays: this measure is used where expansion measure is asked for.",
        { Centre: not null } => "The model's option centre asks for Taylor polynomials, and that stays: this measure is used where expansion measure is asked for.",
        _ => "From now on inspect, explain and generated code expand the model in this measure, unless another expansion is asked for.",
    };

    private static List<string[]> Rows(Calibration calibration)
    {
        List<string[]> rows = [];
        for (int l = 0; l < calibration.Layers.Count; l++)
        {
            Add(l, "readouts", calibration.Layers[l].Readouts);
            Add(l, "gates", calibration.Layers[l].Gates);
        }

        return rows;

        void Add(int layer, string name, EquatableArray<ArgumentMeasure> arguments)
        {
            if (arguments.Count > 0)
            {
                rows.Add([
                    NumberText.Format((double)layer),
                    name,
                    NumberText.Format((double)arguments.Count),
                    NumberText.Format((double)arguments.Max(argument => argument.Measure.Nodes.Count)),
                    NumberText.Format(arguments.Min(argument => argument.Low), 4),
                    NumberText.Format(arguments.Max(argument => argument.High), 4),
                ]);
            }
        }
    }
}
