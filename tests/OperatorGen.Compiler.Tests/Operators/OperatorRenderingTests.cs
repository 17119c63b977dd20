using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>The operator as people, LaTeX and programs read it.</summary>
public sealed partial class OperatorRenderingTests
{
    private static SequenceModel TwoWaves { get; } = TestModels.Waves("polynomial(0, 1, 1/2)", [0.5, 0, 0, 0.75], [2, 0, 1, -0.5], 0.25);

    private static SequenceModel Symbolic { get; } = TestModels.Inline(
        "polynomial(0, 1, 1/3)", DiscretizationRule.ZeroOrderHold, "delta", "1/3", ["-1/2", "omega", "1", "0", "alpha", "0"], ["-1/4", "0", "1", "0", "0", "-2"]);

    private static SequenceModel Paths { get; } = RandomModels.Create(5, new ModelShape { Cells = CellClass.Selective, InputWidth = 2, Encoder = false, Activation = "identity", InnerWidth = 3, Modes = 2 }).Model;

    /// <summary>Three oscillators: one with A = 0, which is a Jordan block, a damped one, and one beyond the limit of what a double can split.</summary>
    private static SequenceModel Oscillators { get; } = new("oscillators", 1, EquatableArray.Of(new Layer(
        "",
        1,
        null,
        InputStage.None,
        new SharedOscillators(
            1,
            3,
            1,
            OscillatorScheme.Implicit,
            new Tensor(EquatableArray.Of(3), [0, 0.75, 1e-9]),
            new Tensor(EquatableArray.Of(3), [0.5, 0.5, 0.25]),
            new Tensor(EquatableArray.Of(3, 1, 2), [1, 0.5, -0.5, 0.25, 1, -1]),
            new Tensor(EquatableArray.Of(1, 3, 2), [0.25, -0.5, 1, 2, 0.125, 0.375]))
        { Skip = new Tensor(EquatableArray.Of(1), [0.5]) },
        new Decoder { Activation = DecoderFunctions.Find("polynomial(0, 1, 1/2)")! },
        false,
        null)));

    /// <summary>One channel of two stored modes, coupled by rank 1, as a low-rank step in both directions.</summary>
    private static SequenceModel LowRank { get; } = new("low-rank", 1, EquatableArray.Of(new Layer(
        "",
        1,
        null,
        InputStage.None,
        new LowRankModes(
            1,
            2,
            1,
            1,
            1,
            new Tensor(EquatableArray.Of(1, 2, 2), [-0.5, 1, -0.5, 4]),
            new Tensor(EquatableArray.Of(1, 1, 2, 2), [0.5, 0.25, 1, -0.5]),
            new Tensor(EquatableArray.Of(1), [0.25]),
            new Tensor(EquatableArray.Of(1, 2, 2), [1, 0, 0.5, 0.5]),
            new Tensor(EquatableArray.Of(1, 1, 2, 2), [0.25, -0.5, 1, 0.125]))
        {
            Form = LowRankForm.LowRankStep,
            Backward = new BackwardRead(new Tensor(EquatableArray.Of(1, 1, 2, 2), [0.5, 0.5, -1, 0.25]), Delay: 1),
            Skip = new Tensor(EquatableArray.Of(1), [0.5]),
        },
        new Decoder { Activation = DecoderFunctions.GeluErf },
        false,
        null)));

