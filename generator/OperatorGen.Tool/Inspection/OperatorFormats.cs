using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>The formats that an operator is written in, by the names that a user gives.</summary>
internal static class OperatorFormats
{
    private static readonly string[] s_ofOnePolynomial = ["sympy", "angourimath"];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = ["text", "latex", "mathml", "json", .. s_ofOnePolynomial];

    /// <summary>The operator in a format.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="model">The model that it was made of.</param>
    /// <param name="view">Which part of it.</param>
    /// <param name="format">The name.</param>
    /// <exception cref="UnusableInputException">The layer has no polynomial for a format that writes one, or too many terms.</exception>
    public static string Render(SymbolicOperator symbolic, SequenceModel model, OperatorView view, string format)
    {
        if (s_ofOnePolynomial.Contains(format) && ChannelPolynomial.Obstacle(symbolic, view) is { } obstacle)
        {
            string other = symbolic.Layers.Count > 1 ? " --layer names another layer." : "";
            throw new UnusableInputException($"--format {format}: {obstacle}{other}");
        }

        try
        {
            return format switch
            {
                "latex" => OperatorLatex.Render(symbolic, view),
                "mathml" => OperatorMathML.Render(symbolic, view),
                "json" => OperatorJson.Render(symbolic, view),
                "sympy" => OperatorSymPy.Render(symbolic, view),
                "angourimath" => OperatorAngouriMath.Render(symbolic, view),
                _ => OperatorText.Render(symbolic, model, view),
            };
        }
        catch (TermLimitException many)
        {
            throw new UnusableInputException($"--format {format} writes all terms. {many.Message} A lower --order has fewer; --format json lists the first --top of them.", many);
        }
    }
}
