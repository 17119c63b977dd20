using System;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>Stacks: what layers become of the parts that all models have, and what is refused.</summary>
public sealed class StackTests
{
    private const string Layer = "\"layers.0.eigenvalue\": { \"shape\": [2], \"values\": [0.5, 0] }, \"layers.0.input\": { \"shape\": [2, 1], \"values\": [1, 2] }, \"layers.0.output\": { \"shape\": [1, 2], \"values\": [3, 4] }";

    [Fact]
    public void Modes_of_a_plain_layer_are_as_they_are_declared()
    {
        SequenceModel model = Resolve(Text("", Layer));
        Layer layer = Assert.Single(model.Layers);
        Assert.Equal(InputStage.None, layer.Input);
        SharedModes cell = Assert.IsType<SharedModes>(layer.Cell);
        Assert.Equal((1, 2, 1, Field.Real, DiscretizationRule.None, 1.0), (cell.Inputs, cell.Modes, cell.Outputs, cell.Field, cell.Rule, cell.Gamma));
        Assert.Equal([0.5, 0, 1, 2, 3, 4], [.. cell.A.Values, .. cell.B.Values, .. cell.C.Values]);
        Assert.Equal((DecoderFunctions.Identity, null, false), (layer.Decoder.Activation, layer.Decoder.Mixing, layer.Residual));
        Assert.Equal((Pooling.None, null, null), (model.Pooling, model.Encoder, model.Head));
    }

    [Fact]
    public void D_and_the_bias_are_modes_with_eigenvalue_0()
    {
        const string More = ", \"layers.0.skip\": { \"shape\": [1, 1], \"values\": [5] }, \"layers.0.linear1.weight\": { \"shape\": [2, 1], \"values\": [10, 100] }, \"layers.0.linear1.bias\": { \"shape\": [2], \"values\": [7, 8] }";
        Layer layer = Resolve(Text("\"read\": \"before\", \"gamma\": 2", Layer + More)).Layers[0];
        var cell = (SharedModes)layer.Cell;
        Assert.Equal([0.5, 0, 0, 0], cell.A.Values.ToArray());

        // v = (x a step before, x, 1).
        Assert.Equal([1, 1, 0, 0, 0, 1], [.. layer.Input.Projection!.Weight.Values, .. layer.Input.Projection.Bias!.Values]);
        Assert.Equal([1, 0, 0, 1, 0, 1], layer.Input.Convolution!.Weight.Values.ToArray());
        Assert.Equal([1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1], cell.B.Values.ToArray());

        // W_1 (C, D) and b_1, D and b_1 without gamma.
        Assert.Equal([30, 40, 25, 3.5, 300, 400, 250, 4], cell.C.Values.ToArray());
    }

    [Fact]
    public void Settings_of_a_layer_come_before_those_of_all()
    {
        string second = Layer.Replace("layers.0", "layers.1", StringComparison.Ordinal);
        SequenceModel model = Resolve(Text("\"decoder\": \"relu\", \"layers\": { \"1\": { \"decoder\": \"exp\", \"read\": \"before\", \"residual\": true } }", Layer + ", " + second));
        Assert.Equal(["relu", "exp"], model.Layers.Select(layer => layer.Decoder.Activation.Name));
        Assert.Equal([false, true], model.Layers.Select(layer => layer.Residual));
        Assert.Equal([true, false], model.Layers.Select(layer => layer.Input.Convolution is null));
    }

    [Fact]
    public void What_every_layer_says_is_not_assumed()
    {
        StageResult<SequenceModel> all = ArchitectureCatalog.Resolve(ModelFileReader.Read(Text("\"layers.0.read\": \"before\", \"layers.0.decoder\": \"relu\"", Layer), default).Value!, default);
        Assert.Equal(["gamma", "residual", "pooling"], all.Assumed.Select(assumed => assumed.Name));
    }

