using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes a constant cell whose parameters are symbols or rationals as formulas in them; nothing is rounded.</summary>
internal static class ChannelModesSymbols
{
    /// <summary>The cell's operator: one channel with symbolic modes.</summary>
    public static SymbolicCell Solve(ChannelModes cell)
    {
        (Tensor a, Tensor b, Tensor c, Tensor delta) = (cell.A, cell.B, cell.C, cell.Delta);
        List<SymbolicMode> modes = [];
        for (int n = 0; n < cell.Modes; n++)
        {
            modes.Add(Mode(cell, Complex(a, cell.Field, n), Complex(b, cell.Field, n), Complex(c, cell.Field, n), delta[0].ToExpression()));
        }

        List<Formula> formulas = [.. CellFormulas.Constant(cell.Skip is not null)];
        Expression? skip = cell.Skip?[0].ToExpression();
        if (skip is not null)
        {
            formulas.Add(Eq.Symbol("D").Is(skip));
        }

        return new SymbolicCell(formulas.ToEquatableArray(), modes.ToEquatableArray(), ModelSymbols.Of(cell).ToEquatableArray(), skip);
    }

    private static SymbolicMode Mode(ModeCell cell, Expression a, Expression b, Expression c, Expression delta) => new(
        Discretized.Eigenvalue(cell.Rule, delta, a),
        Eq.Number(cell.Gamma) * c * Discretized.InputWeight(cell.Rule, delta, a) * b);

    private static Expression Complex(Tensor tensor, Field field, int index)
    {
        if (field == Field.Real)
        {
            return tensor[index].ToExpression();
        }

        Expression re = tensor[2 * index].ToExpression();
        Scalar im = tensor[(2 * index) + 1];
        return IsZero(im) ? re : (IsZero(tensor[2 * index]) ? 0 : re) + Imaginary(im);
    }

    /// <summary>i times a real number: the number before i, a symbol after it, the sign of a symbol before both.</summary>
    private static Expression Imaginary(Scalar number) => number switch
    {
        { IsSymbol: false } => number.ToExpression() * Eq.I,
        { IsNegated: true } => -(Eq.I * Eq.Symbol(number.Symbol!)),
        _ => Eq.I * number.ToExpression(),
    };

    private static bool IsZero(Scalar scalar) => !scalar.IsSymbol && scalar.ToDouble() == 0;
}
