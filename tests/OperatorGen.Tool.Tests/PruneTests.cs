using System;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

public sealed class PruneTests : IDisposable
{
    private const string Modes = """
        {"format": "operatorgen/1", "architecture": "modes", "hyper": {"discretization": "none", "gamma": 1, "n_modes": 3, "decoder": "tanh"},
         "options": {"inputRange": [-1, 1]},
         "tensors": {
           "eigenvalue": {"shape": [3, 2], "values": [0.5, 0, 0.25, 0, 0.75, 0]},
           "input": {"shape": [3, 2], "values": [1, 0, 1, 0, 1, 0]},
           "output": {"shape": [3, 2], "values": [1, 0, 0.001, 0, 2, 0]}}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_weak_mode_is_dropped_and_the_model_file_shrinks()
    {
        string model = _folder.File("m.ssm.json");
        File.WriteAllText(model, Modes);
        ToolRun run = ToolRun.Of("prune", model, "--error", "0.01", "--out", _folder.File("p.ssm.json"));
        Assert.Equal(("", ExitCode.Success), (run.Error, run.ExitCode));
        Assert.Contains("3 -> 2", run.Output, StringComparison.Ordinal);
        ModelDeclaration pruned = Read(_folder.File("p.ssm.json"));
        Assert.Equal("2", pruned.Hyper.Single(hyper => hyper.Name == "n_modes").Value);
        Assert.Equal([0.5, 0, 0.75, 0], pruned.Tensors.Single(tensor => tensor.Name == "eigenvalue").Value.Values.ToArray());
        Assert.Equal([1, 0, 2, 0], pruned.Tensors.Single(tensor => tensor.Name == "output").Value.Values.ToArray());

        // sum of 0.001 0.25^tau, through tanh with slope at most 1.
        Assert.Contains("certified change: 0.00133333 of at most 0.01, for inputs in [-1, 1] and any number of time steps", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_is_the_same_number_in_every_culture()
    {
        string model = _folder.File("m.ssm.json");
        File.WriteAllText(model, Modes);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            ToolRun run = ToolRun.Of("prune", model, "--error", "0.01", "--out", _folder.File("p.ssm.json"));
            Assert.Contains("certified change: 0.00133333 of at most 0.01,", run.Output, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_sample_at_the_end_of_the_range_is_inside()
    {
        OperatorDescription model = Operator(Read(StudyFiles.Classifier(_folder, scale: 0.1)));

        // 0.1 times 3 is no double: the range's end is what scaling makes of 3.
        var range = InputRange.Uniform(model, -0.1 * 3, 0.1 * 3);
        Assert.True(range.Holds(model, [3, 0, -3, 0.3]));
        Assert.False(range.Holds(model, [3, 0, -3.0000001, 0]));
        Assert.False(range.Holds(model, [0, 0.31]));
        Assert.Throws<ArgumentException>(() => range.Holds(model, [1, 2, 3]));
    }

    [Theory]
    [InlineData("examples/Digits/models/one-layer.ssm.json", "20", "49")]
    [InlineData("examples/Digits/models/one-layer-glu.ssm.json", "40", "20")]
    public void A_trained_model_is_pruned_within_its_certificate(string file, string error, string length)
    {
        string path = Path.Combine(RepositoryFolder.Path, file);
        string output = _folder.File("p.ssm.json");
        ToolRun run = ToolRun.Of("prune", path, "--error", error, "--range", "0", "1", "--max-length", length, "--out", output);
        Assert.Equal(("", ExitCode.Success), (run.Error, run.ExitCode));
        OperatorDescription before = Operator(Read(path));
        OperatorDescription after = Operator(Read(output));
        Assert.True(after.Layers[0].Modes <= before.Layers[0].Modes);
        int read = Enumerable.Range(0, after.Layers[0].Channels).Sum(c => after.Layers[0].Bank!.Waves(c).Count(wave => wave.Weight != Symbolics.ComplexNumber.Zero));
        Assert.InRange(read, 1, (before.Layers[0].Channels * before.Layers[0].Modes) - 1);

        // The raw input is 64 times the scaled one.
        var random = new Random(3);
        double greatest = 0;
        for (int i = 0; i < 10; i++)
        {
            double[] input = [.. Enumerable.Range(0, int.Parse(length, CultureInfo.InvariantCulture)).Select(_ => random.NextDouble() * 64)];
            greatest = Math.Max(greatest, OperatorTrace.Of(before, input).Outputs.Zip(OperatorTrace.Of(after, input).Outputs, (a, b) => Math.Abs(a - b)).Max());
        }

        Assert.InRange(greatest, 1e-9, double.Parse(error, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Channels_of_a_classifier_are_sorted_and_those_that_read_nothing_are_left_out()
    {
        // One mode of 18 channels each is far weaker than what is allowed, but for channel 0, which has none and no skip: lambda = e^(-step), weight 2 C B-bar.
        const int Channels = 34;
        string model = _folder.File("m.ssm.json");
        string output = _folder.File("p.ssm.json");
        static string Tensor(string name, int[] shape, Func<int, double> value) =>
            $"\"{name}\": {{\"shape\": [{string.Join(", ", shape)}], \"values\": [{string.Join(", ", Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => value(i).ToString(CultureInfo.InvariantCulture)))}]}}";
        string[] tensors =
        [
            Tensor("encoder.weight", [Channels, 1], c => 1 + (c / 64.0)),
            Tensor("encoder.bias", [Channels], c => c / 128.0),
            Tensor("D", [Channels], c => c == 0 ? 0 : 0.5),
            Tensor("kernel.C", [Channels, 3, 2], i => i % 2 != 0 || i / 6 == 0 ? 0 : i / 6 % 2 == 0 && i / 2 % 3 > 0 ? 1e-9 : 1),
            Tensor("kernel.log_dt", [Channels], _ => -1),
            Tensor("kernel.log_A_real", [Channels, 3], i => (i % 3) - 1),
            Tensor("kernel.A_imag", [Channels, 3], i => i % 3),
            Tensor("decoder.weight", [2, Channels], i => i % 7 / 8.0),
            Tensor("decoder.bias", [2], i => i),
        ];
        File.WriteAllText(model, $"{{\"format\": \"operatorgen/1\", \"architecture\": \"s4d-classifier\", \"hyper\": {{\"d_model\": {Channels}}}, \"tensors\": {{{string.Join(", ", tensors)}}}}}");
        ToolRun run = ToolRun.Of("prune", model, "--error", "1e-4", "--range", "-1", "1", "--max-length", "32", "--out", output);
        Assert.Equal(("", ExitCode.Success), (run.Error, run.ExitCode));
        Assert.Contains("left out: 1 channel whose", run.Output, StringComparison.Ordinal);
        ModelDeclaration pruned = Read(output);
        Assert.Equal("33", pruned.Hyper.Single(hyper => hyper.Name == "d_model").Value);

        // Odd channels keep 3 modes and come first; channel c has the encoder weight 1 + c / 64.
        Assert.Equal(
            [.. Enumerable.Range(0, 17).Select(i => (2 * i) + 1), .. Enumerable.Range(1, 16).Select(i => 2 * i)],
            pruned.Tensors.Single(tensor => tensor.Name == "encoder.weight").Value.Values.ToArray().Select(weight => (int)((weight - 1) * 64)));
        double[] input = [.. Enumerable.Range(0, 32).Select(t => Math.Sin(t))];
        Assert.All(
            OperatorTrace.Of(Operator(Read(model)), input).Outputs.Zip(OperatorTrace.Of(Operator(pruned), input).Outputs),
            pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-4));

        // Groups of 16 channels: one of 3 modes, one of 3 since channel 33 is in it, one of a single channel and mode.
        SequenceModel after = CompilerStages.Resolve(pruned, default).Value!;
        LookAheadScanStep[] scans = [.. CompilerStages.Plan(after, Precision.Single, default).Value!.Plans[0].Steps.OfType<LookAheadScanStep>()];
        Assert.Equal([(32, 3), (1, 1)], scans.Select(scan => (scan.Source.Width, scan.Modes)));
        Assert.Matches(@"operations per time step: \d+ -> \d+\nbytes of constants: +\d+ -> \d+\n", run.Output);
    }

    [Fact]
    public void An_s4_example_of_several_layers_is_pruned()
    {
        string model = _folder.File("m.ssm.json");
        string weights = Path.Combine(CheckTests.Own(CaseCopy.Pooled), "f64.safetensors");
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", weights, "--architecture", "s4-example", "--hyper", "prenorm=true", "--prefix", "w.", "-o", model).ExitCode);
        ToolRun run = ToolRun.Of("prune", model, "--error", "1e9", "--range", "-1", "1", "--max-length", "8", "--out", _folder.File("p.ssm.json"));
        Assert.Equal(("", ExitCode.Success), (run.Error, run.ExitCode));
        Assert.Equal(ExitCode.Success, ToolRun.Of("inspect", _folder.File("p.ssm.json"), "--stage", "model").ExitCode);
    }

    [Fact]
    public void Unusable_arguments_are_named()
    {
        string model = _folder.File("m.ssm.json");
        File.WriteAllText(model, Modes.Replace("[-1, 1]", "[0, 1]", StringComparison.Ordinal).Replace("\"options\": {\"inputRange\": [0, 1]},", "", StringComparison.Ordinal));
        string output = _folder.File("p.ssm.json");
        Refused("inputRange", model, "--error", "1", "--out", output);
        Refused("--range", model, "--error", "1", "--range", "1", "0", "--out", output);
        Refused("--error", model, "--error", "-1", "--range", "0", "1", "--out", output);
        File.WriteAllText(model, Modes.Replace("0.75, 0]", "1, 0]", StringComparison.Ordinal));
        Refused("|lambda| >= 1", model, "--error", "1", "--out", output);
        Assert.False(File.Exists(output));
    }

    private static void Refused(string what, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["prune", .. arguments]);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(what, run.Error, StringComparison.Ordinal);
    }

    private static ModelDeclaration Read(string path) => ModelFileReader.Read(File.ReadAllText(path), default).Value!;

    private static OperatorDescription Operator(ModelDeclaration declaration) => OperatorDescriptions.Of(CompilerStages.Resolve(declaration, default).Value!);
}
