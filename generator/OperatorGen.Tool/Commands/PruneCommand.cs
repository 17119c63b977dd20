using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Import;
using OperatorGen.Tool.Pruning;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Commands;

/// <summary><c>prune MODEL --error E --out FILE</c>: drops modes as long as the certified change of the output stays within E.</summary>
internal static class PruneCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<double?> error = NumberOption.Create("--error", "The greatest certified change of an output, or of a score where the model pools.", required: true);
        Option<NumberList?> range = NumberOption.Range("--range", "Low and high of every channel of the scaled input; the model file's inputRange, else the range of the data, where it is not given.");
        Option<int?> length = IntegerOption.Create("--max-length", "The greatest length of a sequence; the model file's maxLength, else that of the data, else any, where it is not given.", 1);
        Option<string?> data = new("--data") { Description = "A data file, safetensors with x_test, on which the change is measured." };
        Option<string> output = new("--out", "-o") { Description = "The model file to write.", Required = true };
        var command = new Command("prune", "Drops modes within a certified change of the output.") { model, error, range, length, data, output };
        command.SetAction(result => Run(
            terminal,
            result.GetValue(model)!,
            result.GetValue(error)!.Value,
            result.GetValue(range)?.Values,
            result.GetValue(length),
            result.GetValue(data),
            result.GetValue(output)!));
        return command;
    }

    private static int Run(Terminal terminal, string path, double error, double[]? ends, int? length, string? dataPath, string output)
    {
        if (error < 0)
        {
            throw new UnusableInputException("--error: a number of at least 0 is expected.");
        }

        if (StudiedModel.Load(terminal, path) is not { } model)
        {
            return ExitCode.Failure;
        }

        SequenceData? data = dataPath is null ? null : model.LoadData(dataPath, "test");
        InputRange range = Range(model, ends, data);
        int? maxLength = (model.Options with { MaxLength = length ?? model.Options.MaxLength ?? data?.Length }).Within(model.Model.Length).MaxLength;
        PruningResult pruning = Prune(model, range, error, maxLength);
        var pruned = PrunedDeclaration.Of(model, pruning);
        SequenceModel after = CompilerStages.Resolve(pruned.Declaration, default).Value ?? throw new InvalidOperationException("The pruned declaration is no model.");
        var check = new PruningCheck(pruning, OperatorDescriptions.Of(after), pruned.PositionOf);
        double random = check.OnRandomInputs(range, maxLength, pruning.Dropped);
        (double Change, int Inside)? onData = data is null ? null : OnData(terminal, check, model.Operator, data, range, maxLength);
        if (!check.Holds)
        {
            terminal.Error.WriteLine($"{path}: a measured change is beyond its certificate; nothing was written.");
            return ExitCode.Failure;
        }

        AtomicFile.Write(output, ModelFileWriter.Write(pruned.Declaration));
        Report(terminal, model, pruning, pruned.Modes, output);
        if (pruning.Dropped.Count == 0)
        {
            terminal.Output.WriteLine("no mode could be dropped within that error: the file has the modes of the model");
        }

        ReportCost(terminal, model, pruned, after);
        if (PrunedDeclaration.NeedsCalibration(model.Declaration))
        {
            terminal.Output.WriteLine($"left out: the calibration, which described the unpruned readouts, and the expansion {OptionNames.Expansions.Of(model.Declaration.Options.Expansion!.Value)}, which needs one; operatorgen calibrate {output} makes one, then \"expansion\" can be declared again");
        }

        terminal.Output.WriteLine($"certified change: {NumberText.Format(pruning.Certified, 6)} of at most {NumberText.Format(error)}, for inputs in {Text(range)} and {(maxLength is int most ? "at most " + CountText.Of(most, "time step") : "any number of time steps")}");
        terminal.Output.WriteLine($"measured change:  {NumberText.Format(random, 6)} on random inputs and on those that drive the dropped modes");
        if (onData is var (change, inside))
        {
            terminal.Output.WriteLine($"measured change:  {NumberText.Format(change, 6)} on {inside} of {CountText.Of(data!.Count, "sequence")} of x_test of {data.Name}{(inside == data.Count ? "" : "; the others are outside the range or longer")}");
        }

        return ExitCode.Success;
    }

    private static PruningResult Prune(StudiedModel model, InputRange range, double error, int? maxLength)
    {
        try
        {
            return Pruner.Prune(model.Operator, range, error, maxLength);
        }
        catch (InvalidOperationException impossible)
        {
            throw new UnusableInputException($"{model.Path}: {impossible.Message}");
        }
    }

    private static InputRange Range(StudiedModel model, double[]? ends, SequenceData? data) =>
        ends is not null ? InputRange.Uniform(model.Operator, ends[0], ends[1])
        : model.Declaration.Options is { InputLow: { } low, InputHigh: { } high } ? InputRange.Uniform(model.Operator, low, high)
        : data is not null ? InputRange.OfData(model.Operator, Enumerable.Range(0, data.Count).Select(data.Sample))
        : throw new UnusableInputException($"{model.Path} declares no inputRange: give --range or --data, since a change is certified for a range of the input.");

    private static (double Change, int Inside) OnData(Terminal terminal, PruningCheck check, OperatorDescription operators, SequenceData data, InputRange range, int? maxLength)
    {
        double greatest = 0;
        int inside = 0;
        terminal.Track("measure", data.Count, advance =>
        {
            for (int i = 0; i < data.Count; i++)
            {
                double[] sample = data.Sample(i);
                if (sample.Length > 0 && sample.Length / operators.InputWidth <= (maxLength ?? int.MaxValue) && range.Holds(operators, sample))
                {
                    inside++;
                    greatest = Math.Max(greatest, check.Change(sample));
                }

                advance();
            }
        });
        return (greatest, inside);
    }

    private static void Report(Terminal terminal, StudiedModel model, PruningResult pruning, int modes, string output)
    {
        List<string[]> rows = [];
        for (int l = 0; l < model.Operator.Layers.Count; l++)
        {
            LayerDescription layer = model.Operator.Layers[l];
            int all = layer.Bank!.ModeCount;
            int dropped = pruning.Dropped.Count(mode => mode.Layer == l);
            rows.Add([layer.Name.Length == 0 ? "layer" : layer.Name, $"{layer.Recurrence.Inputs}", $"{all}", $"{dropped}", $"{all - dropped}", $"{(layer.Bank.IsShared ? "shared, " : "")}{layer.Modes} -> {modes}"]);
        }

        terminal.Output.WriteLine(output);
        terminal.Table(["layer", "channels", "modes", "dropped", "kept", "modes per channel"], rows);
    }

    /// <summary>What the generated code costs before and after.</summary>
    private static void ReportCost(Terminal terminal, StudiedModel model, PrunedDeclaration pruned, SequenceModel after)
    {
        if (pruned.ChannelsLeftOut > 0)
        {
            terminal.Output.WriteLine($"left out: {CountText.Of(pruned.ChannelsLeftOut, "channel")} whose readout is always 0");
        }

        Precision precision = model.Declaration.Options.Precision ?? Precision.Single;
        if (CompilerStages.Plan(model.Model, precision, default).Value is { } plansBefore && CompilerStages.Plan(after, precision, default).Value is { } plansAfter)
        {
            terminal.Output.WriteLine($"operations per time step: {plansBefore.Plans[0].Operations} -> {plansAfter.Plans[0].Operations}");
            terminal.Output.WriteLine($"bytes of constants:       {plansBefore.Plans.Sum(plan => plan.TableBytes)} -> {plansAfter.Plans.Sum(plan => plan.TableBytes)}");
        }
    }

    private static string Text(InputRange range)
    {
        Interval[] distinct = [.. Enumerable.Range(0, range.Width).Select(c => range[c]).Distinct()];
        return distinct.Length == 1
            ? $"[{NumberText.Format(distinct[0].Low, 6)}, {NumberText.Format(distinct[0].High, 6)}]"
            : $"the ranges of {CountText.Of(range.Width, "channel")} within [{NumberText.Format(distinct.Min(r => r.Low), 6)}, {NumberText.Format(distinct.Max(r => r.High), 6)}]";
    }
}
