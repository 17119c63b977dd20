using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>What the selective architectures refuse, with the place of it.</summary>
public sealed class SelectiveFaultTests
{
    [Theory]
    [InlineData("gla", "\"H\": 2, \"K\": 3", "'V'")]
    [InlineData("gla", "\"H\": 2, \"K\": 3, \"V\": null", "'V'")]
    [InlineData("retnet", "\"H\": 2", "'D'")]
    [InlineData("hgrn", "\"L\": 4", "'D'")]
    [InlineData("mamba2-ssd", "\"heads\": 2, \"headdim\": 3", "'dstate'")]
    [InlineData("gateloop-operator", "\"B\": 2", "'d'")]
    public void A_size_that_no_tensor_tells_must_be_declared(string architecture, string hyper, string missing)
    {
        Fault fault = Marked.Expect(FaultKinds.MissingHyperparameter, Text($"⟦\"{architecture}\"⟧", hyper));
        Assert.Contains(missing, fault.Message, StringComparison.Ordinal);
        Assert.Contains("no tensor tells it", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gla", "\"H\": 2, \"K\": 3, \"V\": 1, \"scale\": ⟦0⟧")]
    [InlineData("gla", "\"H\": 2, \"K\": 3, \"V\": 1, \"scale\": ⟦\"K**0.5\"⟧")]
    [InlineData("gla", "\"H\": 2, \"K\": 3, \"V\": ⟦0⟧")]
    [InlineData("gla", "\"H\": 2, \"K\": 3, \"V\": ⟦[⟧1, 2]")]
    [InlineData("retnet", "\"H\": 2, \"D\": 3, \"decay\": ⟦\"0.5\"⟧")]
    [InlineData("hgrn", "\"D\": 3, \"eval\": ⟦false⟧")]
    public void A_value_that_cannot_be_used_is_refused_at_its_place(string architecture, string hyper) =>
        Marked.Expect(FaultKinds.HyperparameterValue, Text($"\"{architecture}\"", hyper));

