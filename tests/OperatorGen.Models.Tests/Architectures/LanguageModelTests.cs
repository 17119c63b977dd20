using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

public class LanguageModelTests
{
    [Fact]
    public void A_padded_embedding_has_more_rows_than_there_are_tokens()
    {
        SequenceModel model = Resolve(LanguageSamples.Mamba1(new Random(1)));
        Assert.Equal((5, 8), (model.Embedding!.Vocabulary, model.Embedding.Rows));
        Assert.Equal((3, 1, 8), (model.InputWidth, model.SampleWidth, model.OutputWidth));
        Assert.Equal(["backbone.layers.0", "backbone.layers.1"], model.Layers.Select(layer => layer.Name));
        Assert.Equal([false, true], model.Layers.Select(layer => layer.PostNorm is RmsNorm));
    }

    [Fact]
    public void A_tied_head_is_the_embedding_and_an_equal_one_is_too()
    {
        ModelDeclaration tied = LanguageSamples.Mamba1(new Random(1));
        SequenceModel model = Resolve(tied);
        Assert.Same(model.Embedding!.Weight, model.Head!.Weight);
        Assert.Equal(model, Resolve(With(tied, "lm_head.weight", Weight(tied, "backbone.embedding.weight"))));
        SequenceModel untied = Resolve(LanguageSamples.Mamba1(new Random(1), tied: false));
        Assert.NotEqual(untied.Embedding!.Weight, untied.Head!.Weight);
    }

