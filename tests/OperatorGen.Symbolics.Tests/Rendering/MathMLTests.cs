using System;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Rendering;

/// <summary>The LaTeX of formulas as presentation MathML.</summary>
public sealed class MathMLTests
{
    [Theory]
    [InlineData("w_{0}^{2} w_{3}", "<msubsup><mi>w</mi><mrow><mn>0</mn></mrow><mrow><mn>2</mn></mrow></msubsup><msub><mi>w</mi><mrow><mn>3</mn></mrow></msub>")]
    [InlineData(@"-\frac{1}{2}\, o", "<mo form=\"prefix\">−</mo><mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac><mspace width=\"0.167em\"/><mi>o</mi>")]
    [InlineData(@"\sum_{j=0}^{2} x", "<munderover><mo>∑</mo><mrow><mi>j</mi><mo>=</mo><mn>0</mn></mrow><mrow><mn>2</mn></mrow></munderover><mi>x</mi>")]
    [InlineData("D = -2.5", "<mi>D</mi><mo>=</mo><mo form=\"prefix\">−</mo><mn>2.5</mn>")]
    [InlineData("a - b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData("{} - b", "<mrow></mrow><mo>−</mo><mi>b</mi>")]
    [InlineData(@"\mathrm{dt\_proj}", "<mi mathvariant=\"normal\">dt_proj</mi>")]
    [InlineData(@"\operatorname{Re} z", "<mi mathvariant=\"normal\">Re</mi><mspace width=\"0.167em\"/><mi>z</mi>")]
    [InlineData(@"\left(\sqrt{2}\right)", "<mrow><mo fence=\"true\" form=\"prefix\">(</mo><mrow><msqrt><mrow><mn>2</mn></mrow></msqrt></mrow><mo fence=\"true\" form=\"postfix\">)</mo></mrow>")]
    public void ALineOfLatexHasThisMathML(string latex, string expected)
    {
        Assert.Equal("<math>" + expected + "</math>", MathML.FromLatex(latex));
        XDocument.Parse(MathML.FromLatex(latex, display: true));
    }

    [Fact]
    public void EveryDecoderFunctionsFormulaIsWellFormedAndKeepsItsNumbersAndNames()
    {
        foreach (DecoderFunction function in DecoderFunctions.All.Append(PolynomialFunction.TryParse("polynomial(-1/3, 0, 2.5, -1)")!))
        {
            XDocument.Parse(MathML.FromLatex(function.FormulaLatex("o")));
            XDocument.Parse(MathML.FromLatex(function.FormulaLatex(@"\lambda_{0} + 1")));
        }

        Assert.Contains("erf", MathML.FromLatex(DecoderFunctions.GeluErf.FormulaLatex("o")), StringComparison.Ordinal);
        Assert.Contains("<mn>0.044715</mn>", MathML.FromLatex(DecoderFunctions.GeluTanh.FormulaLatex("o")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\begin{matrix}", "\\begin")]
    [InlineData("{a", "'}' is expected")]
    [InlineData("a}", "closing brace")]
    [InlineData(@"\left(a", "\\right")]
    [InlineData(@"a\right)", "closing brace or fence")]
    [InlineData(@"\frac{1}", "an argument")]
    [InlineData("a # b", "'#'")]
    [InlineData("a\\", "the command")]
    public void WhatIsNotKnownOrDoesNotBalanceIsNamed(string latex, string what) =>
        Assert.Contains(what, Assert.Throws<FormatException>(() => MathML.FromLatex(latex)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnyTextOfTheAlphabetIsReadOrRefused()
    {
        const string Alphabet = @"ab0.9 _^{}()[]+-=<>,:|\frac\sqrt\left\right\lambda\sum\mathrm\, \";
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            string latex = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                XDocument.Parse(MathML.FromLatex(latex));
            }
            catch (FormatException)
            {
                // Refused, with a reason.
            }
        }
    }
}
