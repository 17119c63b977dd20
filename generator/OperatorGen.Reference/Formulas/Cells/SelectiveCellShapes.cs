using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>Which selective cells have a meaning in the formulas.</summary>
internal static class SelectiveCellShapes
{
    /// <summary>Throws <see cref="NotSupportedException"/> where a parameter's size has no meaning.</summary>
    public static void Check(SelectiveCell cell)
    {
        int modes = cell.Count * cell.KeyWidth;
        bool scalar = cell.Transition is ScalarTransition;
        Check(cell, cell.Transition.Parameter, "A", cell.Field, scalar ? cell.Count : modes, scalar ? cell.Count : modes);
        Check(cell, cell.B, "B", cell.Field, modes, cell.KeyWidth);
        Check(cell, cell.C, "C", cell.Field, modes, cell.KeyWidth);
        bool shared = cell.Delta is ConstantParameter { Value.Count: 1 };
        if (cell.Rule != DiscretizationRule.None)
        {
            Check(cell, cell.Delta, "Delta", Field.Real, shared ? 1 : cell.Count, cell.Count);
        }

        if (cell.Skip is Tensor skip)
        {
            Shapes.Require(skip.Count == cell.Count, $"D has {skip.Count} numbers, but there are {cell.Count} cells.");
            Shapes.Require(skip.IsNumeric, "D holds symbols; the reference needs numbers.");
        }
    }

    private static void Check(SelectiveCell cell, Parameter parameter, string name, Field field, int constant, int selective)
    {
        if (parameter is ConstantParameter { Value: Tensor value })
        {
            int expected = constant * (field == Field.Complex ? 2 : 1);
            Shapes.Require(value.Count == expected, $"The constant {name} has {value.Count} numbers; {expected} are expected.");
            Shapes.Require(value.IsNumeric, $"{name} holds symbols; the reference needs numbers.");
        }
        else if (parameter is SelectiveParameter { Signal: Signal signal })
        {
            Shapes.Require(signal.Width == selective, $"The selective {name} has width {signal.Width}; it has a meaning for width {selective} only.");
            CheckSignal(signal, cell.OutputWidth);
        }
    }

    private static void CheckSignal(Signal signal, int inputWidth)
    {
        switch (signal)
        {
            case CellInputSignal:
                Shapes.Require(signal.Width == inputWidth, $"A signal takes the cells' input for {signal.Width} wide; it is {inputWidth} wide.");
                break;
            case ProjectedSignal projected:
                CheckSignal(projected.Source, inputWidth);
                ModelShapes.Check(projected.Projection, projected.Source.Width, projected.Name);
                break;
            case SlicedSignal sliced:
                CheckSignal(sliced.Source, inputWidth);
                Shapes.Require(sliced.Start >= 0 && sliced.Width >= 0 && sliced.Start + sliced.Width <= sliced.Source.Width, $"A signal takes components {sliced.Start} to {sliced.Start + sliced.Width} of {sliced.Source.Width}.");
                break;
            case MappedSignal mapped:
                CheckSignal(mapped.Source, inputWidth);
                break;
        }
    }
}
