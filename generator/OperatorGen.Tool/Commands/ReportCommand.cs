using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using OperatorGen.Tool.Reports;

namespace OperatorGen.Tool.Commands;

/// <summary><c>report MODEL --out FILE</c>: a page about a model, and about decisions of it.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<string?> data = new("--data") { Description = "A data file, *.safetensors, with x_test: what the model does on it." };
        Option<string?> index = new("--index") { Description = "Sequences of the data file whose decisions are shown, from 0, joined by commas: 0,7,12." };
        Option<string?> image = new("--image") { Description = "A sequence is an image that is fed pixel by pixel: its width and height, as in 28x28." };
        Option<string?> study = new("--study") { Description = "A study of the model on the data that study --format json has written; one is made where it is not given." };
        Option<string?> json = new("--json") { Description = "A file for the numbers of the pictures." };
        Option<string?> pictures = new("--pictures") { Description = "A folder for the pictures as SVG files, each by its name in the JSON." };
        Option<string> output = new("--out", "-o") { Description = "The HTML file to write.", Required = true };
        var command = new Command("report", "Writes a page about a model: operator, eigenvalues, kernels, ring, readouts, study, and decisions on data.") { model, data, index, image, study, json, pictures, output };
        command.SetAction(result => new ReportRun(terminal, result.GetValue(model)!).Run(
            result.GetValue(data),
            Indices(result.GetValue(index)),
            result.GetValue(image) is { } shape ? ImageShape.Parse(shape) : null,
            result.GetValue(study),
            result.GetValue(output)!,
            result.GetValue(json),
            result.GetValue(pictures)));
        return command;
    }

    private static IReadOnlyList<int> Indices(string? text) => text is null ? [] : [.. text.Split(',').Select(part =>
        int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index
            : throw new UnusableInputException($"--index {text}: '{part}' is no number of a sequence; numbers from 0 are expected, joined by commas."))];
}