    [Theory]
    [InlineData("gla", "\"H\": ⟦1048576⟧, \"K\": 1048576, \"V\": 1")]
    [InlineData("retnet", "\"H\": ⟦1⟧, \"D\": 8192")]
    [InlineData("mamba2-ssd", "\"heads\": ⟦1⟧, \"headdim\": 65536, \"dstate\": 257")]
    [InlineData("gateloop-operator", "\"d\": ⟦4097⟧")]
    public void Sizes_whose_product_is_too_large_are_refused(string architecture, string hyper)
    {
        string marked = Text($"\"{architecture}\"", hyper);
        Fault[] faults = Marked.FaultsOf(Marked.Parse(marked).Text);
        Assert.All(faults, fault => Assert.Equal((FaultKinds.InconsistentSizes, Marked.Parse(marked).Place), (fault.Kind, fault.Place)));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void An_unknown_hyperparameter_is_answered_with_the_nearest_name() => Assert.Contains(
        "nearest name is 'scale'",
        Marked.Expect(FaultKinds.UnknownHyperparameter, Text("\"gla\"", "\"H\": 2, \"K\": 3, \"V\": 1, \"scal\": ⟦1⟧")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("gla", "\"H\": 2, \"K\": 3, \"V\": 1, \"D\": ⟦3⟧")] // B, one edit away, is ignored
    [InlineData("gla", "\"H\": 2, \"K\": 3, \"V\": 1, \"Q\": ⟦3⟧")] // of H nothing is left
    [InlineData("gla", "\"H\": 2, \"K\": 3, \"V\": 1, \"batc\": ⟦3⟧")] // batch is ignored
    [InlineData("hgrn", "\"D\": 3, \"L2\": ⟦3⟧")]
    public void An_unknown_hyperparameter_without_a_near_name_that_is_read_has_no_suggestion(string architecture, string hyper) => Assert.DoesNotContain(
        "nearest",
        Marked.Expect(FaultKinds.UnknownHyperparameter, Text($"\"{architecture}\"", hyper)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_name_that_differs_in_capital_letters_is_near() => Assert.Contains(
        "nearest name is 'K'",
        Marked.Expect(FaultKinds.UnknownHyperparameter, Text("\"gla\"", "\"H\": 2, \"K\": 3, \"V\": 1, \"k\": ⟦1⟧")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_unknown_tensor_of_one_letter_has_no_suggestion()
    {
        ModelDeclaration sample = SelectiveSamples.Rwkv6(new Random(1));
        Fault fault = Assert.Single(Marked.FaultsOf(ModelFileWriter.Write(sample with { Tensors = new([.. sample.Tensors, Samples.Random(new Random(1), "w", 1)]) })));
        Assert.Equal("'rwkv6' has no tensor 'w'. Correct or remove it.", fault.Message);
    }

    [Fact]
    public void V_of_Rwkv6_must_be_declared_though_u_tells_the_other_sizes()
    {
        ModelDeclaration sample = SelectiveSamples.Rwkv6(new Random(1)) with { Hyper = EquatableArray<HyperParameter>.Empty };
        Assert.Empty(FaultsWith(sample, "\"V\": 4"));
        Assert.Equal("The hyperparameter 'V' is missing. Declare it: no tensor tells it.", Assert.Single(FaultsWith(sample, "\"H\": 2")).Message);
    }

    [Theory]
    [InlineData(true, false, "'complex' is false, but 'A' is complex: its shape is [4, 3, 2]")]
    [InlineData(false, true, "'complex' is true, but 'A' is real: its shape is [4, 3]")]
    public void A_scan_is_complex_as_its_A_is_and_a_declaration_against_it_is_the_only_fault(bool found, bool declared, string message)
    {
        ModelDeclaration sample = SelectiveSamples.Scan(new Random(1), varies: !found);
        HyperParameter[] hyper = [.. sample.Hyper.Where(each => each.Name is not ("complex" or "dim" or "dstate"))];
        string text = ModelFileWriter.Write(sample with { Hyper = new(hyper) }).Replace("\"hyper\": {", "\"hyper\": { \"complex\": ⟦" + (declared ? "true" : "false") + "⟧,", StringComparison.Ordinal);
        Assert.StartsWith(message, Marked.Expect(FaultKinds.InconsistentSizes, text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_a_misshapen_tensor_does_not_tell_is_asked_for_with_that_tensor()
    {
        ModelDeclaration sample = SelectiveSamples.Scan(new Random(1));
        ModelDeclaration flat = sample with { Tensors = EquatableArray.Of(Samples.Random(new Random(1), "A", 12)), Hyper = EquatableArray<HyperParameter>.Empty };
        Assert.Contains(
            FaultsWith(flat, "\"dim\": 4"), fault => fault.Message == "The hyperparameter 'dstate' is missing. Declare it, or correct the tensor 'A': its shape [12] does not tell it.");
    }

    [Theory]
    [InlineData("\"ngroups\": ⟦3⟧, ", "ngroups must divide nheads")]
    [InlineData("\"ngroups\": 2, \"d_ssm\": ⟦8⟧, ", "the recurrence is a part of d_inner")]
    [InlineData("\"ngroups\": 2, \"expand\": ⟦3⟧, \"d_inner\": 8, ", "'expand' is 3 and d_model 3, but d_inner is 8")]
    public void Sizes_that_contradict_each_other_are_the_only_fault(string hyper, string message)
    {
        ModelDeclaration sample = SelectiveSamples.Mamba2(new Random(1)) with { Hyper = EquatableArray<HyperParameter>.Empty };
        string text = ModelFileWriter.Write(sample).Replace("\"hyper\": {}", "\"hyper\": { " + hyper + "\"bias\": true }", StringComparison.Ordinal);
        Assert.Contains(message, Marked.Expect(FaultKinds.InconsistentSizes, text).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"(0, 1\"")]
    [InlineData("\"0, 1)\"")]
    [InlineData("\"(0, 1]\"")]
    [InlineData("\"((0, 1))\"")]
    [InlineData("\"(0, infinite)\"")]
    [InlineData("\"\"")]
    [InlineData("[0, 1, 2]")]
    public void Limits_that_are_no_pair_are_refused_with_how_to_write_them(string limits)
    {
        ModelDeclaration sample = SelectiveSamples.Mamba2(new Random(1)) with { Hyper = EquatableArray<HyperParameter>.Empty };
        Fault fault = Assert.Single(FaultsWith(sample, "\"ngroups\": 2, \"dt_limit\": " + limits));
        Assert.Equal(FaultKinds.HyperparameterValue, fault.Kind);
        Assert.Contains("or a text of it such as '(0.0, inf)', is expected", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0, ⟦Infinity]⟧")]
    [InlineData("[0, -⟦Infinity]⟧")]
    [InlineData("[0, ⟦NaN]⟧")]
    [InlineData("⟦[0, \"inf\"]⟧")]
    public void An_infinite_limit_that_JSON_cannot_hold_is_answered_with_how_to_write_it(string limits)
    {
        string marked = Text("\"mamba2-block\"", "\"dt_limit\": " + limits);
        Marked expected = Marked.Parse(marked);
        Fault fault = Assert.Single(Marked.FaultsOf(expected.Text));
        Assert.Equal((expected.Place.Line, expected.Place.Column), (fault.Place!.Line, fault.Place.Column));
        Assert.Contains("limits with an infinite end are a string such as \"(0.0, inf)\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_has_no_tensors() => Marked.Expect(
        FaultKinds.UnknownTensor,
        Text("\"gla\"", "\"H\": 2, \"K\": 3, \"V\": 1").Replace("{} }", "{ ⟦\"q\"⟧: { \"shape\": [1], \"values\": [1] } } }", StringComparison.Ordinal));

    [Fact]
    public void A_positive_eigenvalue_of_the_scan_is_a_warning()
    {
        string marked = Text("\"mamba1-selective-scan\"", "\"varB\": true").Replace("{} }", "{ ⟦\"A\"⟧: { \"shape\": [2, 1], \"values\": [-1, 0.5] } } }", StringComparison.Ordinal);
        Fault fault = Marked.Expect(FaultKinds.UnstableMode, marked);
        Assert.StartsWith("Mode 0 of channel 1 ('A')", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"groups\": 3", "groups must divide dim")]
    [InlineData("\"varB\": false", "'B' of shape [4, 3] is missing")]
    [InlineData("\"dim\": 5", "'A' has shape [4, 3]; [5, 3]")]
    public void Declarations_of_the_scan_must_agree(string hyper, string message)
    {
        ModelDeclaration sample = SelectiveSamples.Scan(new Random(1));
        Assert.Contains(FaultsWith(sample with { Hyper = EquatableArray<HyperParameter>.Empty }, hyper), fault => fault.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"headdim\": 3", "'headdim' is 3 and nheads 2, but d_ssm is 4")]
    [InlineData("\"ngroups\": 3", "ngroups must divide nheads")]
    [InlineData("\"expand\": 3", "'expand' is 3 and d_model 3, but d_inner is 6")]
    [InlineData("\"d_ssm\": 8", "the recurrence is a part of d_inner")]
    [InlineData("\"ngroups\": 1", "'norm.weight'", false)]
    [InlineData("\"dt_limit\": [0.5, 0.5]", "'dt_limit' is [0.5, 0.5]; a pair of different numbers")]
    [InlineData("\"dt_limit\": \"(0.5)\"", "'dt_limit' is '(0.5)'")]
    [InlineData("\"activation\": \"gelu\"", "'activation' is 'gelu'")]
    [InlineData("\"learnable_init_states\": true", "'learnable_init_states' is true")]
    [InlineData("\"D_has_hdim\": true", "'D' has shape [2]; [4]")]
    [InlineData("\"rmsnorm\": false", "has no tensor 'norm.weight'")]
    [InlineData("\"bias\": false", "has no tensor 'in_proj.bias'")]
    public void Declarations_of_Mamba_2_must_agree(string hyper, string message, bool refused = true)
    {
        ModelDeclaration sample = SelectiveSamples.Mamba2(new Random(1));
        string others = hyper.Contains("ngroups", StringComparison.Ordinal) ? "" : ", \"ngroups\": 2";
        Assert.Equal(refused, Array.Exists(FaultsWith(sample with { Hyper = EquatableArray<HyperParameter>.Empty }, hyper + others), fault => fault.Message.Contains(message, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"num_kv_heads\": 3", "num_kv_heads must divide num_heads")]
    [InlineData("\"expand_k\": 1.0", "'expand_k' makes 6 of hidden_size 6, but num_heads times head_k_dim is 12")]
    [InlineData("\"expand_v\": -1", "'expand_v' is -1; a positive number")]
    [InlineData("\"feature_map\": \"elu\"", "'feature_map' is 'elu'")]
    [InlineData("\"gate_fn\": \"tanh\"", "'gate_fn' is 'tanh'")]
    [InlineData("\"use_short_conv\": true", "'use_short_conv' is true")]
    [InlineData("\"elementwise_affine\": false", "'elementwise_affine' is false")]
    [InlineData("\"clamp_min\": 1", "'clamp_min' is 1")]
    [InlineData("\"gate_logit_normalizer\": 0", "'gate_logit_normalizer' is 0")]
    [InlineData("\"fuse_norm\": false", "'g_norm.weight' of shape [?] is missing")]
    public void Declarations_of_the_GLA_layer_must_agree(string hyper, string message) => Assert.Contains(
        FaultsWith(SelectiveSamples.GlaLayer(new Random(1)) with { Hyper = EquatableArray<HyperParameter>.Empty }, hyper + ", \"num_heads\": 4"), fault => fault.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("\"heads\": 3", "heads must divide dim_inner")]
    [InlineData("\"add_swish_gating\": false", "has no tensor 'to_gates.0.weight'")]
    [InlineData("\"sub_ln\": false", "has no tensor 'maybe_sub_ln.weight'")]
    public void Declarations_of_GateLoop_must_agree(string hyper, string message) => Assert.Contains(
        FaultsWith(SelectiveSamples.GateLoop(new Random(1)) with { Hyper = EquatableArray<HyperParameter>.Empty }, hyper), fault => fault.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("\"use_heinsen\": true", "'use_heinsen' is true")]
    [InlineData("\"reverse\": true", "'reverse' is true")]
    [InlineData("\"prenorm\": false", "has no tensor 'norm.gamma'")]
    [InlineData("\"post_ln\": true", "'maybe_post_ln.weight' of shape [3] is missing")]
    public void Declarations_of_the_simple_GateLoop_must_agree(string hyper, string message) => Assert.Contains(
        FaultsWith(SelectiveSamples.GateLoopSimple(new Random(1)) with { Hyper = EquatableArray<HyperParameter>.Empty }, hyper), fault => fault.Message.Contains(message, StringComparison.Ordinal));

    private static Fault[] FaultsWith(ModelDeclaration sample, string hyper) =>
        Marked.FaultsOf(ModelFileWriter.Write(sample).Replace("\"hyper\": {}", "\"hyper\": { " + hyper + " }", StringComparison.Ordinal));

    private static string Text(string architecture, string hyper) =>
        "{ \"format\": \"operatorgen/1\", \"architecture\": " + architecture + ", \"hyper\": { " + hyper + " }, \"tensors\": {} }";
}
