using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>The waves of the mean gate in the notations of an operator, one row each.</summary>
internal static class MeanGateRows
{
    /// <summary>Equations: eigenvalue, centre and rho of each wave.</summary>
    public static IEnumerable<string> Latex(IEnumerable<MeanGateWave> waves) => waves.Select(wave =>
        ExpressionLatex.Aligned(Named("lambda", wave).Is(Eq.Number(wave.Eigenvalue)))
        + @", \quad " + ExpressionLatex.Render(Named("c", wave).Is(Eq.Number(wave.Gate.Centre)))
        + (double.IsInfinity(wave.Range.Rho) ? "" : @", \quad " + ExpressionLatex.Render(Named("rho", wave).Is(Eq.Number(wave.Range.Rho)))));

    /// <summary>A table; empty without waves.</summary>
    public static string MathML(IReadOnlyList<MeanGateWave> waves)
    {
        if (waves.Count == 0)
        {
            return "";
        }

        IEnumerable<string> rows = waves.Select(wave => Row("td", Cells(wave).Select(cell => ExpressionMathML.Render(cell))));
        string[] headings = ["", "eigenvalue", "lifetime", "period", "mean gate", ExpressionMathML.Render(Eq.Symbol("rho"))];
        return "<h3>waves of the mean gate</h3>\n<table>\n" + Row("th", headings) + string.Concat(rows)
            + "</table>\n<div class=\"note\">the longest-lived first; lifetime and period in steps; rounded to 6 digits</div>\n";
    }

    private static Expression[] Cells(MeanGateWave wave) =>
    [
        Named("lambda", wave),
        Eq.Number(new ComplexNumber(OperatorMathML.Rounded(wave.Eigenvalue.Re), OperatorMathML.Rounded(wave.Eigenvalue.Im))),
        .. new[] { wave.Lifetime, wave.Period, wave.Gate.Centre, wave.Range.Rho }.Select(value => Eq.Number(OperatorMathML.Rounded(value))),
    ];

    /// <summary>The formulas and the waves; the reason where there are none.</summary>
    public static string Json(PathCell cell, IEnumerable<MeanGateWave> shown) => cell.WavesReason is { } reason
        ? $"{{ \"waves\": null, \"reason\": {QuotedText.Of(reason)} }}"
        : $"{{ \"formulas\": {OperatorJson.Formulas(cell.MeanGateFormulas)}, \"waveCount\": {NumberText.Format((double)cell.Waves.Count)}, \"waves\": [{string.Join(",", shown.Select(wave => "\n        " + Wave(wave)))}\n      ] }}";

    private static string Wave(MeanGateWave wave)
    {
        string key = wave.Key is { } n ? $" \"key\": {NumberText.Format((double)n)}," : "";
        string closed = wave.Range.Closed > 0 ? $", \"closed\": {NumberText.Format((double)wave.Range.Closed)}" : "";
        return $"{{ \"cell\": {NumberText.Format((double)wave.Cell)},{key} \"eigenvalue\": {OperatorJson.Complex(wave.Eigenvalue)}, \"lifetime\": {OperatorJson.Number(wave.Lifetime)}, \"frequency\": {OperatorJson.Number(wave.Frequency)}, \"period\": {OperatorJson.Number(wave.Period)}, \"rate\": {OperatorJson.Complex(wave.Gate.Rate)}, \"centre\": {OperatorJson.Number(wave.Gate.Centre)}, \"min\": {OperatorJson.Number(wave.Range.Min)}, \"max\": {OperatorJson.Number(wave.Range.Max)}, \"rho\": {OperatorJson.Number(wave.Range.Rho)}{closed} }}";
    }

    private static IndexedExpression Named(string symbol, MeanGateWave wave) => wave.Key is { } key ? Eq.Symbol(symbol)[wave.Cell, key] : Eq.Symbol(symbol)[wave.Cell];

    private static string Row(string tag, IEnumerable<string> cells) => "<tr>" + string.Concat(cells.Select(cell => $"<{tag}>{cell}</{tag}>")) + "</tr>\n";
}
