using System;
using System.CommandLine;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Tool.Inspection;
using OperatorGen.Tool.Rings;

namespace OperatorGen.Tool.Commands;

/// <summary><c>ring MODEL</c>: the recurrence of one channel as oscillators on a circle, and what a sequence does on it.</summary>
internal static class RingCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<int?> layer = IntegerOption.Create("--layer", "The layer, from 0; 0 where it is not given.");
        Option<int?> channel = IntegerOption.Create("--channel", "The channel (the readout), from 0; 0 where it is not given.");
        Option<int?> input = IntegerOption.Create("--input", "Where channels share the modes: the input of the cells whose response is shown, from 0; 0 where it is not given.");
        Option<string> form = new("--form") { Description = "complex (N' complex nodes) or real (2 N' + 1 real nodes).", DefaultValueFactory = _ => "complex" };
        form.AcceptWords("complex", "real");
        Option<string?> data = new("--data") { Description = "A data file, *.safetensors, with x_train and x_test: what one of its sequences does on the ring." };
        Option<int?> index = IntegerOption.Create("--index", "Which sequence of the data file, from 0.");
        Option<string> split = new("--split") { Description = "test or train.", DefaultValueFactory = _ => "test" };
        split.AcceptWords("test", "train");
        Option<string?> format = OutputSink.FormatOption();
        Option<string?> output = OutputSink.PathOption();
        var command = new Command("ring", "Shows a channel's recurrence as a ring of nodes: coupling, profiles, waves, activity.")
        {
            model, layer, channel, input, form, data, index, split, format, output,
        };
        command.SetAction(result =>
        {
            var sink = OutputSink.Of(result.GetValue(format), result.GetValue(output));
            RingSequence? sequence = RingSequence.Load(result.GetValue(data), result.GetValue(split)!, result.GetValue(index));
            string path = result.GetValue(model)!;
            if (ModelSource.Load(terminal, path) is not { } resolved)
            {
                return ExitCode.Failure;
            }

            RingForm chosen = result.GetValue(form) == "real" ? RingForm.Real : RingForm.Complex;
            var subject = RingSubject.Of(path, resolved, result.GetValue(layer) ?? 0, result.GetValue(channel) ?? 0, result.GetValue(input), chosen, sequence);
            sink.Write(terminal, text => RingText.Write(text, subject), named => Render(named, subject), $"ring of {subject.Place}, {subject.Nodes}{(subject.Run is { } run ? $"; {run.Sequence.Text}" : "")}");
            return ExitCode.Success;
        });
        return command;
    }

    private static string Render(string format, RingSubject subject) => format switch
    {
        "svg" => RingDrawing.Render(subject),
        "csv" => RingCsv.Render(subject),
        "json" => RingJson.Render(subject),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
