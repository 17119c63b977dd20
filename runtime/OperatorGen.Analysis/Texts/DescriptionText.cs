using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// An operator as text for people: formulas, then layer by layer the strongest channels with their waves and terms. Numbers have five digits, lines at most 120 columns.
/// </summary>
public static class DescriptionText
{
    /// <summary>The text of an operator, at most 40 lines a layer unless the view says how much is listed.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="view">Which part; null: all.</param>
    public static string Of(OperatorDescription operators, DescriptionView? view = null)
    {
        view ??= new DescriptionView();
        IEnumerable<string> legend = operators.Layers.All(layer => layer.IsSelective) ? [] : PlainText.Wrap(Legend, 2);
        List<string> lines = [.. Heading(operators), .. legend, .. Before(operators)];
        for (int l = view.Layer ?? 0; l <= (view.Layer ?? operators.Layers.Count - 1); l++)
        {
            lines.AddRange(new LayerText(operators, l, view).Lines(DescriptionView.LayerLines, isShort: false));
        }

        return Joined(lines.Concat(After(operators)));
    }

    /// <summary>A short text of an operator.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="lines">How many lines at most, at least 12.</param>
    public static string Short(OperatorDescription operators, int lines = DescriptionView.ShortLines)
    {
        string[] before = [.. Heading(operators), .. Before(operators)], after = [.. After(operators)];
        int room = lines - before.Length - after.Length, count = operators.Layers.Count;
        int shown = count <= room ? count : Math.Max(room - 1, 0);
        List<string> text = [.. before];
        for (int l = 0; l < shown; l++)
        {
            text.AddRange(new LayerText(operators, l, new DescriptionView()).Lines(count <= room ? room / count : 1, isShort: true));
        }

        if (shown < count)
        {
            text.Add($"and {PlainText.Count(count - shown, "more layer")}");
        }

        return Joined(text.Concat(after));
    }

    private const string Legend = "w_n: wave n of a readout, d: its skip. Lifetimes and periods in time steps; reach: how far inputs within 1 drive it.";

    private static IEnumerable<string> Heading(OperatorDescription operators) =>
        PlainText.Wrap($"{VisibleText.Of(operators.Architecture)}, decoder functions {Expanded(operators)}");

    private static string Expanded(OperatorDescription operators)
    {
        if (operators.Expansion is not { } expansion)
        {
            return "not expanded";
        }

        string order = "expanded to order " + NumberText.Format(expansion.Order);
        return expansion.Kind switch
        {
            ExpansionKind.Taylor => $"{order}, {(expansion.Layers.All(layer => layer.IsExact) ? "exact" : $"Taylor about {PlainText.Number(Centre(expansion))}")}",
            ExpansionKind.Chebyshev => order + ", Chebyshev on the range of every argument",
            ExpansionKind.Measure => order + ", least squares under the distribution on the calibration set",
            ExpansionKind.Exact => order + ", exact",
            _ => throw new ArgumentException($"The expansion {expansion.Kind} has no text.", nameof(operators)),
        };
    }

    private static double Centre(OperatorExpansion expansion) => expansion.Layers[0].Readouts[0] is { Order: > 0 } polynomial ? polynomial.Basis.Alpha(0) : 0;

    private static IEnumerable<string> Before(OperatorDescription operators) => FormulaText.Before(operators).SelectMany(formula => PlainText.Wrap(formula, 2));

    private static IEnumerable<string> After(OperatorDescription operators)
    {
        IEnumerable<string> formulas = FormulaText.After(operators).SelectMany(formula => PlainText.Wrap(formula, 2));
        return operators.Bounds is { } bounds ? formulas.Concat(Proven(operators, bounds)) : formulas;
    }

    private static IEnumerable<string> Proven(OperatorDescription operators, ProvenBounds bounds)
    {
        (string noun, string one) = operators.Output == OutputFunction.Scores ? ("output", "an output") : ("score", "a score");
        string outputs = operators.OutputWidth == 1 ? "the " + noun : $"the {PlainText.Count(operators.OutputWidth, noun)}";
        yield return $"proven for every input in {PlainText.Range(bounds.InputLow, bounds.InputHigh)} (real arithmetic):";
        yield return $"  {outputs} in {PlainText.Range(bounds.OutputLow, bounds.OutputHigh)}";
        string truncation = bounds.Truncation is { } greatest
            ? $"the expansion changes {one} by at most {PlainText.Number(greatest)}"
            : $"no bound of what the expansion changes: {bounds.Reason}";
        foreach (string line in PlainText.Wrap(truncation, 2))
        {
            yield return line;
        }
    }

    private static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
