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
        Option<int?> channel = IntegerOption.Create("--channel", "The channel, from 0; 0 where it is not given.");
        Option<string> form = new("--form") { Description = "complex (N' complex nodes) or real (2 N' + 1 real nodes).", DefaultValueFactory = _ => "complex" };
        form.AcceptOnlyFromAmong("complex", "real");
        Option<string?> data = new("--data") { Description = "A data file, *.safetensors, with x_train and x_test: what one of its sequences does on the ring." };
        Option<int?> index = IntegerOption.Create("--index", "Which sequence of the data file, from 0.");
        Option<string> split = new("--split") { Description = "test or train.", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("test", "train");
        Option<string?> format = new("--format") { Description = "svg, csv, json or text; by the ending of --out where it is not given." };
        format.AcceptOnlyFromAmong(RingOutput.Formats);
        Option<string?> output = new("--out") { Description = "The file to write; the standard output where it is not given." };
        var command = new Command("ring", "Shows a channel's recurrence as a ring of nodes: coupling, profiles, waves, activity.")
        {
            model, layer, channel, form, data, index, split, format, output,
        };
        command.SetAction(result =>
        {
            var sink = RingOutput.Of(result.GetValue(format), result.GetValue(output));
            RingSequence? sequence = RingSequence.Load(result.GetValue(data), result.GetValue(split)!, result.GetValue(index));
            string path = result.GetValue(model)!;
            if (ModelSource.Load(terminal, path) is not { } resolved)
            {
                return ExitCode.Failure;
            }

            RingForm chosen = result.GetValue(form) == "real" ? RingForm.Real : RingForm.Complex;
            sink.Write(terminal, RingSubject.Of(path, resolved, result.GetValue(layer) ?? 0, result.GetValue(channel) ?? 0, chosen, sequence));
            return ExitCode.Success;
        });
        return command;
    }
}
