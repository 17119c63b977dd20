using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Models.Tests;

public class ModelFaultTests
{
    private const string Head = "{ \"format\": \"operatorgen/1\", \"architecture\": ";

    [Fact]
    public void The_texts_that_the_other_tests_spoil_are_without_fault()
    {
        Assert.Empty(Marked.FaultsOf(S4D()));
        Assert.Empty(Marked.FaultsOf(Mamba()));
        Assert.Empty(Marked.FaultsOf(Modes()));
    }

    [Fact]
    public void An_unknown_architecture_is_answered_with_the_nearest_name()
    {
        Fault fault = Marked.Expect(FaultKinds.UnknownArchitecture, Head + "⟦\"s4d-standalon\"⟧, \"tensors\": {} }");
        Assert.Contains("nearest name is 's4d-standalone'", fault.Message, StringComparison.Ordinal);
        Assert.All(ArchitectureCatalog.All, known => Assert.Contains(known.Name, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_hyperparameter_is_answered_with_the_nearest_name()
    {
        Fault fault = Marked.Expect(FaultKinds.UnknownHyperparameter, S4D(hyper: "\"d_modle\": ⟦1⟧"));
        Assert.Contains("nearest name is 'd_model'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"gamma\": 1", "'discretization'")]
    [InlineData("\"discretization\": \"zoh\"", "'gamma'")]
    public void A_missing_hyperparameter_is_named(string hyper, string missing) => Assert.Contains(
        missing,
        Marked.Expect(FaultKinds.MissingHyperparameter, Modes(hyper: hyper).Replace("\"modes\"", "⟦\"modes\"⟧", StringComparison.Ordinal)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_size_that_neither_hyperparameter_nor_tensor_tells_is_missing()
    {
        Fault[] faults = Marked.FaultsOf(Head + "\"s4d-standalone\", \"tensors\": {} }");
        Assert.Equal(["d_model", "d_state"], faults.Where(fault => fault.Kind == FaultKinds.MissingHyperparameter).Select(fault => fault.Message.Split('\'')[1]));
        Assert.Equal(7, faults.Count(fault => fault.Kind == FaultKinds.MissingTensor));
        Assert.Contains(faults, fault => fault.Message.Contains("'kernel.C' of shape [?, ?, 2] is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hyperparameter_that_is_null_is_one_that_is_not_declared() => Assert.Empty(Marked.FaultsOf(S4D(hyper: "\"d_model\": null")));

    [Theory]
    [InlineData("\"d_model\": ⟦0⟧")]
    [InlineData("\"d_model\": ⟦-1⟧")]
    [InlineData("\"d_model\": ⟦1.5⟧")]
    [InlineData("\"d_model\": ⟦1e999⟧")]
    [InlineData("\"d_model\": ⟦1048577⟧")]
    [InlineData("\"d_model\": ⟦\"1\"⟧")]
    [InlineData("\"d_state\": ⟦1⟧")]
    [InlineData("\"disc\": ⟦\"bilinear\"⟧")]
    [InlineData("\"activation\": ⟦\"gelu-tanh\"⟧")]
    [InlineData("\"eval\": ⟦false⟧")]
    public void A_hyperparameter_that_cannot_be_used_is_refused(string hyper) => Marked.Expect(FaultKinds.HyperparameterValue, S4D(hyper: hyper));

    [Theory]
    [InlineData("\"gamma\": 1, \"discretization\": ⟦\"euler\"⟧")]
    [InlineData("\"discretization\": \"zoh\", \"gamma\": ⟦1.5⟧")]
    [InlineData("\"discretization\": \"zoh\", \"gamma\": 1, \"decoder\": ⟦\"gelu\"⟧")]
    [InlineData("\"discretization\": \"zoh\", \"gamma\": 1, \"decoder\": ⟦2⟧")]
    [InlineData("\"discretization\": \"zoh\", \"gamma\": 1, \"decoder\": ⟦\"polynomial(1, x)\"⟧")]
    public void A_choice_of_modes_that_does_not_exist_is_refused(string hyper) => Marked.Expect(FaultKinds.HyperparameterValue, Modes(hyper: hyper));

    [Fact]
    public void An_unknown_decoder_is_answered_with_the_known_ones()
    {
        Fault fault = Marked.Expect(FaultKinds.HyperparameterValue, Modes(hyper: "\"discretization\": \"zoh\", \"gamma\": 1, \"decoder\": ⟦\"swish\"⟧"));
        Assert.Contains("'silu'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"layernorm_eps\": ⟦0⟧")]
    [InlineData("\"prenorm\": ⟦1⟧")]
    [InlineData("\"n_layers\": ⟦1025⟧")]
    public void A_hyperparameter_of_the_example_that_cannot_be_used_is_refused(string hyper)
    {
        ModelDeclaration sample = Samples.S4Example(new Random(1), preNorm: false, layers: 1);
        string text = ModelFileWriter.Write(sample with { Hyper = default }).Replace("\"hyper\": {}", "\"hyper\": { " + hyper + " }", StringComparison.Ordinal);
        Marked.Expect(FaultKinds.HyperparameterValue, text);
    }

    [Theory]
    [InlineData("D", "[1]")]
    [InlineData("kernel.C", "[1, 1, 2]")]
    [InlineData("kernel.log_dt", "[1]")]
    [InlineData("kernel.log_A_real", "[1, 1]")]
    [InlineData("kernel.A_imag", "[1, 1]")]
    [InlineData("output_linear.0.weight", "[2, 1, 1]")]
    [InlineData("output_linear.0.bias", "[2]")]
    public void A_missing_tensor_is_named_with_its_shape(string name, string shape)
    {
        Fault fault = Marked.Expect(FaultKinds.MissingTensor, S4D(without: name).Replace("\"s4d-standalone\"", "⟦\"s4d-standalone\"⟧", StringComparison.Ordinal));
        Assert.Contains($"'{name}' of shape {shape} is missing", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misshapen_tensor_is_named_with_both_shapes()
    {
        Fault fault = Marked.Expect(FaultKinds.MisshapenTensor, S4D(without: "kernel.A_imag", extra: "⟦\"kernel.A_imag\"⟧: { \"shape\": [1, 2], \"values\": [1, 2] }"));
        Assert.Contains("has shape [1, 2]; [1, 1] is expected", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_tensor_is_answered_with_the_nearest_name()
    {
        Fault fault = Marked.Expect(FaultKinds.UnknownTensor, S4D(extra: "⟦\"kernel.A_image\"⟧: { \"shape\": [1, 1], \"values\": [1] }"));
        Assert.Contains("nearest name is 'kernel.A_imag'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zoh", "0", "0.5", "0.5")]
    [InlineData("zoh", "0.25", "0", "0.5")]
    [InlineData("zoh", "-1", "0", "0")]
    [InlineData("zoh", "-1", "0", "-0.5")]
    [InlineData("bilinear", "1", "1", "0.5")]
    public void A_mode_that_does_not_decay_is_a_warning(string rule, string re, string im, string step)
    {
        string marked = Modes(hyper: $"\"discretization\": \"{rule}\", \"gamma\": 1", eigenvalue: $"[{re}, {im}]", step: step).Replace("\"eigenvalue\"", "⟦\"eigenvalue\"⟧", StringComparison.Ordinal);
        Fault fault = Marked.Expect(FaultKinds.UnstableMode, marked);
        Assert.Equal(FaultSeverity.Warning, fault.Kind.Severity);
        Assert.StartsWith("Mode 0 ('eigenvalue')", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "-1", true)]
    [InlineData("0.8", "0.7", true)]
    [InlineData("0.7", "0.7", false)]
    [InlineData("-0.999", "0", false)]
    [InlineData("\"alpha\"", "2", false)]
    public void Without_a_rule_the_eigenvalues_magnitude_decides(string re, string im, bool warns)
    {
        string text = Modes(hyper: "\"discretization\": \"none\", \"gamma\": 1", eigenvalue: $"[{re}, {im}]", step: null);
        Assert.Equal(warns ? ["OPG0207"] : Array.Empty<string>(), Marked.FaultsOf(text).Select(fault => fault.Kind.Id));
    }

    [Fact]
    public void An_underflow_of_the_decay_is_a_mode_that_does_not_decay() =>
        Marked.Expect(FaultKinds.UnstableMode, S4D(without: "kernel.log_A_real", extra: "⟦\"kernel.log_A_real\"⟧: { \"shape\": [1, 1], \"values\": [-800] }"));

    [Fact]
    public void Of_many_modes_that_do_not_decay_the_first_is_named_and_the_rest_counted()
    {
        ModelDeclaration sample = Samples.S4DStandalone(new Random(2), channels: 3, modes: 2);
        DeclaredTensor[] tensors = [.. sample.Tensors.Select(tensor => tensor.Name == "kernel.log_A_real"
            ? tensor with { Value = new Tensor(tensor.Value.Shape, [0, 0, 0, -900, 0, -900]) } : tensor)];
        Fault fault = Assert.Single(ArchitectureCatalog.Resolve(sample with { Tensors = new(tensors) }, default).Faults);
        Assert.StartsWith("Mode 1 of channel 1 ('kernel.log_A_real')", fault.Message, StringComparison.Ordinal);
        Assert.Contains("further modes like it: 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_must_be_as_many_as_outputs() =>
        Assert.Contains("1 output and 2 labels", Marked.Expect(FaultKinds.LabelCount, S4D(after: ", ⟦\"labels\"⟧: [\"a\", \"b\"]")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_scaling_must_have_an_entry_per_input() =>
        Assert.Contains("The input scaling has 2 numbers", Marked.Expect(FaultKinds.ScalingSize, S4D(after: ", ⟦\"input\"⟧: { \"scale\": [1, 2] }")).Message, StringComparison.Ordinal);

    [Fact]
    public void Sizes_that_contradict_each_other_are_refused()
    {
        Marked.Expect(FaultKinds.InconsistentSizes, Mamba(hyper: "\"expand\": ⟦2⟧"));
        Marked.Expect(FaultKinds.InconsistentSizes, Modes(hyper: "\"discretization\": \"none\", \"gamma\": 1", eigenvalue: "[0.5, 0]").Replace("\"step\"", "⟦\"step\"⟧", StringComparison.Ordinal));
    }

    [Fact]
    public void A_symbol_in_an_architecture_that_needs_numbers_is_refused()
    {
        Fault fault = Marked.Expect(FaultKinds.SymbolNotAllowed, S4D(without: "kernel.C", extra: "⟦\"kernel.C\"⟧: { \"shape\": [1, 1, 2], \"values\": [1, \"gamma\"] }"));
        Assert.Contains("Element [0, 0, 1] of tensor 'kernel.C' is the symbol 'gamma'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kernel.log_dt", "[1]")]
    [InlineData("kernel.log_A_real", "[1, 1]")]
    public void A_parameter_beyond_the_range_of_a_double_is_refused(string name, string shape) =>
        Marked.Expect(FaultKinds.ParameterOverflow, S4D(without: name, extra: $"⟦\"{name}\"⟧: {{ \"shape\": {shape}, \"values\": [800] }}"));

    [Fact]
    public void The_pole_of_the_bilinear_rule_is_refused()
    {
        string text = Modes(hyper: "\"discretization\": \"bilinear\", \"gamma\": 1", eigenvalue: "[4, 0]", step: "0.5");
        Assert.Equal(["OPG0207", "OPG0212"], Marked.FaultsOf(text).Select(fault => fault.Kind.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("true", "in_proj.bias")]
    [InlineData("true", "out_proj.bias")]
    public void A_declared_bias_must_be_there(string bias, string missing) =>
        Assert.Contains(Marked.FaultsOf(Mamba(hyper: "\"bias\": " + bias)), fault => fault.Kind == FaultKinds.MissingTensor && fault.Message.Contains(missing, StringComparison.Ordinal));

    [Fact]
    public void A_bias_that_was_declared_absent_is_unknown() =>
        Marked.Expect(FaultKinds.UnknownTensor, Mamba(hyper: "\"conv_bias\": false").Replace("\"conv1d.bias\"", "⟦\"conv1d.bias\"⟧", StringComparison.Ordinal));

    private static string S4D(string hyper = "\"d_model\": 1", string? without = null, string? extra = null, string after = "")
    {
        (string Name, string Value)[] tensors =
        [
            ("D", "{ \"shape\": [1], \"values\": [0.5] }"),
            ("kernel.C", "{ \"shape\": [1, 1, 2], \"values\": [1, 0.25] }"),
            ("kernel.log_dt", "{ \"shape\": [1], \"values\": [-2] }"),
            ("kernel.log_A_real", "{ \"shape\": [1, 1], \"values\": [-0.5] }"),
            ("kernel.A_imag", "{ \"shape\": [1, 1], \"values\": [3] }"),
            ("output_linear.0.weight", "{ \"shape\": [2, 1, 1], \"values\": [1, 2] }"),
            ("output_linear.0.bias", "{ \"shape\": [2], \"values\": [0, 0.5] }"),
        ];
        return Head + "\"s4d-standalone\", \"hyper\": { " + hyper + " }, \"tensors\": {\n" + Join(tensors, without, extra) + "}" + after + " }";
    }

    private static string Mamba(string hyper = "\"d_model\": 1")
    {
        (string Name, string Value)[] tensors =
        [
            ("in_proj.weight", "{ \"shape\": [2, 1], \"values\": [1, 2] }"),
            ("conv1d.weight", "{ \"shape\": [1, 1, 2], \"values\": [1, 2] }"),
            ("conv1d.bias", "{ \"shape\": [1], \"values\": [1] }"),
            ("x_proj.weight", "{ \"shape\": [3, 1], \"values\": [1, 2, 3] }"),
            ("dt_proj.weight", "{ \"shape\": [1, 1], \"values\": [1] }"),
            ("dt_proj.bias", "{ \"shape\": [1], \"values\": [1] }"),
            ("A_log", "{ \"shape\": [1, 1], \"values\": [0] }"),
            ("D", "{ \"shape\": [1], \"values\": [1] }"),
            ("out_proj.weight", "{ \"shape\": [1, 1], \"values\": [1] }"),
        ];
        return Head + "\"mamba1-block\", \"hyper\": { " + hyper + " }, \"tensors\": {\n" + Join(tensors, null, null) + "} }";
    }

    private static string Modes(string hyper = "\"discretization\": \"zoh\", \"gamma\": 1", string eigenvalue = "[-0.5, 1]", string? step = "0.1")
    {
        (string Name, string Value)[] tensors =
        [
            ("eigenvalue", $"{{ \"shape\": [1, 2], \"values\": {eigenvalue} }}"),
            ("input", "{ \"shape\": [1, 2], \"values\": [1, 0] }"),
            ("output", "{ \"shape\": [1, 2], \"values\": [1, 0] }"),
            ("step", $"{{ \"shape\": [1], \"values\": [{step}] }}"),
        ];
        return Head + "\"modes\", \"hyper\": { " + hyper + " }, \"tensors\": {\n" + Join(tensors, step is null ? "step" : null, null) + "} }";
    }

    private static string Join((string Name, string Value)[] tensors, string? without, string? extra) => string.Join(
        ",\n", tensors.Where(tensor => tensor.Name != without).Select(tensor => $"\"{tensor.Name}\": {tensor.Value}").Concat(extra is null ? Array.Empty<string>() : [extra]));
}
