using System.CommandLine;
using OperatorGen.Tool.Packing;

namespace OperatorGen.Tool.Commands;

/// <summary><c>pack CHECKPOINT --model MODEL -o WEIGHTS</c>: the tables that code with external weights reads.</summary>
internal static class PackCommand
{
    public static Command Create(Terminal terminal)
    {
        var checkpoint = new Argument<string?>("CHECKPOINT")
        {
            Description = "A safetensors file, the index of one in several files (model.safetensors.index.json), or a folder with one of both.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> model = new("--model") { Description = "The model file of shapes, which import --external writes.", Required = true };
        Option<string?> output = new("--output", "-o") { Description = "The file of weights to write, WEIGHTS.safetensors." };
        output.Aliases.Add("--out");
        Option<string?> prefix = new("--prefix") { Description = "What comes before upstream's names in the checkpoint; as the model file says where it is not given." };
        Option<string?> verify = new("--verify") { Description = "Instead of packing, looks at every byte of this file, packed for the shapes of --model." };
        var command = new Command("pack", "Packs a checkpoint for a model with external weights.") { checkpoint, model, output, prefix, verify };
        command.SetAction(result =>
        {
            var run = new PackRun(terminal, result.GetValue(model)!, result.GetValue(prefix));
            return (result.GetValue(checkpoint), result.GetValue(output), result.GetValue(verify)) switch
            {
                (null, null, { } file) => run.Verify(file),
                ({ } source, { } target, null) => run.Pack(source, target),
                ({ }, null, null) => throw new UnusableInputException("-o is missing: it names the file of weights to write."),
                _ => throw new UnusableInputException("Give CHECKPOINT and -o to pack, or --verify WEIGHTS without both; --model goes with either."),
            };
        });
        return command;
    }
}
