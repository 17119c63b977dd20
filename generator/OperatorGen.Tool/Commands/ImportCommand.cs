using System.CommandLine;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Import;

namespace OperatorGen.Tool.Commands;

/// <summary><c>import CHECKPOINT.safetensors</c>: a checkpoint with upstream's names becomes a model file.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var checkpoint = new Argument<string>("CHECKPOINT") { Description = "The safetensors file; with --external also the index of one in several files, or a folder with one of both and a config.json." };
        Option<string> architecture = new("--architecture")
        {
            Description = "The architecture: " + string.Join(", ", ArchitectureCatalog.All.Select(known => known.Name)) + ".",
            Required = true,
        };
        Option<string[]> hyper = Texts("--hyper", "Hyperparameters by upstream name, k=v: numbers, true, false, null, else strings.");
        Option<string?> hyperFile = new("--hyper-file") { Description = "A JSON file with an object of hyperparameters; --hyper counts more." };
        Option<string> prefix = new("--prefix")
        {
            Description = "What comes before upstream's names in the checkpoint, for example 'model.'. Other tensors are left out.",
            DefaultValueFactory = _ => "",
        };
        Option<string[]> labels = Texts("--labels", "The names of the outputs, in order.");
        Option<NumberList?> scale = NumberOption.List("--scale", "Factors of the raw input, one for all channels or one each; 1 where it is not given.");
        Option<NumberList?> offset = NumberOption.List("--offset", "What is added after scaling, one for all channels or one each; 0 where it is not given.");
        Option<NumberList?> range = NumberOption.Range("--input-range", "Low and high of every channel of the scaled input, which bounds need.");
        Option<int?> length = IntegerOption.Create("--max-length", "The greatest number of time steps, which bounds need where a mode does not decay.", 1);
        Option<string?> expansion = new("--expansion") { Description = "taylor, chebyshev, measure or exact; taylor where it is not given." };
        expansion.AcceptWords([.. OptionNames.Expansions.All]);
        Option<int?> order = IntegerOption.Create("--order", "The order of the decoder's expansion.", 1);
        Option<double?> centre = NumberOption.Create("--centre", "The point of a Taylor expansion; 0 where it is not given.");
        Option<string?> precision = new("--precision") { Description = "single, double or both; single where it is not given." };
        precision.AcceptWords([.. OptionNames.Precisions.All]);
        Option<bool> external = new("--external") { Description = "Writes shapes instead of numbers: the weights come from a file at run time, which operatorgen pack makes." };
        Option<string> output = new("--output", "-o") { Description = "The model file to write, MODEL.ssm.json.", Required = true };
        output.Aliases.Add("--out");
        var command = new Command("import", "Makes a model file of a checkpoint.")
        {
            checkpoint, architecture, hyper, hyperFile, prefix, labels, scale, offset, range, length, expansion, order, centre, precision, external, output,
        };
        command.SetAction(result => new ImportRun(terminal, new ImportOptions(
            result.GetValue(checkpoint)!,
            result.GetValue(output)!,
            result.GetValue(architecture)!,
            result.GetValue(hyper)!,
            result.GetValue(hyperFile),
            result.GetValue(prefix)!,
            result.GetValue(labels)!,
            result.GetValue(scale)?.Values,
            result.GetValue(offset)?.Values,
            new ModelOptions(result.GetValue(order), result.GetValue(range)?.Values[0], result.GetValue(range)?.Values[1], OptionNames.Precisions.Find(result.GetValue(precision)))
            {
                Expansion = OptionNames.Expansions.Find(result.GetValue(expansion)),
                Centre = result.GetValue(centre),
                MaxLength = result.GetValue(length),
            })
        { IsExternal = result.GetValue(external) }).Run());
        return command;
    }

    private static Option<string[]> Texts(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
}