    [Fact]
    public void A_head_that_is_declared_tied_must_have_the_embeddings_numbers()
    {
        ModelDeclaration untied = LanguageSamples.Mamba1(new Random(1), tied: false);
        Fault fault = Assert.Single(Faults(untied with { Hyper = new([.. untied.Hyper, .. SelectiveSamples.Hyper("tie_embeddings=true")]) }));
        Assert.Equal(FaultKinds.InconsistentSizes, fault.Kind);
        Assert.Contains("other numbers than 'backbone.embedding.weight'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_needs_a_row()
    {
        ModelDeclaration sample = LanguageSamples.Mamba1(new Random(1));
        Fault fault = Assert.Single(Faults(sample with { Hyper = new([.. sample.Hyper.Where(hyper => hyper.Name != "vocab_size"), .. SelectiveSamples.Hyper("vocab_size=9")]) }));
        Assert.Contains("'vocab_size' is 9, but 'backbone.embedding.weight' has 8 rows", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backbone.embedding.weight", "backbone.embeddings.weight")]
    [InlineData("backbone.", "")]
    public void Other_names_of_the_tensors_give_the_same_model(string name, string other)
    {
        ModelDeclaration sample = LanguageSamples.Mamba1(new Random(1));
        var renamed = sample with
        {
            Tensors = sample.Tensors.Select(tensor => tensor.Name.StartsWith(name, StringComparison.Ordinal) ? tensor with { Name = other + tensor.Name[name.Length..] } : tensor).ToEquatableArray(),
        };
        Assert.NotEqual(sample, renamed);
        Assert.Equal(Resolve(sample), Resolve(renamed));
    }

    [Fact]
    public void A_config_of_transformers_gives_the_same_model()
    {
        ModelDeclaration sample = LanguageSamples.Mamba1(new Random(1));
        const string Config = """
            { "architectures": ["MambaForCausalLM"], "hidden_size": 3, "num_hidden_layers": 2, "vocab_size": 5, "state_size": 2, "expand": 2, "intermediate_size": 6, "layer_norm_epsilon": 1e-5,
              "hidden_act": "silu", "tie_word_embeddings": true, "use_cache": true, "model_type": "mamba", "residual_in_fp32": true, "time_step_min": 0.001 }
            """;
        (EquatableArray<HyperParameter> hyper, EquatableArray<Fault> faults) = CheckpointImport.ReadHyper(Config, default);
        Assert.Empty(faults);
        int states = Weight(sample, "backbone.layers.0.mixer.A_log").Shape[1];
        Assert.Equal(Resolve(sample), Resolve(sample with { Hyper = hyper.Select(each => each.Name == "state_size" ? each with { Value = NumberText.Format((long)states) } : each).ToEquatableArray() }));
    }

    [Fact]
    public void A_hyperparameter_that_is_said_by_both_names_counts_once()
    {
        ModelDeclaration sample = LanguageSamples.Mamba1(new Random(1));
        Assert.Equal(Resolve(sample), Resolve(sample with { Hyper = new([.. sample.Hyper, .. SelectiveSamples.Hyper("hidden_size=3", "num_hidden_layers=2", "layer_norm_epsilon=1e-05", "rms_norm=true")]) }));
    }

    [Fact]
    public void A_config_of_transformers_for_Mamba_2_gives_the_same_model()
    {
        ModelDeclaration sample = LanguageSamples.Mamba2(new Random(1));
        ModelDeclaration plain = sample with { Hyper = SelectiveSamples.Hyper("d_model=3", "vocab_size=5", "d_ssm=4", "headdim=2", "ngroups=2", "norm_epsilon=0.5", "rms_eps=0.5", "norm_before_gate=false", "norm_groups=1") };
        ModelDeclaration config = sample with
        {
            Hyper = SelectiveSamples.Hyper("hidden_size=3", "vocab_size=5", "d_ssm=4", "head_dim=2", "n_groups=2", "layer_norm_epsilon=0.5", "rms_norm=true", "time_step_rank=256", "chunk_size=256", "norm_before_gate=true"),
        };
        Assert.Equal(Resolve(plain), Resolve(config));
    }

    [Fact]
    public void The_norm_of_transformers_has_one_group_and_that_of_upstream_as_many_as_B_and_C()
    {
        ModelDeclaration sample = LanguageSamples.Mamba2(new Random(1));
        Assert.Equal((4, true), Norm("hidden_size=3", "vocab_size=5", "d_ssm=4", "head_dim=2", "n_groups=2", "norm_before_gate=true"));
        Assert.Equal((2, true), Norm("hidden_size=3", "vocab_size=5", "d_ssm=4", "head_dim=2", "n_groups=2", "norm_groups=2"));
        Assert.Equal((2, true), Norm("d_model=3", "vocab_size=5", "d_ssm=4", "headdim=2", "ngroups=2"));
        Assert.Equal((2, false), Norm("d_model=3", "vocab_size=5", "d_ssm=4", "headdim=2", "ngroups=2", "norm_before_gate=true"));

        (int GroupWidth, bool AfterGate) Norm(params string[] hyper)
        {
            Decoder decoder = Resolve(sample with { Hyper = SelectiveSamples.Hyper(hyper) }).Layers[0].Decoder;
            return (((RmsNorm)decoder.Norm!).GroupWidth, decoder.NormAfterGate);
        }
    }

    [Fact]
    public void A_model_file_of_a_config_of_transformers_keeps_its_norm()
    {
        ModelDeclaration config = LanguageSamples.Mamba2(new Random(1)) with { Hyper = SelectiveSamples.Hyper("hidden_size=3", "vocab_size=5", "d_ssm=4", "head_dim=2", "n_groups=2", "norm_before_gate=true") };
        ModelDeclaration current = ArchitectureCatalog.Current(config);
        Assert.Equal(current, ArchitectureCatalog.Current(current));
        Assert.Equal(Resolve(config), Resolve(ModelFileReader.Read(ModelFileWriter.Write(current), default).Value!));
    }

    [Fact]
    public void Groups_of_a_norm_divide_its_channels()
    {
        ModelDeclaration sample = LanguageSamples.Mamba2(new Random(1));
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(sample with { Hyper = new([.. sample.Hyper, .. SelectiveSamples.Hyper("norm_groups=3")]) }, default);
        Assert.Contains("'norm_groups' is 3 and d_ssm 4", Assert.Single(result.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_name_tokens_and_not_the_rows_that_pad_them()
    {
        ModelDeclaration sample = LanguageSamples.Mamba1(new Random(1));
        Assert.Equal(5, Resolve(sample with { Labels = EquatableArray.Of("a", "b", "c", "d", "e") }).Labels.Count);
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(sample with { Labels = EquatableArray.Of("a", "b", "c") }, default);
        Assert.Equal("The model has 5 tokens and 3 labels: name every token once, in order.", Assert.Single(result.Faults).Message);
    }

    [Theory]
    [InlineData("[0.0, Infinity]")]
    [InlineData("[\n    0.0,\n    Infinity\n  ]")]
    public void Limits_without_an_end_are_read_as_Python_writes_them(string limits)
    {
        (EquatableArray<HyperParameter> hyper, EquatableArray<Fault> faults) = CheckpointImport.ReadHyper($$"""{ "time_step_limit": {{limits}}, "d": 3 }""", default);
        Assert.Empty(faults);
        Assert.Equal([("time_step_limit", "(0.0, inf)", HyperKind.Text), ("d", "3", HyperKind.Number)], hyper.Select(each => (each.Name, each.Value, each.Kind)));
    }

    [Fact]
    public void An_object_of_hyperparameters_is_its_members()
    {
        (EquatableArray<HyperParameter> hyper, _) = CheckpointImport.ReadHyper("""{ "ssm_cfg": { "d_state": 4, "more": { "layer": "Mamba2" } }, "none": {} }""", default);
        Assert.Equal([("ssm_cfg.d_state", "4"), ("ssm_cfg.more.layer", "Mamba2")], hyper.Select(each => (each.Name, each.Value)));
    }

    [Fact]
    public void The_blocks_of_Mamba_2_have_a_norm_of_their_own()
    {
        ModelDeclaration sample = LanguageSamples.Mamba2(new Random(1));
        SequenceModel model = Resolve(sample with { Hyper = new([.. sample.Hyper, .. SelectiveSamples.Hyper("norm_epsilon=0.5", "rms_eps=0.25")]) });
        Assert.All(model.Layers, layer => Assert.Equal((0.5, 0.25), (((RmsNorm)layer.PreNorm!).Epsilon, ((RmsNorm)layer.Decoder.Norm!).Epsilon)));
    }

    [Fact]
    public void GateLoops_layers_have_a_feed_forward_part()
    {
        SequenceModel model = Resolve(LanguageSamples.GateLoop(new Random(2)));
        Assert.All(model.Layers, layer => Assert.Equal((DecoderFunctions.GeluErf, 7, 3), (layer.FeedForward!.Function, layer.FeedForward.Up.Outputs, layer.FeedForward.Down.Outputs)));
        Assert.Equal((5, 5), (model.Embedding!.Vocabulary, model.OutputWidth));
    }

    [Theory]
    [InlineData("use_gate_looped_attn=false")]
    [InlineData("post_ln_norm=true")]
    public void An_option_that_is_not_computed_is_refused(string hyper)
    {
        ModelDeclaration sample = LanguageSamples.GateLoop(new Random(2));
        Assert.Contains(Faults(sample with { Hyper = new([.. sample.Hyper, .. SelectiveSamples.Hyper(hyper)]) }), fault => fault.Kind == FaultKinds.HyperparameterValue);
    }

    private static ModelDeclaration With(ModelDeclaration declaration, string name, Tensor value) =>
        declaration with { Tensors = new([.. declaration.Tensors, new DeclaredTensor(name, value, null)]) };

    private static EquatableArray<Fault> Faults(ModelDeclaration declaration) => ArchitectureCatalog.Resolve(declaration, default).Faults;

    private static SequenceModel Resolve(ModelDeclaration declaration)
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(declaration, default);
        Assert.Empty(result.Faults.Select(fault => fault.Message));
        ModelInvariants.Check(result.Value!);
        return result.Value!;
    }

    private static Tensor Weight(ModelDeclaration declaration, string name) => declaration.Tensors.Single(tensor => tensor.Name == name).Value;
}
