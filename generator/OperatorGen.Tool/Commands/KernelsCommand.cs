using System.CommandLine;
using OperatorGen.Tool.Inspection;
using OperatorGen.Tool.Kernels;

namespace OperatorGen.Tool.Commands;

/// <summary><c>kernels MODEL</c>: how a layer's readouts answer to one input, lag by lag.</summary>
internal static class KernelsCommand
{
    private const int DefaultLength = 32;

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<int?> layer = IntegerOption.Create("--layer", "The layer, from 0; 0 where it is not given.");
        Option<int[]> readout = new("--readout") { Description = "The readouts, from 0; 0 where none is given.", AllowMultipleArgumentsPerToken = true };
        Option<int[]> input = new("--input") { Description = "The inputs, from 0; 0 where none is given, or the one that the readout's channel hears.", AllowMultipleArgumentsPerToken = true };
        Option<bool> cells = new("--cells") { Description = "Inputs are those of the layer's cells, not those of the model through the encoder; always so behind a norm or another layer." };
        Option<int?> length = IntegerOption.Create("--length", $"How many lags, on each side where modes run backward in time; {DefaultLength} where it is not given.", 1);
        Option<string?> format = OutputSink.FormatOption();
        Option<string?> output = OutputSink.PathOption();
        var command = new Command("kernels", "Shows the kernels K[readout, input](lag) of a layer, and through the encoder.") { model, layer, readout, input, cells, length, format, output };
        command.SetAction(result =>
        {
            var sink = OutputSink.Of(result.GetValue(format), result.GetValue(output));
            string path = result.GetValue(model)!;
            if (ModelSource.Load(terminal, path) is not { } resolved)
            {
                return ExitCode.Failure;
            }

            var subject = KernelSubject.Of(
                path,
                resolved,
                result.GetValue(layer) ?? 0,
                result.GetValue(readout) ?? [],
                result.GetValue(input) ?? [],
                result.GetValue(cells),
                result.GetValue(length) ?? DefaultLength);
            sink.Write(terminal, text => KernelFormats.Write(text, subject), named => KernelFormats.Render(named, subject), $"{subject.Kernels.Count} kernels of layer {subject.Layer}");
            return ExitCode.Success;
        });
        return command;
    }
}
