using System.CommandLine;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Predictions;

namespace OperatorGen.Tool.Commands;

/// <summary><c>predict MODEL --data FILE</c>: the outputs of the generated code, and how far they are from those that were saved elsewhere.</summary>
internal static class PredictCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<string> data = new("--data") { Description = "The data file, safetensors with x_test.", Required = true };
        Option<string> split = new("--split") { Description = "test or train.", DefaultValueFactory = _ => "test" };
        split.AcceptWords("test", "train");
        Option<string?> output = new("--out", "-o") { Description = "The file to write, *.csv or *.safetensors; CSV on the standard output where neither --out nor --compare is given." };
        Option<string?> compare = new("--compare") { Description = "A safetensors file with the expected outputs as out_test (or out_train); the data file itself may hold them." };
        Option<double?> tolerance = NumberOption.Create("--tolerance", $"The greatest difference, relative to max|expected|; {NumberText.Format(Tolerances.Double)} where code and expected numbers are double, else {NumberText.Format(Tolerances.Single)}, where it is not given.");
        Option<string> engine = new("--engine") { Description = "What computes: generated (the C# of the model, compiled in memory) or reference.", DefaultValueFactory = _ => "generated" };
        engine.AcceptWords("generated", "reference");
        Option<string?> weights = new("--weights") { Description = "The packed file of weights, for a model file of shapes." };
        var command = new Command("predict", "Computes a model's outputs and compares them with outputs that were saved elsewhere.") { model, data, split, output, compare, tolerance, engine, weights };
        command.SetAction(result => new PredictRun(
            terminal,
            result.GetValue(model)!,
            result.GetValue(split)!,
            result.GetValue(engine) == "reference" ? EngineKind.Reference : EngineKind.Generated,
            result.GetValue(tolerance))
        { WeightsPath = result.GetValue(weights) }.Run(result.GetValue(data)!, result.GetValue(output), result.GetValue(compare)));
        return command;
    }
}