    public static TheoryData<string> Models => ["two-waves", "symbols", "paths", "oscillators", "low-rank", "matrices"];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_renderings_are_those_that_were_verified(string name)
    {
        SymbolicOperator symbolic = Expand(Model(name));
        Snapshot.VerifySet(
            [("text", OperatorText.Render(symbolic, Model(name), new OperatorView())), ("latex", OperatorLatex.Render(symbolic, new OperatorView())), ("json", OperatorJson.Render(symbolic, new OperatorView()))],
            name);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_page_is_the_one_that_was_verified(string name) =>
        Snapshot.Verify(OperatorMathML.Render(Expand(Model(name)), new OperatorView()), "mathml", name);

    [Theory]
    [InlineData("two-waves")]
    [InlineData("symbols")]
    [InlineData("oscillators")]
    [InlineData("low-rank")]
    public void The_sources_are_those_that_were_verified(string name) => Snapshot.VerifySet(
        [("sympy", OperatorSymPy.Render(Expand(Model(name)), new OperatorView())), ("angourimath", OperatorAngouriMath.Render(Expand(Model(name)), new OperatorView()))],
        name);

    [Fact]
    public void Every_random_models_page_is_well_formed()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            SymbolicOperator symbolic = Expand(RandomModels.Create(seed, (CellClass)(seed % Enum.GetValues<CellClass>().Length)).Model);
            string page = OperatorMathML.Render(symbolic, new OperatorView(Top: seed % 5));

            // The doctype and the one element without an end are HTML's own.
            XDocument document = XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal));
            Assert.NotEmpty(document.Descendants("math"));
            Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.DoesNotContain("http", page, StringComparison.Ordinal);
            Assert.Contains(OperatorMathML.Fragment(symbolic, new OperatorView(Top: seed % 5)), page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_random_models_Latex_is_aligned_once_per_equation()
    {
        int gated = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            SymbolicOperator symbolic = Expand(RandomModels.Create(seed, (CellClass)(seed % Enum.GetValues<CellClass>().Length)).Model);
            string latex = OperatorLatex.Render(symbolic, new OperatorView(Top: seed % 5));
            Assert.All(latex.Split('\n').Where(line => line.StartsWith(' ')), line => Assert.Equal(1, Matrix().Replace(line, "").Count(c => c == '&')));
            gated += latex.Contains("value times gate", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(gated > 5, "Only " + NumberText.Format(gated) + " models have the polynomial of a gate.");
    }

    [Theory]
    [InlineData("softplus", 5)]
    [InlineData("gelu-erf", 4)]
    [InlineData("tanh", 5)]
    [InlineData("polynomial(1/3, 2, -4/7)", 2)]
    public void Every_coefficient_in_the_Json_is_exact(string decoder, int order)
    {
        SymbolicOperator symbolic = CompilerStages.Expand(
            TestModels.Waves(decoder, [0.5, 0.1, 0.25, 0, 0.1, 0], [1, 0.3, 1, 0, 2, 0], 0.75), new ModelOptions(order), default).Value!;
        using JsonDocument json = JsonDocument.Parse(OperatorJson.Render(symbolic, new OperatorView(Top: int.MaxValue)));
        JsonElement layer = json.RootElement.GetProperty("layers")[0];
        Term<BigRational>[] terms = [.. ChannelPolynomial.Of(symbolic, new OperatorView()).Terms];
        JsonElement[] written = [.. layer.GetProperty("terms").EnumerateArray()];
        Assert.Equal(terms.Length, written.Length);
        for (int i = 0; i < terms.Length; i++)
        {
            string exact = written[i].GetProperty("exact").GetString()!;
            Assert.Equal(exact.Contains('x', StringComparison.Ordinal) ? DyadicText.Of(terms[i].Coefficient) : terms[i].Coefficient.ToString(), exact);
            Assert.Equal(terms[i].Coefficient.ToDouble(), written[i].GetProperty("coefficient").GetDouble());
        }

        Assert.All(Numbers(layer), number =>
        {
            string exact = number.GetProperty("exact").GetString()!;
            double value = number.GetProperty("value").GetDouble();
            BigRational read = exact.Contains('x', StringComparison.Ordinal) ? HexText.Value(exact) : BigRational.TryParse(exact, out BigRational rational) ? rational : throw new FormatException(exact);
            Assert.Equal(value, read.ToDouble());
        });
        Assert.True(Numbers(layer).Count() > 3 * 9);
    }

    [Fact]
    public void A_growing_wave_has_no_reach()
    {
        using JsonDocument json = JsonDocument.Parse(OperatorJson.Render(Expand(TestModels.Waves("gelu-erf", [1.5, 0, 0.5, 0], [1, 0, 1, 0], 0.5)), new OperatorView()));
        JsonElement waves = json.RootElement.GetProperty("layers")[0].GetProperty("waves");
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Object], waves.EnumerateArray().Select(wave => wave.GetProperty("reach").ValueKind));
    }

    [Fact]
    public void A_wave_beyond_all_doubles_stops_no_rendering()
    {
        // No model has one, but an operator may be made of anything.
        SymbolicOperator finite = Expand(TestModels.Waves("gelu-erf", [0.5, 0.25], [1, 1], 0.5));
        var cell = (WaveCell)finite.Layers[0].Cell;
        ModeBank waves = ModeBank.PerChannel(1, [new ComplexNumber(double.PositiveInfinity, double.NaN)], [new ComplexNumber(double.NegativeInfinity, 1)], [0.5]);
        SymbolicOperator symbolic = finite with { Layers = EquatableArray.Of(finite.Layers[0] with { Cell = cell with { Waves = waves } }) };
        var view = new OperatorView();
        Assert.Contains(@"\infty", OperatorLatex.Render(symbolic, view), StringComparison.Ordinal);
        Assert.Contains("∞", OperatorMathML.Render(symbolic, view), StringComparison.Ordinal);
        Assert.Contains("w_0: nan + nan*I,  # Infinity + NaNi", OperatorSymPy.Render(symbolic, view), StringComparison.Ordinal);
        Assert.NotEmpty(OperatorAngouriMath.Render(symbolic, view));
        using JsonDocument json = JsonDocument.Parse(OperatorJson.Render(symbolic, view));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("layers")[0].GetProperty("waves")[0].GetProperty("reach").ValueKind);
    }

    /// <summary>All objects of value and exact value below an element.</summary>
    private static IEnumerable<JsonElement> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object when element.TryGetProperty("value", out _) => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Numbers(property.Value)),
        _ => [],
    };

    [Fact]
    public void The_text_of_two_waves_states_numbers_that_were_computed_by_hand()
    {
        string text = OperatorText.Render(Expand(TwoWaves), TwoWaves, new OperatorView());

        // 1/ln 2, 1/ln(4/3), a quarter turn per step: period 4; reaches 2/(1 - 1/2), |1 - i/2|/(1 - 3/4) and 1/4; 2 o^2/2 of w_0 w_1.
        Assert.Contains("    w_0: lambda 0.5, weight 2, lifetime 1.4427, frequency 0, reach 4\n", text, StringComparison.Ordinal);
        Assert.Contains("    w_1: lambda 0 + 0.75i, weight 1 - 0.5i, lifetime 3.4761, period 4, reach 4.4721\n", text, StringComparison.Ordinal);
        Assert.Contains("D = 0.25", text, StringComparison.Ordinal);
        Assert.Contains("9 terms in all, up to order 3.", text, StringComparison.Ordinal);
        string[] terms = [.. text.Split('\n').SkipWhile(line => !line.Contains("    w_0: ", StringComparison.Ordinal)).Skip(1).Take(9).Select(line => line.Trim().Split(':')[0])];
        Assert.Equal(
            ["w_0 w_1", "0.5 w_1^2", "0.5 w_0^2", "w_1", "w_0", "w_1 d", "w_0 d", "d", "0.5 d^2"],
            terms);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_Latex_balances(string name)
    {
        string latex = OperatorLatex.Render(Expand(Model(name)), new OperatorView());
        int depth = 0;
        for (int i = 0; i < latex.Length; i++)
        {
            bool escaped = i > 0 && latex[i - 1] == '\\';
            depth += escaped ? 0 : latex[i] switch { '{' => 1, '}' => -1, _ => 0 };
            Assert.True(depth >= 0, $"a brace closes that was not opened: {latex[..i]}");
        }

        Assert.Equal(0, depth);
        Assert.Equal(latex.Split(@"\left").Length, latex.Split(@"\right").Length);
        Assert.Equal(latex.Split(@"\begin{").Length, latex.Split(@"\end{").Length);
        Assert.DoesNotContain("NaN", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Json_holds_every_wave_to_the_bit()
    {
        SequenceModel model = RandomModels.Create(8, new ModelShape { Width = 3, Modes = 5 }).Model;
        SymbolicOperator symbolic = Expand(model);
        ModeBank waves = ((WaveCell)symbolic.Layers[0].Cell).Waves;
        using JsonDocument json = JsonDocument.Parse(OperatorJson.Render(symbolic, new OperatorView(Channel: 2)));
        JsonElement layer = json.RootElement.GetProperty("layers")[0];
        Assert.Equal(2, layer.GetProperty("channel").GetInt32());
        JsonElement[] listed = [.. layer.GetProperty("waves").EnumerateArray()];
        Assert.Equal(Enumerable.Range(0, 5), listed.Select(wave => wave.GetProperty("index").GetInt32()).Order());
        foreach (JsonElement wave in listed)
        {
            string eigenvalue = wave.GetProperty("eigenvalue").GetRawText();
            Assert.Contains(waves[2, wave.GetProperty("index").GetInt32()].Eigenvalue.Re.ToString("R", System.Globalization.CultureInfo.InvariantCulture), eigenvalue, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_Json_is_Json(string name)
    {
        using JsonDocument json = JsonDocument.Parse(OperatorJson.Render(Expand(Model(name)), new OperatorView()));
        Assert.Equal("operatorgen-operator/1", json.RootElement.GetProperty("format").GetString());
        Assert.Equal(JsonValueKind.Array, json.RootElement.GetProperty("layers").ValueKind);
    }

    [GeneratedRegex(@"\\begin\{pmatrix\}.*?\\end\{pmatrix\}")]
    private static partial Regex Matrix();

    private static SequenceModel Model(string name) => name switch
    {
        "two-waves" => TwoWaves,
        "symbols" => Symbolic,
        "oscillators" => Oscillators,
        "low-rank" => LowRank,
        "matrices" => CdeCells.Circle,
        _ => Paths,
    };

    private static SymbolicOperator Expand(SequenceModel model) =>
        CompilerStages.Expand(model, ModelOptions.None, default).Value!;
}
