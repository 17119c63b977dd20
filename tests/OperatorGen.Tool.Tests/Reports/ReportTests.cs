using System;
using System.IO;
using System.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests.Reports;

/// <summary><c>report</c>: which sections a model and its data have, and what is refused.</summary>
public sealed class ReportTests : IDisposable
{
    private static readonly string s_digits = Path.Combine(RepositoryFolder.Path, "examples", "Digits");
    private static readonly string s_data = Path.Combine(s_digits, "data", "digits.safetensors");
    private static readonly string[] s_all = ["model", "accuracy", "operator", "eigenvalues", "kernels", "ring", "readouts", "study", "decisions"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_classifier_with_data_has_every_section_in_order_and_series_for_inputs()
    {
        var report = Report.Write(_folder, StudyFiles.Classifier(_folder, "\"inputRange\": [-1, 1.5]"), "--data", StudyFiles.Data(_folder), "--index", "0,5");
        Assert.Equal(s_all, report.Shown);
        Assert.Equal("", report.Error);
        foreach (string part in new[] { "scores", "input", "waves", "orders", "pairs", "contrast", "nearest" })
        {
            Assert.Contains("decision-0-" + part, report.Parts.Keys);
            Assert.Contains("decision-5-" + part, report.Parts.Keys);
        }

        Assert.Equal("time step", report.Parts["decision-0-input"].GetProperty("charts")[0].GetProperty("x").GetString());
        Assert.Contains("Compared: all 17 sequences", report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_one_file_without_scripts_and_network_and_the_same_each_time()
    {
        string model = StudyFiles.Classifier(_folder);
        string data = StudyFiles.Data(_folder);
        string html = Report.Write(_folder, model, "--data", data, "--index", "3").Html;
        Assert.Equal(html, Report.Write(_folder, model, "--data", data, "--index", "3").Html);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_data_there_is_what_the_model_itself_tells()
    {
        var report = Report.Write(_folder, StudyFiles.Classifier(_folder));
        Assert.Equal(["model", "operator", "eigenvalues", "kernels", "ring"], report.Shown);
        Assert.Contains("no data are given", report.Obstacle("accuracy"), StringComparison.Ordinal);
        Assert.Contains("Decisions: left out, no sequences are named", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_pooling_has_no_classes()
    {
        var report = Report.Write(_folder, StudyFiles.Cubic(_folder), "--data", StudyFiles.Data(_folder, inputs: 1), "--index", "2");
        Assert.Contains("no classes", report.Obstacle("accuracy"), StringComparison.Ordinal);
        Assert.Contains("output 0 at time step", report.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("decision-2-contrast", report.Parts.Keys);
        Assert.DoesNotContain("decision-2-nearest", report.Parts.Keys);
    }

    [Fact]
    public void Modes_in_both_directions_have_kernels_to_both_sides_and_no_ring()
    {
        var report = Report.Write(_folder, StudyFiles.BothDirections(_folder), "--data", StudyFiles.Data(_folder), "--index", "1");
        Assert.Contains("run backward in time", report.Obstacle("ring"), StringComparison.Ordinal);
        Assert.True(report.Parts["kernels-0"].GetProperty("charts")[0].GetProperty("series")[0].GetProperty("x")[0].GetDouble() < 0);
        Assert.Contains("decision-1-waves", report.Parts.Keys);
    }

    [Fact]
    public void A_gated_model_is_attributed_too()
    {
        var report = Report.Write(_folder, Path.Combine(s_digits, "models", "one-layer-glu.ssm.json"), "--data", Few(_folder), "--index", "1", "--image", "28x28");
        Assert.Contains("decision-1-waves", report.Parts.Keys);
        Assert.Equal(784, report.Parts["decision-1-input"].GetProperty("attribution").GetArrayLength());
    }

    [Fact]
    public void A_deep_model_has_every_layer_and_attributes_to_the_last()
    {
        var report = Report.Write(_folder, Path.Combine(s_digits, "models", "deep.ssm.json"), "--data", Few(_folder), "--index", "0", "--image", "28x28");
        Assert.Contains("eigenvalues-0", report.Parts.Keys);
        Assert.Contains("eigenvalues-1", report.Parts.Keys);
        Assert.Contains("its input is held fixed", report.Html, StringComparison.Ordinal);

        // What the last layer is given is no image.
        Assert.False(report.Parts["decision-0-input"].TryGetProperty("attribution", out _));
    }

    [Fact]
    public void A_selective_model_has_its_sizes_its_operator_and_its_accuracy()
    {
        string mamba = _folder.File("mamba.ssm.json");
        string weights = Path.Combine(CheckTests.Own("mamba1-block-bias-a"), "f64.safetensors");
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", weights, "--architecture", "mamba1-block", "--prefix", "w.", "-o", mamba).ExitCode);
        var report = Report.Write(_folder, mamba);
        Assert.Equal(["model", "operator"], report.Shown);
        Assert.Contains("selective", report.Obstacle("eigenvalues"), StringComparison.Ordinal);
        Assert.Contains("study --expansion mean-gate", report.Obstacle("study"), StringComparison.Ordinal);
        Assert.DoesNotContain("mean-gate", Report.Write(_folder, StudyFiles.Delta(_folder)).Obstacle("study"), StringComparison.Ordinal); // it has no mean gate
    }

    [Fact]
    public void A_decision_of_a_selective_model_has_values_gates_heads_and_attention()
    {
        var report = Report.Write(_folder, StudyFiles.Selective(_folder), "--data", StudyFiles.Data(_folder), "--index", "5");
        Assert.Equal(["model", "accuracy", "operator", "decisions"], report.Shown);
        string[] names = ["scores", "values", "gates", "heads"];
        Assert.Equal(names.Select(name => "decision-5-" + name), report.Parts.Keys.Where(name => name.StartsWith("decision-5-", StringComparison.Ordinal) && !name.Contains("attention", StringComparison.Ordinal)));
        string[] attentions = [.. report.Parts.Keys.Where(name => name.Contains("attention", StringComparison.Ordinal))];
        Assert.Equal(["decision-5-attention-0", "decision-5-attention-0", "decision-5-attention-1", "decision-5-attention-1"], attentions.Select(name => name[..name.LastIndexOf('-')]));
        Assert.Equal(attentions.Length, attentions.Distinct().Count());
        Assert.All(attentions, name => Assert.Equal((29, 29 * 29), (report.Parts[name].GetProperty("steps").GetInt32(), report.Parts[name].GetProperty("matrix").GetArrayLength())));
        Assert.Contains("all gates held", report.Html, StringComparison.Ordinal);
        Assert.Contains("norms of layer 1, the last, are held", report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_symbols_has_its_formulas()
    {
        string path = _folder.File("symbols.ssm.json");
        File.WriteAllText(path, """
            {"format": "operatorgen/1", "architecture": "modes", "hyper": {"discretization": "none", "gamma": 1},
             "tensors": { "eigenvalue": {"shape": [1, 2], "values": ["alpha", 0] }, "input": {"shape": [1, 2], "values": [1, 0]}, "output": {"shape": [1, 2], "values": [2, 0]} } }
            """);
        var report = Report.Write(_folder, path);
        Assert.Equal(["model", "operator"], report.Shown);
        Assert.Contains("has symbols", report.Obstacle("ring"), StringComparison.Ordinal);
        AssertRefused("has the symbols alpha", path, "--data", StudyFiles.Data(_folder, inputs: 1));
    }

    [Fact]
    public void Names_of_files_cannot_write_markup()
    {
        string model = StudyFiles.Classifier(_folder);
        string path = _folder.File("<b>&x.ssm.json");
        File.Move(model, path);
        var report = Report.Write(_folder, path);
        Assert.DoesNotContain("<b>", report.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;&amp;x.ssm.json", report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_used_is_named()
    {
        string model = StudyFiles.Classifier(_folder);
        string data = StudyFiles.Data(_folder);
        AssertRefused("x_test has 17 sequences, 0 to 16; there is no sequence 17", model, "--data", data, "--index", "2,17");
        AssertRefused("--index 2,x: 'x' is no number of a sequence", model, "--data", data, "--index", "2,x");
        AssertRefused("name one by --data", model, "--index", "2");
        AssertRefused("--image 28: width and height in pixels are expected", model, "--data", data, "--image", "28");
        AssertRefused("--image 5x6: a sequence of noise has 30 time steps of 2 numbers", model, "--data", data, "--image", "5x6");
        AssertRefused("There is no file nowhere.safetensors", model, "--data", "nowhere.safetensors");
        AssertRefused("--pictures nowhere: there is no such folder", model, "--pictures", "nowhere");
        File.WriteAllText(_folder.File("empty.json"), "{}");
        AssertRefused("empty.json is no study that operatorgen study --format json has written: it lacks members of one.", model, "--data", data, "--study", _folder.File("empty.json"));
        AssertRefused("has 1 number per time step", model, "--data", StudyFiles.Data(_folder, inputs: 1));
        ToolRun nowhere = ToolRun.Of("report", model, "--out", _folder.File(Path.Combine("nowhere", "report.html")));
        Assert.Equal(ExitCode.Unusable, nowhere.ExitCode);
        Assert.Contains("There is no folder", nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_is_taken_from_a_file_if_it_is_one_of_this_model_on_these_data()
    {
        string model = StudyFiles.Classifier(_folder);
        string data = StudyFiles.Data(_folder);
        string study = _folder.File("study.json");
        Assert.Equal(ExitCode.Success, ToolRun.Of("study", model, "--data", data, "--orders", "1..2", "--format", "json", "--out", study).ExitCode);
        var report = Report.Write(_folder, model, "--data", data, "--study", study);
        Assert.Equal(report.Numbers.ToString(), Report.Write(_folder, model, "--data", data, "--study", study).Numbers.ToString());
        Assert.All(report.Parts["study-rows"].GetProperty("rows").EnumerateArray(), row => Assert.Matches("^(taylor|chebyshev) [12]$", row.GetProperty("name").GetString()));

        AssertRefused("is a study of classifier.ssm.json on noise, sha256", StudyFiles.BothDirections(_folder), "--data", data, "--study", study);
        string text = File.ReadAllText(study);
        File.WriteAllText(study, text.Replace("\"exact_accuracy\": 0", "\"exact_accuracy\": 1", StringComparison.Ordinal));
        AssertRefused("is a study of another model of the name classifier.ssm.json", model, "--data", data, "--study", study);
        File.WriteAllText(study, "{}");
        AssertRefused("is no study that operatorgen study --format json has written", model, "--data", data, "--study", study);
        AssertRefused("There is no file nowhere.json", model, "--data", data, "--study", "nowhere.json");
    }

    [Fact]
    public void A_report_of_a_trained_model_is_small()
    {
        var report = Report.Write(_folder, Path.Combine(s_digits, "models", "one-layer.ssm.json"), "--data", Few(_folder), "--index", "0,1,2", "--image", "28x28");
        Assert.Equal(s_all, report.Shown);
        Assert.InRange(report.Html.Length, 100_000, 3_000_000);
    }

    [Fact]
    public void Pictures_are_files_too_where_they_are_asked_for()
    {
        string folder = Directory.CreateDirectory(_folder.File("pictures")).FullName;
        var report = Report.Write(_folder, StudyFiles.Classifier(_folder), "--data", StudyFiles.Data(_folder), "--index", "0", "--pictures", folder);
        Assert.Equal(report.Pictures.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(folder), path => Assert.Contains("fill=\"#ffffff\"", File.ReadAllText(path), StringComparison.Ordinal));
    }

    /// <summary>The first sequences of the digits, so that tests are quick.</summary>
    internal static string Few(TemporaryFolder folder)
    {
        string path = folder.File("few.safetensors");
        Data.SequenceData all = Data.SequenceData.Load(s_data, "test");
        var file = new TensorFile();
        file.Set("x_test", [12, 784, 1], [.. Enumerable.Range(0, 12).SelectMany(all.Sample)]);
        file.Set("y_test", Safetensors.SafetensorsDType.I32, [12], [.. Enumerable.Range(0, 12).SelectMany(i => BitConverter.GetBytes(all.Label(i)))]);
        file.Write(path);
        return path;
    }

    private void AssertRefused(string message, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["report", .. arguments, "--out", _folder.File("refused.html")]);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("refused.html")));
    }
}
