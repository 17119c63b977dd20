using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Kernels;
using Xunit;

namespace OperatorGen.Tool.Tests;

public sealed class KernelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_kernel_of_a_model_without_encoder_is_its_impulse_response()
    {
        // 2 Re((1/2 + i/4) (1/2 + i/4)^tau + (1/4 - i/2) (-1/4 + 3i/4)^tau): 3/2, then 2 (3/16 + 5/16) = 1.
        ToolRun run = ToolRun.Of("kernels", StudyFiles.Cubic(_folder), "--length", "2", "--format", "csv");
        Assert.Equal(("lag,K_0_0\n0,1.5\n1,1\n", "", ExitCode.Success), (run.Output, run.Error, run.ExitCode));
    }

    [Fact]
    public void Through_the_encoder_it_is_the_channels_kernel_times_its_weight()
    {
        string model = StudyFiles.Classifier(_folder);
        double[] encoder = [.. ModelFileReader.Read(File.ReadAllText(model), default).Value!.Tensors.Single(tensor => tensor.Name == "encoder.weight").Value.Values];
        double[] cells = Taps(model, "--cells", "--readout", "2");
        double[] encoded = Taps(model, "--readout", "2", "--input", "1");

        // The weight times sums of two waves, in another order.
        Assert.All(cells.Zip(encoded), pair => Assert.Equal(encoder[5] * pair.First, pair.Second, 1e-15));
        Assert.Equal(20, cells.Length);
    }

    [Fact]
    public void Text_and_drawing_name_every_kernel()
    {
        string model = StudyFiles.Classifier(_folder);
        ToolRun run = ToolRun.Of("kernels", model, "--readout", "0", "2", "--input", "0", "1");
        string[] names = ["K[0,0]", "K[0,1]", "K[2,0]", "K[2,1]"];
        Assert.All(names, name => Assert.Equal(2, run.Output.Split(name).Length - 1));
        string svg = _folder.File("k.svg");
        Assert.Equal(ExitCode.Success, ToolRun.Of("kernels", model, "--readout", "0", "2", "--input", "0", "1", "--out", svg).ExitCode);
        string[] texts = [.. XDocument.Load(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.All(names, name => Assert.Contains(name, texts));
    }

    [Fact]
    public void Every_input_of_shared_modes_has_a_kernel_to_every_readout()
    {
        // lambda = 1/2, b = (1, 3), c = (2, 5): K[h, i](1) = c_h b_i / 2.
        var subject = KernelSubject.Of("m.ssm.json", SharedModel.Create(), 0, [0, 1], [0, 1], false, 2);
        Assert.Equal([1, 3, 2.5, 7.5], subject.Kernels.Select(kernel => kernel.Taps[1]));
        Assert.True(subject.OfModel);
    }

    [Fact]
    public void What_has_no_kernel_is_refused_with_the_reason()
    {
        string model = StudyFiles.Classifier(_folder);
        Refused("readout 1 hears input 1 only", model, "--cells", "--readout", "1", "--input", "2");
        Refused("--readout 3: there are 3 readouts, 0 to 2", model, "--readout", "3");
        Refused("--input 2: there are 2 inputs, 0 to 1", model, "--input", "2");
        Refused("--layer 1", model, "--layer", "1");
        Refused("ending names no format", model, "--out", "k.png");
    }

    private static double[] Taps(string model, params string[] arguments)
    {
        using JsonDocument document = JsonDocument.Parse(ToolRun.Of(["kernels", model, "--length", "20", "--format", "json", .. arguments]).Output);
        return [.. document.RootElement.GetProperty("kernels")[0].GetProperty("taps").EnumerateArray().Select(tap => tap.GetDouble())];
    }

    private static void Refused(string what, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["kernels", .. arguments]);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(what, run.Error, StringComparison.Ordinal);
    }
}

/// <summary>A small model whose channels share their modes.</summary>
internal static class SharedModel
{
    /// <summary>Two inputs, two readouts, one mode: lambda = 1/2, b = (1, 3), c = (2, 5).</summary>
    public static SequenceModel Create(Field field = Field.Real) => new(
        "test",
        2,
        EquatableArray.Of(new Layer("", 2, null, InputStage.None, Cell(field), new Decoder { Activation = DecoderFunctions.Tanh }, Residual: false, null)));

    private static SharedModes Cell(Field field)
    {
        Tensor Numbers(int[] shape, params double[] values) => field == Field.Real
            ? new Tensor(EquatableArray.Of(shape), values)
            : new Tensor(EquatableArray.Of([.. shape, 2]), [.. values.SelectMany(value => new[] { value, 0.25 * value })]);
        return new SharedModes(2, 1, 2, field, DiscretizationRule.None, Numbers([1], 0.5), new Tensor(EquatableArray.Of(1), [1.0]), Numbers([1, 2], 1, 3), Numbers([2, 1], 2, 5), Gamma: 1);
    }
}
