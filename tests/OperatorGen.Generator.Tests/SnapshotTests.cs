using System;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Whole generated files, small enough to be read, each through the harness.</summary>
public sealed class SnapshotTests
{
    /// <summary>One channel of more than two complex modes: the modes are side by side.</summary>
    [Fact]
    public void Inline_model_of_four_waves() => VerifyRun(GeneratorProject.Of("""
        using OperatorGen;

        /// <summary>Four damped waves, added.</summary>
        [InlineModel(Discretization = "zoh", Step = 0.125, Gamma = 2)]
        [Mode(-0.5, 3.0)]
        [Mode(-0.25, 7.0)]
        [Mode(-0.125, 11.0)]
        [Mode(-0.0625, 13.0)]
        public sealed partial class FourWaves;
        """));

    [Fact]
    public void Inline_model_of_two_waves() => VerifyRun(GeneratorProject.Of("""
        using OperatorGen;

        namespace Sounds;

        /// <summary>Two damped waves, added and bent.</summary>
        [InlineModel(Discretization = "zoh", Step = 0.125, Gamma = 2, Skip = 0.5, Decoder = "gelu-erf", InputLow = -1, InputHigh = 1)]
        [Mode(-0.5, 3.0, OutputRe = 0.75, OutputIm = -0.25)]
        [Mode(-0.25, 7.0, OutputRe = "1/3")]
        public sealed partial class TwoWaves;
        """));

    [Fact]
    public void Inline_model_with_symbols() => VerifyRun(GeneratorProject.Of("""
        using OperatorGen;

        /// <summary>A wave of any frequency.</summary>
        [InlineModel(Skip = "1/7", Decoder = "polynomial(0, 1, 1/2)", Order = 2)]
        [Mode("alpha", "omega", OutputRe = "c")]
        [Mode("-1/3", 0)]
        public partial record AnyWave;
        """));

    [Fact]
    public void S4d_standalone_in_both_precisions() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.S4DFile()));

    [Fact]
    public void S4_example_in_both_precisions() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.S4ExampleFile));

    [Fact]
    public void Mamba1_block_in_both_precisions() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.MambaFile));

    [Fact]
    public void Gla_layer_of_two_heads() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.GlaFile));

    [Fact]
    public void S5_ssm_in_both_directions_with_external_weights() => VerifyRun(
        GeneratorProject.Of(Sources.Class("[OperatorGen.SequenceModel(\"m.ssm.json\", Weights = OperatorGen.ModelWeights.External)]")).WithModel("/models/m.ssm.json", Sources.Shapes(Sources.S5BothDirectionsFile())));

    [Fact]
    public void S4d_standalone_with_external_weights_about_another_point() => VerifyRun(
        GeneratorProject.Of(Sources.Class("[OperatorGen.SequenceModel(\"m.ssm.json\", Weights = OperatorGen.ModelWeights.External, Centre = 0.25, Order = 2)]")).WithModel("/models/m.ssm.json", Sources.Shapes(Sources.S4DFile())));

    [Fact]
    public void Mamba1_block_with_external_weights() => VerifyRun(
        GeneratorProject.Of(Sources.Class("[OperatorGen.SequenceModel(\"m.ssm.json\", Weights = OperatorGen.ModelWeights.External)]")).WithModel("/models/m.ssm.json", Sources.Shapes(Sources.MambaFile)));

    [Fact]
    public void Mamba1_language_model_in_both_precisions() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.LanguageFile));

    [Fact]
    public void S5_ssm_in_both_directions() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.S5BothDirectionsFile()));

    [Fact]
    public void Linear_cde_in_both_precisions() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.CdeFile));

    [Fact]
    public void Linear_cde_that_is_a_word_of_the_signature() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.WordFile));

    [Fact]
    public void Stack_of_tokens_read_before_the_update() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.StackFile));

    [Fact]
    public void Low_rank_S4Block_as_a_step() => VerifyRun(GeneratorProject.Of(Sources.FileClass()).WithModel("/models/m.ssm.json", Sources.LowRankFile()));

    private static void VerifyRun(GeneratorProject project, [System.Runtime.CompilerServices.CallerFilePath] string file = "", [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        ArgumentNullException.ThrowIfNull(project);
        Snapshot.VerifySet(GeneratorHarness.Verify(project).Files, null, file, method);
    }
}
