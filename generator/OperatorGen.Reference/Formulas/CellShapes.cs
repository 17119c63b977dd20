using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>Which cells have a meaning in the formulas.</summary>
internal static class CellShapes
{
    /// <summary>A of the transition: of [G, K] numbers, or of [G] where one number acts on the whole state of a cell.</summary>
    public static Parameter EigenvaluesOf(Cell cell) => cell.Transition switch
    {
        DiagonalTransition diagonal => diagonal.A,
        ScalarTransition scalar => scalar.A,
        _ => throw new NotSupportedException($"The reference has no formula for a {cell.Transition.GetType().Name}."),
    };

    /// <summary>Throws <see cref="NotSupportedException"/> where a parameter's size has no meaning.</summary>
    public static void Check(Cell cell)
    {
        int modes = cell.Count * cell.KeyWidth;
        bool scalar = cell.Transition is ScalarTransition;
        Check(cell, EigenvaluesOf(cell), "A", cell.Field, scalar ? cell.Count : modes, scalar ? cell.Count : modes);
        Check(cell, cell.B, "B", cell.Field, modes, cell.KeyWidth);
        Check(cell, cell.C, "C", cell.Field, modes, cell.KeyWidth);
        bool shared = cell.Delta is ConstantParameter { Value.Count: 1 };
        if (cell.Rule != DiscretizationRule.None)
        {
            Check(cell, cell.Delta, "Delta", Field.Real, shared ? 1 : cell.Count, cell.Count);
        }

        if (cell.Skip is Tensor skip)
        {
            Require(skip.Count == cell.Count, $"D has {skip.Count} numbers, but there are {cell.Count} cells.");
            Require(skip.IsNumeric, "D holds symbols; the reference needs numbers.");
        }
    }

    /// <summary>Throws <see cref="NotSupportedException"/> with the sentence where the condition does not hold.</summary>
    public static void Require(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new NotSupportedException(sentence);
        }
    }

    private static void Check(Cell cell, Parameter parameter, string name, Field field, int constant, int selective)
    {
        if (parameter is ConstantParameter { Value: Tensor value })
        {
            int expected = constant * (field == Field.Complex ? 2 : 1);
            Require(value.Count == expected, $"The constant {name} has {value.Count} numbers; {expected} are expected.");
            Require(value.IsNumeric, $"{name} holds symbols; the reference needs numbers.");
        }
        else if (parameter is SelectiveParameter { Signal: Signal signal })
        {
            Require(signal.Width == selective, $"The selective {name} has width {signal.Width}; it has a meaning for width {selective} only.");
            CheckSignal(signal, cell.OutputWidth);
        }
    }

    private static void CheckSignal(Signal signal, int inputWidth)
    {
        switch (signal)
        {
            case CellInputSignal:
                Require(signal.Width == inputWidth, $"A signal takes the cells' input for {signal.Width} wide; it is {inputWidth} wide.");
                break;
            case ProjectedSignal projected:
                CheckSignal(projected.Source, inputWidth);
                ModelShapes.Check(projected.Projection, projected.Source.Width, projected.Name);
                break;
            case SlicedSignal sliced:
                CheckSignal(sliced.Source, inputWidth);
                Require(sliced.Start >= 0 && sliced.Width >= 0 && sliced.Start + sliced.Width <= sliced.Source.Width, $"A signal takes components {sliced.Start} to {sliced.Start + sliced.Width} of {sliced.Source.Width}.");
                break;
            case MappedSignal mapped:
                CheckSignal(mapped.Source, inputWidth);
                break;
        }
    }
}
