using System.CommandLine;
using OperatorGen.Tool.Attentions;

namespace OperatorGen.Tool.Commands;

/// <summary><c>attention MODEL --data FILE --index I --layer L --head H</c>: the matrix that a selective cell is for one input.</summary>
internal static class AttentionCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<string> data = new("--data") { Description = "A data file, *.safetensors, with x_test.", Required = true };
        Option<int?> index = Required("--index", "Which sequence of the data file, from 0.");
        Option<string> split = new("--split") { Description = "test or train.", DefaultValueFactory = _ => "test" };
        split.AcceptWords("test", "train");
        Option<int?> layer = Required("--layer", "The layer, from 0.");
        Option<int?> head = Required("--head", "The head, from 0; a channel where each has states of its own, as in Mamba.");
        Option<int?> value = IntegerOption.Create("--value", "The number of the head's value whose skip is on the diagonal, from 0; 0 where it is not given.", 0);
        Option<string?> output = new("--out", "-o") { Description = "The file for the matrix M, *.safetensors." };
        Option<string?> picture = new("--svg") { Description = "The file for a picture of it, *.svg." };
        var command = new Command("attention", "Shows the attention of a selective cell for one input: which values it reads at which time.") { model, data, index, split, layer, head, value, output, picture };
        command.SetAction(result => new AttentionRun(
            terminal,
            result.GetValue(model)!,
            result.GetValue(layer)!.Value,
            result.GetValue(head)!.Value,
            result.GetValue(value) ?? 0).Run(result.GetValue(data)!, result.GetValue(split)!, result.GetValue(index)!.Value, result.GetValue(output), result.GetValue(picture)));
        return command;
    }

    private static Option<int?> Required(string name, string description)
    {
        Option<int?> option = IntegerOption.Create(name, description, 0);
        option.Required = true;
        return option;
    }
}
