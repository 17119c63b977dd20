using System;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>The commands for a model that takes tokens, whose data are ids.</summary>
public sealed class LanguageToolTests : IDisposable
{
    private static readonly long[] s_ids = [1, 2, 3, 4, 5, 20, 0, 0, 7, 7, 7, 2];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => [.. RandomLanguage.Kinds];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Predict_gives_the_logits_after_every_token(string kind)
    {
        ToolRun run = ToolRun.Of("predict", Model(kind), "--data", Data(s_ids));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        SequenceModel model = RandomLanguage.Of(kind);
        var reference = new ReferenceEvaluator(model);
        string[][] rows = [.. run.Lines.Skip(1).Select(line => line.Split(','))];
        Assert.Equal(12, rows.Length);
        for (int i = 0; i < 2; i++)
        {
            double[] logits = reference.Forward(reference.Embed([.. s_ids[(6 * i)..(6 * (i + 1))].Select(id => (int)id)]));
            double[] given = [.. rows.Skip(6 * i).Take(6).SelectMany(row => row.Skip(2)).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

            // Float against double: the tolerance of conformance in float.
            Assert.All(logits.Zip(given), pair => Assert.Equal(pair.First, pair.Second, 2e-5 * logits.Max(Math.Abs)));
        }
    }

    [Theory]
    [InlineData(21, "has 21 in sequence 1, time step 1; a token is a whole number from 0 to 20.")]
    [InlineData(-1, "has -1 in sequence 1, time step 1; a token is a whole number from 0 to 20.")]
    public void An_id_outside_of_the_vocabulary_is_refused_by_every_command(long id, string expected)
    {
        long[] ids = [.. s_ids];
        ids[7] = id;
        string model = Model("mamba1-lm"), data = Data(ids);
        AssertUnusable(expected, ToolRun.Of("predict", model, "--data", data));
        AssertUnusable(expected, ToolRun.Of("attention", model, "--data", data, "--index", "1", "--layer", "0", "--head", "0"));
        AssertUnusable(expected, ToolRun.Of("explain", model, "--data", data, "--index", "0"));
    }

    [Fact]
    public void Data_with_several_numbers_per_time_step_are_no_tokens()
    {
        string path = _folder.File("wide.safetensors");
        var file = new TensorFile();
        file.Set("x_test", [2, 3, 6], new double[36]);
        file.Write(path);
        const string Expected = "has 6 numbers per time step, but the model takes tokens: the shape (n, length) is expected";
        AssertUnusable(Expected, ToolRun.Of("predict", Model("mamba2-lm"), "--data", path));
        AssertUnusable(Expected, ToolRun.Of("explain", Model("mamba2-lm"), "--data", path, "--index", "0"));
    }

    [Fact]
    public void Inspect_shows_embedding_feed_forward_part_and_head()
    {
        ToolRun run = ToolRun.Of("inspect", Model("gateloop-transformer"), "--stage", "model");
        Assert.StartsWith("gateloop-transformer: 21 tokens in, 21 logits out per time step", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"embedding\s+21 rows\s+\[21, 6\]", run.Output);
        Assert.Contains("feed-forward", run.Output, StringComparison.Ordinal);
        string text = ToolRun.Of("inspect", Model("gateloop-transformer"), "--stage", "operator").Output;
        Assert.Contains("x(t) = E[token(t)]", text, StringComparison.Ordinal);
        Assert.Contains("f(t) = gelu-erf(W_up RmsNorm(s(t)) + b_up)", text.Replace("LengthNorm", "RmsNorm", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("y(t) = s(t) + W_down f(t) + b_down", text, StringComparison.Ordinal);
        Assert.Contains("16 rows", ToolRun.Of("inspect", Model("mamba1-lm, tied", vocabulary: 13), "--stage", "model").Output, StringComparison.Ordinal);
        Assert.Contains("3 of them padding, the head's table too", ToolRun.Of("inspect", Model("mamba1-lm, tied"), "--stage", "model").Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Attention_is_checked_against_the_readouts(string kind)
    {
        ToolRun run = ToolRun.Of("attention", Model(kind), "--data", Data(s_ids), "--index", "1", "--layer", "1", "--head", "0");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("M, 6 x 6", run.Output, StringComparison.Ordinal);
        Assert.Contains("checked: the largest |M v - readout| is ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Explain_attributes_a_logit_to_the_tokens_up_to_its_place(string kind)
    {
        ToolRun run = ToolRun.Of("explain", Model(kind), "--data", Data(s_ids), "--index", "0", "--step", "3");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("what tokens add to a logit, outputs of time step 3", run.Lines);
        Assert.Contains("exact logits, the 10 greatest of 21", run.Lines);
        Assert.Contains("; of the zero embedding ", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"both +values +gates +step +token\n", run.Output);
        Assert.Matches(@"step 3 +4\n", run.Output); // the fourth id
        Assert.DoesNotContain("step 4", run.Output, StringComparison.Ordinal); // a later token adds nothing
        int first = run.Lines.ToList().IndexOf("exact logits, the 10 greatest of 21") + 2;
        string greatest = run.Lines[first].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        Assert.Contains(run.Lines, line => line.StartsWith($"logit {greatest}: ", StringComparison.Ordinal));
        AssertUnusable("--score 21: the model has 21 tokens, 0 to 20.", ToolRun.Of("explain", Model(kind), "--data", Data(s_ids), "--index", "0", "--score", "21"));
    }

    [Fact]
    public void Explain_lists_the_logits_that_are_asked_for()
    {
        string model = Model("mamba1-lm"), data = Data(s_ids);
        string[] usual = [.. ToolRun.Of("explain", model, "--data", data, "--index", "0").Lines];
        string[] greatest = [.. usual.SkipWhile(line => !line.StartsWith("exact logits", StringComparison.Ordinal)).Skip(2).Take(10).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])];
        string[] others = [.. Enumerable.Range(0, 21).Select(token => NumberText.Format((long)token)).Except(greatest).Take(2)];
        ToolRun run = ToolRun.Of("explain", model, "--data", data, "--index", "0", "--score", others[0], "--against", others[1]);
        string[] listed = [.. run.Lines.SkipWhile(line => line != "exact logits, the 10 greatest of 21 and those asked for").Skip(2).Take(12).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])];
        Assert.Equal(greatest.Concat(others).Order(), listed.Order());
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void A_label_beyond_the_vocabulary_is_left_out(long label, bool told)
    {
        string data = Data(s_ids);
        var file = new TensorFile(data);
        file.Set("y_test", SafetensorsDType.I64, [2], [.. BitConverter.GetBytes(label), .. BitConverter.GetBytes(label)]);
        file.Write(data);
        ToolRun run = ToolRun.Of("explain", Model("mamba1-lm"), "--data", data, "--index", "0");
        Assert.Equal((ExitCode.Success, told), (run.ExitCode, run.Lines[0].EndsWith($", label {label}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Labels_of_tokens_are_named_in_every_command_and_padding_has_none()
    {
        string model = _folder.File("named.ssm.json"), data = Data(s_ids);
        File.WriteAllText(model, ModelFileWriter.Write(RandomLanguage.Declaration("mamba1-lm, tied") with { Labels = new([.. Enumerable.Range(0, 21).Select(token => $"word{token}")]) }));
        Assert.Contains("word20,output_21,", ToolRun.Of("predict", model, "--data", data).Lines[0].Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches(@"step 5 +20 \(word20\)\n", ToolRun.Of("explain", model, "--data", data, "--index", "0").Output);
        Assert.Equal(ExitCode.Success, ToolRun.Of("report", model, "--data", data, "--index", "1", "-o", _folder.File("report")).ExitCode);
    }

    [Theory]
    [InlineData("num_hidden_layers=2", false)]
    [InlineData("n_layer=2", false)]
    [InlineData("n_layer=3", true)]
    [InlineData("num_hidden_layers=3", true)]
    public void What_the_command_line_says_counts_more_by_either_name(string hyper, bool fails)
    {
        string checkpoint = Checkpoint("mamba1-lm, tied");
        File.WriteAllText(_folder.File("config.json"), """{ "hidden_size": 6, "num_hidden_layers": 2, "vocab_size": 21, "layer_norm_epsilon": 1e-05 }""");
        ToolRun run = ToolRun.Of("import", checkpoint, "--architecture", "mamba1-lm", "--hyper-file", _folder.File("config.json"), "--hyper", hyper, "-o", _folder.File("imported.ssm.json"));
        Assert.DoesNotContain("twice", run.Error, StringComparison.Ordinal);
        Assert.Equal(fails, run.ExitCode != ExitCode.Success);
    }

    [Fact]
    public void A_folder_is_imported_with_external_only()
    {
        Checkpoint("mamba1-lm, tied");
        AssertUnusable("With --external a folder works too", ToolRun.Of("import", Path.GetDirectoryName(_folder.File("x"))!, "--architecture", "mamba1-lm", "-o", _folder.File("imported.ssm.json")));
    }

    [Fact]
    public void Import_of_shapes_says_what_it_assumes_as_import_does_and_what_it_left_out()
    {
        string checkpoint = Checkpoint("mamba1-lm, tied"), output = _folder.File("shapes.ssm.json");
        string[] options = ["import", checkpoint, "--architecture", "mamba1-lm", "--prefix", "model.", "-o", output];
        var file = new TensorFile();
        foreach (DeclaredTensor tensor in RandomLanguage.Declaration("mamba1-lm, tied").Tensors)
        {
            file.Set("model." + tensor.Name, [.. tensor.Value.Shape], tensor.Value.Values.ToArray());
        }

        file.Set("optimizer", [1], 1.0);
        file.Write(checkpoint);
        ToolRun plain = ToolRun.Of(options), shapes = ToolRun.Of([.. options, "--external"]);
        Assert.Equal((ExitCode.Success, ExitCode.Success), (plain.ExitCode, shapes.ExitCode));
        Assert.Equal(Assumed(plain), Assumed(shapes));
        Assert.NotEmpty(Assumed(shapes));
        Assert.Contains("left out: 1 tensor whose names do not begin with 'model.'", shapes.Lines);
        Assert.Contains(shapes.Lines, line => line.StartsWith("packed weights: ", StringComparison.Ordinal) && line.Contains(" bytes of tables;", StringComparison.Ordinal));

        static string[] Assumed(ToolRun run) => [.. run.Lines.Where(line => line.Contains(" assumed: ", StringComparison.Ordinal))];
    }

    [Fact]
    public void Pack_says_whose_tensors_a_checkpoint_has_and_what_is_missing()
    {
        string shapes = _folder.File("shapes.ssm.json"), output = _folder.File("weights.safetensors");
        string checkpoint = Checkpoint("mamba1-lm, tied");
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", checkpoint, "--architecture", "mamba1-lm", "--external", "-o", shapes).ExitCode);
        AssertUnusable("-o is missing", ToolRun.Of("pack", checkpoint, "--model", shapes));
        ToolRun verify = ToolRun.Of("pack", "--verify", checkpoint, "--model", shapes);
        Assert.Equal(ExitCode.Failure, verify.ExitCode);
        Assert.Contains("is not packed: its metadata has no 'operatorgen.packed'; ", verify.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, ToolRun.Of("pack", checkpoint, "--model", shapes, "-o", output).ExitCode);
        Assert.Equal(ExitCode.Success, ToolRun.Of("pack", "--verify", output, "--model", shapes).ExitCode);

        ToolRun other = ToolRun.Of("pack", Checkpoint("mamba2-lm"), "--model", shapes, "-o", output);
        Assert.Equal(ExitCode.Failure, other.ExitCode);
        Assert.Contains("The architecture is 'mamba1-lm', whose tensors these are not; 'mamba2-lm', which has all of them, is expected", Assert.Single(other.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

        var wide = new TensorFile();
        foreach (DeclaredTensor tensor in RandomLanguage.Declaration("mamba1-lm, tied", width: 8).Tensors)
        {
            wide.Set(tensor.Name, [.. tensor.Value.Shape], tensor.Value.Values.ToArray());
        }

        wide.Write(checkpoint);
        string[] lines = ToolRun.Of("pack", checkpoint, "--model", shapes, "-o", output).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.EndsWith(" missing or of another shape", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_shows_a_decision_of_a_language_model()
    {
        ToolRun run = ToolRun.Of("report", Model("mamba1-lm"), "--data", Data(s_ids), "--index", "1", "-o", _folder.File("report"));
        Assert.Equal(ExitCode.Success, run.ExitCode);
    }

    [Fact]
    public void A_checkpoint_of_transformers_is_imported_with_its_config()
    {
        ModelDeclaration declaration = RandomLanguage.Declaration("mamba1-lm, tied");
        var file = new TensorFile();
        foreach (DeclaredTensor tensor in declaration.Tensors)
        {
            file.Set(tensor.Name.Replace("backbone.embedding.", "backbone.embeddings.", StringComparison.Ordinal), [.. tensor.Value.Shape], tensor.Value.Values.ToArray());
        }

        file.Write(_folder.File("model.safetensors"));
        File.WriteAllText(_folder.File("config.json"), """
            {
              "architectures": ["MambaForCausalLM"], "model_type": "mamba", "hidden_size": 6, "d_model": 6, "num_hidden_layers": 2, "n_layer": 2, "vocab_size": 21, "state_size": 3,
              "conv_kernel": 3, "expand": 2, "intermediate_size": 12, "time_step_rank": 2, "layer_norm_epsilon": 1e-05, "rms_norm": true, "ssm_cfg": {}, "use_bias": false,
              "use_conv_bias": true, "hidden_act": "silu", "residual_in_fp32": true, "bos_token_id": 0, "torch_dtype": "float32", "transformers_version": "4.39.0"
            }
            """);
        string output = _folder.File("imported.ssm.json");
        ToolRun run = ToolRun.Of("import", _folder.File("model.safetensors"), "--architecture", "mamba1-lm", "--hyper-file", _folder.File("config.json"), "-o", output);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("tie_embeddings=true assumed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("input scaling", run.Output, StringComparison.Ordinal);
        ModelDeclaration read = ModelFileReader.Read(File.ReadAllText(output), default).Value!;
        Assert.Equal(RandomLanguage.Of("mamba1-lm, tied"), ArchitectureCatalog.Resolve(read, default).Value);
    }

    private static void AssertUnusable(string expected, ToolRun run)
    {
        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private string Checkpoint(string kind)
    {
        string path = _folder.File("model.safetensors");
        var file = new TensorFile();
        foreach (DeclaredTensor tensor in RandomLanguage.Declaration(kind).Tensors)
        {
            file.Set(tensor.Name, [.. tensor.Value.Shape], tensor.Value.Values.ToArray());
        }

        file.Write(path);
        return path;
    }

    private string Model(string kind, int vocabulary = 21)
    {
        string path = _folder.File("language.ssm.json");
        File.WriteAllText(path, ModelFileWriter.Write(RandomLanguage.Declaration(kind, vocabulary)));
        return path;
    }

    /// <summary>Two texts of six tokens, as integers.</summary>
    private string Data(long[] ids)
    {
        string path = _folder.File("texts.safetensors");
        var file = new TensorFile();
        file.Set("x_test", SafetensorsDType.I64, [2, 6], [.. ids.SelectMany(BitConverter.GetBytes)]);
        file.Write(path);
        return path;
    }
}
