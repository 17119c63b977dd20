using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Tool.Tests;

public sealed class InspectTests : IDisposable
{
    private const string SymbolicModel = """
        {"format": "operatorgen/1", "architecture": "modes", "hyper": {"discretization": "none", "gamma": 1},
         "tensors": {
           "eigenvalue": {"shape": [1, 2], "values": ["alpha", 0]},
           "input": {"shape": [1, 2], "values": [1, 0]},
           "output": {"shape": [1, 2], "values": ["1/3", 0]}}}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public InspectTests()
    {
        _model = _folder.File("small-model.ssm.json");
        string weights = Path.Combine(CheckTests.Own(CaseCopy.Pooled), "f64.safetensors");
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", weights, "--architecture", "s4-example", "--hyper", "prenorm=true", "--prefix", "w.", "-o", _model).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_operator_as_text_ends_with_the_effect_of_rounding_the_constants()
    {
        ToolRun run = Inspect("--top", "2");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("layer s4_layers.1: 16 channels of 32 waves", run.Output, StringComparison.Ordinal);
        Assert.Contains("and 592 more", run.Output, StringComparison.Ordinal);
        string[] lines = Unbroken(run);
        Assert.Equal("effect of rounding the constants to float:", lines[^3]);
        Assert.StartsWith("  bound of the waves: ", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("  measured: max|difference| = ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_noise_that_measures_rounding_is_noise_after_the_inputs_scaling()
    {
        // Halving and doubling are exact, so that the scaled model sees the same numbers.
        string scaled = _folder.File("scaled.ssm.json");
        File.WriteAllText(scaled, File.ReadAllText(_model).Replace("\"architecture\":", "\"input\": {\"scale\": [2, 2, 2], \"offset\": [0, 0, 0]},\n  \"architecture\":", StringComparison.Ordinal));
        string expected = Unbroken(Inspect())[^1] + " after the input's scaling";
        Assert.Equal(expected, Unbroken(ToolRun.Of("inspect", scaled))[^1]);
    }

    [Fact]
    public void Layer_channel_and_order_choose_what_is_shown()
    {
        string output = Inspect("--layer", "0", "--channel", "3", "--order", "4", "--top", "1").Output;
        Assert.Contains("expanded to order 4", output, StringComparison.Ordinal);
        Assert.Contains("  channel 3: reach ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("s4_layers.1", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_operator_as_json_parses()
    {
        using JsonDocument document = JsonDocument.Parse(Inspect("--format", "json", "--top", "1").Output);
        Assert.Equal("s4-example", document.RootElement.GetProperty("architecture").GetString());
        Assert.Equal(2, document.RootElement.GetProperty("layers").GetArrayLength());
    }

    [Fact]
    public void The_operator_as_latex_stands_in_environments() =>
        Assert.Contains("\\begin{align*}", Inspect("--format", "latex", "--top", "1").Output, StringComparison.Ordinal);

    [Fact]
    public void The_operator_as_mathml_is_a_page()
    {
        ToolRun run = Inspect("--format", "mathml", "--top", "1");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("<h2>layer s4_layers.1</h2>", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sources_hold_all_terms_of_one_layer()
    {
        string python = Inspect("--format", "sympy", "--layer", "0", "--channel", "3", "--top", "1").Output;
        Assert.Contains("layer 0 (s4_layers.0), channel 3:", python, StringComparison.Ordinal);
        Assert.Contains("*w_30*d,  # ", python, StringComparison.Ordinal);
        Assert.EndsWith("print(expand(formula - terms))\n", python, StringComparison.Ordinal);
        string[] sides = Inspect("--format", "angourimath").Output.Split("\n= ");
        Assert.Equal(2, sides.Length);
        Assert.Contains("w_30*d", sides[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sympy")]
    [InlineData("angourimath")]
    public void Too_many_terms_for_a_source_are_refused(string format)
    {
        ToolRun run = Inspect("--format", format, "--order", "16");
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("the limit is 200000", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("--simplify needs a backend", "--simplify")]
    [InlineData("--backend is for --simplify here", "--backend", "angourimath")]
    [InlineData("-p:UseAngouriMath=true", "--backend", "angourimath", "--simplify")]
    public void Simplifying_needs_a_backend_and_a_build_that_has_it(string message, params string[] options)
    {
        ToolRun run = Inspect(options);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void The_declaration_names_tensors_ranges_and_source()
    {
        string output = Inspect("--stage", "declaration").Output;
        Assert.Contains("architecture s4-example", output, StringComparison.Ordinal);
        Assert.Contains("prenorm = true", output, StringComparison.Ordinal);
        Assert.Contains("file = f64.safetensors", output, StringComparison.Ordinal);
        Assert.Matches(@"s4_layers\.0\.kernel\.C +\[16, 32, 2\] +-\S+ to \S+", output);
    }

    [Fact]
    public void The_declaration_shows_every_option()
    {
        string path = _folder.File("options.ssm.json");
        File.WriteAllText(path, SymbolicModel.Replace("\"tensors\"", "\"options\": {\"order\": 4, \"expansion\": \"taylor\", \"centre\": 0.5, \"inputRange\": [-1, 2], \"maxLength\": 90, \"precision\": \"both\"}, \"tensors\"", StringComparison.Ordinal));
        string output = ToolRun.Of("inspect", path, "--stage", "declaration").Output;
        Assert.All(
            new[] { "order = 4", "expansion = taylor", "centre = 0.5", "inputRange = [-1, 2]", "maxLength = 90", "precision = both" },
            option => Assert.Contains("  " + option + "\n", output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_model_names_its_parts_and_shapes()
    {
        string output = Inspect("--stage", "model").Output;
        Assert.Matches(@"encoder +linear, bias +\[16, 3\]", output);
        Assert.Matches(@"s4_layers\.1 +complex modes of one channel each, zero-order hold, gamma 2, skip +\[16, 32\]", output);
        Assert.Matches(@"pooling +mean over time +\[16\]", output);
    }

    [Fact]
    public void The_plan_names_tables_state_and_operations()
    {
        string output = Inspect("--stage", "plan").Output;
        Assert.Matches(@"Layer0Eigenvalues +\[64, 16\]", output);

        // Two steps at a time: 9 multiply-adds per complex mode and channel and 3 for the input, for two steps: 16 (9 * 32 + 3) operations per step.
        Assert.Matches(@"s4_layers\.0 .*scan of 32 complex modes.*, two steps at a time; Layer0LookAhead, state s0 +4656\n", output);
        Assert.Contains("once per sequence", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_is_the_generators_and_compiles()
    {
        string code = Inspect("--stage", "code").Output;
        Assert.StartsWith("// <auto-generated/>", code, StringComparison.Ordinal);
        Assert.NotNull(InMemoryCompiler.Load(InMemoryCompiler.Compilation([code, "/// <summary>The model.</summary>\npublic partial class SmallModel;"])).GetType("SmallModel"));
    }

    [Theory]
    [InlineData("--layer 2: the model has 2 layers, 0 to 1.", "--layer", "2")]
    [InlineData("--layer -1: the model has 2 layers, 0 to 1.", "--layer", "-1")]
    [InlineData("--channel 16: layer s4_layers.0 has 16 channels, 0 to 15.", "--channel", "16")]
    [InlineData("--format json is possible with --stage operator only", "--format", "json", "--stage", "plan")]
    public void An_option_out_of_range_is_named(string message, params string[] options)
    {
        ToolRun run = Inspect(options);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void An_order_out_of_range_is_the_generators_fault()
    {
        ToolRun run = Inspect("--order", "0");
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("error OPG0300:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_has_file_line_column_severity_and_id()
    {
        string path = _folder.File("broken.ssm.json");
        File.WriteAllText(path, "{\n  \"format\": \"operatorgen/1\",\n  \"colour\": 3,\n  \"architecture\": \"s4d-standalone\"\n  \"tensors\": {}\n}\n");
        ToolRun run = ToolRun.Of("inspect", path);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(path)}:5:3: error OPG0102: ", run.Error);
    }

    [Theory]
    [InlineData("declaration", "symbols alpha")]
    [InlineData("model", "real modes of one channel each, discrete")]
    [InlineData("operator", "not known: the model has the symbols alpha")]
    [InlineData("code", "partial class Symbolic")]
    public void A_model_with_symbols_is_shown_and_not_evaluated(string stage, string expected)
    {
        string path = _folder.File("symbolic.ssm.json");
        File.WriteAllText(path, SymbolicModel);
        ToolRun run = ToolRun.Of("inspect", path, "--stage", stage);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_named()
    {
        ToolRun run = ToolRun.Of("inspect", _folder.File("nowhere.ssm.json"));
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("There is no file", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    public void The_culture_changes_nothing(string culture)
    {
        string[] stages = ["declaration", "model", "operator", "plan"];
        string[] invariant = Array.ConvertAll(stages, stage => Inspect("--stage", stage).Output);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(invariant, Array.ConvertAll(stages, stage => Inspect("--stage", stage).Output));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>The lines before those of the effect of rounding were broken.</summary>
    private static string[] Unbroken(ToolRun run) => run.Output.Replace("\n      ", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private ToolRun Inspect(params string[] options) => ToolRun.Of(["inspect", _model, .. options]);
}
