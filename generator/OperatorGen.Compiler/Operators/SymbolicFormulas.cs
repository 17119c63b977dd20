using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes a constant cell whose parameters are symbols or rationals as formulas in them; nothing is rounded.</summary>
internal static class SymbolicFormulas
{
    /// <summary>The cell's operator: one channel with symbolic modes.</summary>
    public static SymbolicCell Solve(ChannelModes cell)
    {
        (Tensor a, Tensor b, Tensor c, Tensor delta) = (cell.A, cell.B, cell.C, cell.Delta);
        List<SymbolicMode> modes = [];
        for (int n = 0; n < cell.Modes; n++)
        {
            modes.Add(Mode(cell, Complex(a, cell.Field, n), Complex(b, cell.Field, n), Complex(c, cell.Field, n), delta[0]));
        }

        List<Formula> formulas = [.. CellFormulas.Constant(cell.Skip is not null)];
        if (cell.Skip is { } skip)
        {
            formulas.Add(new Formula("D = " + skip[0].ToText(), "D = " + skip[0].ToLatex()));
        }

        return new SymbolicCell(formulas.ToEquatableArray(), modes.ToEquatableArray(), ModelSymbols.Of(cell).ToEquatableArray(), cell.Skip is not null);
    }

    private static SymbolicMode Mode(ModeCell cell, Formula a, Formula b, Formula c, Scalar delta)
    {
        string d = delta.ToText();
        string dl = delta.ToLatex();
        Formula eigenvalue = cell.Rule switch
        {
            DiscretizationRule.None => a,
            DiscretizationRule.Bilinear => new(
                $"(1 + {d} ({a.Text}) / 2) / (1 - {d} ({a.Text}) / 2)",
                $@"\frac{{1 + {dl} \left({a.Latex}\right) / 2}}{{1 - {dl} \left({a.Latex}\right) / 2}}"),
            _ => new($"exp({d} ({a.Text}))", $@"e^{{{dl} \left({a.Latex}\right)}}"),
        };
        Formula input = cell.Rule switch
        {
            DiscretizationRule.None => b,
            DiscretizationRule.Bilinear => Product(
                new($"{d} / (1 - {d} ({a.Text}) / 2)", $@"\frac{{{dl}}}{{1 - {dl} \left({a.Latex}\right) / 2}}"),
                b),
            DiscretizationRule.ZeroOrderHold => Product(
                new($"(exp({d} ({a.Text})) - 1) / ({a.Text})", $@"\frac{{e^{{{dl} \left({a.Latex}\right)}} - 1}}{{{a.Latex}}}"),
                b),
            _ => Product(new Formula(d, dl), b),
        };
        string gamma = NumberText.Format(cell.Gamma);
        return new SymbolicMode(eigenvalue, Product(new Formula(gamma, gamma), c, input));
    }

    /// <summary>A product without factors of 1; sums and negative numbers stand in parentheses where they are not alone.</summary>
    private static Formula Product(params Formula[] factors)
    {
        Formula[] proper = [.. factors.Where(f => f.Text != "1")];
        return proper.Length switch
        {
            0 => factors[0] with { Text = "1", Latex = "1" },
            1 => proper[0],
            _ => new Formula(
                string.Join(" ", proper.Select(f => IsAtom(f.Text) ? f.Text : $"({f.Text})")),
                string.Join(" ", proper.Select(f => IsAtom(f.Text) ? f.Latex : $@"\left({f.Latex}\right)"))),
        };
    }

    private static bool IsAtom(string text) => text[0] != '-' && text.IndexOf(' ') < 0;

    private static Formula Complex(Tensor tensor, Field field, int index)
    {
        if (field == Field.Real)
        {
            return new Formula(tensor[index].ToText(), tensor[index].ToLatex());
        }

        Scalar re = tensor[2 * index];
        Scalar im = tensor[(2 * index) + 1];
        if (IsZero(im))
        {
            return new Formula(re.ToText(), re.ToLatex());
        }

        string start = IsZero(re) ? "" : re.ToText() + " + ";
        string startLatex = IsZero(re) ? "" : re.ToLatex() + " + ";
        return new Formula($"{start}i {Factor(im.ToText())}", $"{startLatex}i {Factor(im.ToLatex())}");
    }

    private static string Factor(string text) => text[0] == '-' ? $"({text})" : text;

    private static bool IsZero(Scalar scalar) => !scalar.IsSymbol && scalar.ToDouble() == 0;
}
