using System;
using System.Linq;
using System.Text.Json;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>The path form of every kind of selective cells, as people, LaTeX and browsers read it.</summary>
public sealed class SelectiveFormulaTests
{
    public static TheoryData<SelectiveKind> Kinds => [.. Enum.GetValues<SelectiveKind>()];

    [Fact]
    public void The_text_of_every_kind_is_the_one_that_was_verified() => Snapshot.Verify(Lines(formula => formula.Text), "text");

    [Fact]
    public void The_Latex_of_every_kind_is_the_one_that_was_verified() => Snapshot.Verify(Lines(formula => ExpressionLatex.Render(formula.Tree)), "latex");

    [Fact]
    public void The_MathML_of_every_kind_is_the_one_that_was_verified() => Snapshot.Verify(Lines(formula => ExpressionMathML.Render(formula.Tree)), "mathml");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_renderings_hold_every_formula_of_the_cell(SelectiveKind kind)
    {
        SequenceModel model = Model(kind);
        SymbolicOperator symbolic = CompilerStages.Expand(model, ModelOptions.None, default).Value!;
        Formula[] formulas = Formulas(kind);
        using JsonDocument json = JsonDocument.Parse(OperatorJson.Render(symbolic, new OperatorView()));
        Assert.Equal(formulas.Select(formula => formula.Text), json.RootElement.GetProperty("layers")[0].GetProperty("cell").EnumerateArray().Select(line => line.GetString()));
        string text = OperatorText.Render(symbolic, model, new OperatorView()), page = OperatorMathML.Render(symbolic, new OperatorView());
        Assert.All(formulas, formula =>
        {
            Assert.Contains("  " + formula.Text + "\n", text, StringComparison.Ordinal);
            Assert.Contains(ExpressionMathML.Render(formula.Tree, display: true), page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_text_says_which_block_of_a_signal_a_cell_has_and_that_a_norm_has_groups()
    {
        var input = new CellInputSignal(16);
        Signal Part(int start, int width) => new SlicedSignal(input, start, width);
        var cell = new SelectiveCell(
            16, 4, 2, 2, Field.Real, new LogGateTransition(Part(14, 2), PerKey: false), Part(0, 4), new SelectiveParameter(Part(4, 8)), new SelectiveParameter(Part(12, 2)), Gamma: 1);
        var decoder = new Decoder { Activation = DecoderFunctions.Identity, Norm = new RmsNorm(8, new Tensor(EquatableArray.Of(8), [1, 1, 1, 1, 1, 1, 1, 1.0]), 1e-5, 2) };
        var model = new SequenceModel("gla", 16, EquatableArray.Of(new Layer("", 16, null, InputStage.None, cell, decoder, Residual: false, null)));
        SymbolicOperator symbolic = CompilerStages.Expand(model, ModelOptions.None, default).Value!;
        string[] sentences =
        [
            "cell g of 4 has block g of the 4 of k(t)",
            "cell g of 4 has block g 2 / 4, rounded down, of the 2 of value(t) and gate(t)",
            "all cells share q(t)",
            "RmsNorm is that of each of 4 groups of 2 channels",
        ];
        string[] texts =
        [
            OperatorText.Render(symbolic, model, new OperatorView()), OperatorLatex.Render(symbolic, new OperatorView()), OperatorMathML.Render(symbolic, new OperatorView()),
            OperatorDescriptions.Of(model).Text,
        ];
        Assert.All(texts, text => Assert.All(sentences, sentence => Assert.Contains(sentence, text, StringComparison.Ordinal)));
    }

    private static string Lines(Func<Formula, string> line) =>
        string.Concat(Enum.GetValues<SelectiveKind>().Select(kind => $"{kind}\n{string.Concat(Formulas(kind).Select(formula => $"  {line(formula)}\n"))}"));

    private static Formula[] Formulas(SelectiveKind kind) =>
        [.. ((PathCell)CompilerStages.Expand(Model(kind), ModelOptions.None, default).Value!.Layers[0].Cell).Formulas];

    private static SequenceModel Model(SelectiveKind kind) => RandomModels.Create(2, new ModelShape { Cells = CellClass.Selective, Selective = kind, Modes = 2, InnerWidth = 4 }).Model;
}