    [Fact]
    public void Modes_of_modulus_1_are_no_fault_where_a_greatest_length_is_declared()
    {
        string growing = Layer.Replace("[0.5, 0]", "[-1, 0]", StringComparison.Ordinal);
        Assert.Equal(["OPG0207"], Marked.FaultsOf(Text("", growing)).Select(fault => fault.Kind.Id));
        Assert.Empty(Marked.FaultsOf(Text("", growing, "\"maxLength\": 50")));

        // e^(i pi / 16), of which the parts are rounded; and a mode that does grow.
        string turning = Layer.Replace("\"shape\": [2], \"values\": [0.5, 0]", "\"shape\": [2, 2], \"values\": [0.9807852804032304, 0.19509032201612825, 0, 0]", StringComparison.Ordinal);
        Assert.Empty(Marked.FaultsOf(Text("", turning, "\"maxLength\": 50")));
        Fault grows = Assert.Single(Marked.FaultsOf(Text("", growing.Replace("[-1, 0]", "[1.0000000001, 0]", StringComparison.Ordinal), "\"maxLength\": 50")));
        Assert.Equal("OPG0207", grows.Kind.Id);
        Assert.Contains("grows (|lambda| > 1): its eigenvalue has magnitude 1.0000000001.", grows.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"residual\": true", ", \"layers.0.linear2.weight\": { \"shape\": [2, 1], \"values\": [1, 1] }", "Layer 0 has 1 input and 2 outputs")]
    [InlineData("", ", \"layers.0.linear2.bias\": { \"shape\": [1], \"values\": [1] }", "'layers.0.linear2.bias' has no 'layers.0.linear2.weight'")]
    [InlineData("", ", \"encoder.bias\": { \"shape\": [1], \"values\": [1] }", "'encoder.bias' has no 'encoder.weight'")]
    [InlineData("", ", \"embedding.weight\": { \"shape\": [3, 1], \"values\": [1, 1, 1] }", "'embedding.weight' has 3 rows, but the model has 1 output")]
    [InlineData("\"pooling\": \"mean\"", ", \"embedding.weight\": { \"shape\": [1, 1], \"values\": [1] }", "'pooling' is 'mean', but a model of tokens")]
    [InlineData("", ", \"embedding.weight\": { \"shape\": [1, 1], \"values\": [1] }, \"encoder.weight\": { \"shape\": [1, 1], \"values\": [1] }", "'embedding.weight' and 'encoder.weight' are both there")]
    [InlineData("\"decoder\": \"swish\"", "", "'exp', or 'polynomial(c0, c1, ...)'")]
    [InlineData("\"layers.0.read\": \"during\"", "", "one of 'after', 'before'")]
    [InlineData("\"gamma\": 3", "", "1, or 2 where every mode is one of a conjugate pair")]
    [InlineData("\"layers.1.decoder\": \"relu\"", "", "layers.1.decoder")]
    [InlineData("", ", \"layers.2.eigenvalue\": { \"shape\": [1], \"values\": [0] }", "There is 'layers.2.eigenvalue', but no 'layers.1.eigenvalue'")]
    [InlineData("\"decoder\": \"polynomial(0, 1e400)\"", "", "in the range of a double")]
    [InlineData("\"layers\": { \"0\": { \"decoder\": \"relu\" } }, \"layers.0.decoder\": \"tanh\"", "", "'layers.0.decoder' appears twice")]
    [InlineData("", ", \"layers.2.skip\": { \"shape\": [1, 1], \"values\": [1] }", "layers.2.skip")]
    [InlineData("", ", \"layers.0.skip\": { \"shape\": [1], \"values\": [1] }", "'layers.0.skip'")]
    public void What_does_not_fit_is_refused(string hyper, string tensors, string expected)
    {
        Fault fault = Assert.Single(Marked.FaultsOf(Text(hyper, Layer + tensors)), fault => fault.Kind.Severity == FaultSeverity.Error);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(", \"embedding.weight\": { \"shape\": [5, 1], \"values\": [1, 1, 1, 1, 1] }, \"head.weight\": { \"shape\": [5, 2], \"values\": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }", "'head.weight'")]
    [InlineData(", \"layers.0.linear2.weight\": { \"shape\": [3, 2], \"values\": [1, 1, 1, 1, 1, 1] }, \"layers.1.eigenvalue\": { \"shape\": [1], \"values\": [0] }, \"layers.1.input\": { \"shape\": [1, 3], \"values\": [1, 1, 1] }, \"layers.1.output\": { \"shape\": [1, 1], \"values\": [1] }", "'layers.0.linear2.weight'")]
    [InlineData(", \"layers.0.linear1.weight\": { \"shape\": [3, 2], \"values\": [1, 1, 1, 1, 1, 1] }, \"layers.0.linear2.weight\": { \"shape\": [2, 3], \"values\": [1, 1, 1, 1, 1, 1] }", "'layers.0.linear1.weight'")]
    public void A_misshapen_tensor_is_the_one_fault(string tensors, string named)
    {
        Fault fault = Assert.Single(Marked.FaultsOf(Text("", Layer + tensors)));
        Assert.Equal(FaultKinds.MisshapenTensor, fault.Kind);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_tensors_that_ask_for_large_ones_are_refused()
    {
        const int Width = 33_000;
        DeclaredTensor Tensor(string name, params int[] shape) => new("layers.0." + name, new Tensor(new EquatableArray<int>(shape), new double[OperatorGen.Models.Tensor.Volume(shape)]), null);
        var declaration = new ModelDeclaration("stack", EquatableArray<HyperParameter>.Empty, EquatableArray.Of(Tensor("eigenvalue", 1), Tensor("input", 1, Width), Tensor("output", 1, 1), Tensor("skip", 1, Width)));
        Fault fault = Assert.Single(ArchitectureCatalog.Resolve(declaration, default).Faults);
        Assert.Equal(FaultKinds.InconsistentSizes, fault.Kind);
        Assert.Contains("with those of D and b_1' (33001)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eigenvalue")]
    [InlineData("input")]
    [InlineData("output")]
    public void A_missing_tensor_is_named(string name)
    {
        string without = Regex.Replace(Layer, $"\"layers.0.{name}\": {{[^}}]*}}(, )?", "").TrimEnd(' ', ',');
        Assert.Contains(Marked.FaultsOf(Text("", without)), fault => fault.Kind == FaultKinds.MissingTensor && fault.Message.Contains($"'layers.0.{name}'", StringComparison.Ordinal));
    }

    [Fact]
    public void Modes_that_the_file_does_not_list_keep_others_from_being_taken_out()
    {
        IArchitecture stack = ArchitectureCatalog.Find("stack")!;
        Assert.Equal(6, stack.ModesOf(StackSamples.All.First().Declare(1)).Tensors.Count);
        Assert.Contains("'layers.0.skip' is computed as modes", stack.ModesOf(StackSamples.All.ElementAt(4).Declare(1)).Obstacle, StringComparison.Ordinal);
        Assert.Contains("'layers.0.linear1.bias'", stack.ModesOf(StackSamples.All.ElementAt(5).Declare(1)).Obstacle, StringComparison.Ordinal);
    }

    private static string Text(string hyper, string tensors, string options = "") =>
        $"{{ \"format\": \"operatorgen/1\", \"architecture\": \"stack\", \"hyper\": {{ {hyper} }}, \"options\": {{ {options} }}, \"tensors\": {{ {tensors} }} }}";

    private static SequenceModel Resolve(string text)
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(ModelFileReader.Read(text, default).Value!, default);
        Assert.Empty(result.Faults.Select(fault => fault.Message));
        return result.Value!;
    }
}
