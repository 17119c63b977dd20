using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Operators;

/// <summary>The operator as plain text, for people: what <see cref="DescriptionText"/> writes of its description. A model with symbols has no description and a text of its own.</summary>
public static class OperatorText
{
    /// <summary>The part of an operator that a view shows.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="model">The model that it was made of.</param>
    /// <param name="view">Which part.</param>
    public static string Render(SymbolicOperator symbolic, SequenceModel model, OperatorView view) => ModelSymbols.Of(model).Any()
        ? SymbolicText.Render(symbolic, view)
        : DescriptionText.Of(Description(symbolic, model), new DescriptionView { Layer = view.Layer, Channel = view.Channel, Top = view.Top });

    /// <summary>The short text of an operator, for the place where an editor shows a type; null for a model with symbols.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="model">The model that it was made of.</param>
    public static string? Short(SymbolicOperator symbolic, SequenceModel model) => ModelSymbols.Of(model).Any() ? null : DescriptionText.Short(Description(symbolic, model));

    /// <summary>The operator in double precision with what is proven of it.</summary>
    private static OperatorDescription Description(SymbolicOperator symbolic, SequenceModel model) => OperatorDescriptions.Of(model, symbolic.Order) with
    {
        DeclaredExpansion = _ => symbolic.Expansion,
        Bounds = symbolic.Bounds(),
    };
}
