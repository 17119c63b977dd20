using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>Which selective cells have a meaning in the formulas.</summary>
internal static class SelectiveCellShapes
{
    /// <summary>Throws <see cref="NotSupportedException"/> where a part of the cells has no meaning.</summary>
    public static void Check(SelectiveCell cell)
    {
        Shapes.Require(cell.Inputs > 0 && cell.Count > 0 && cell.KeyWidth > 0 && cell.ValueWidth > 0, $"{cell.Count} cells of {cell.KeyWidth} keys and {cell.ValueWidth} values take {cell.Inputs} inputs; every number must be positive.");
        CheckTransition(cell);
        CheckBlocks(cell, cell.Value, "value", cell.ValueWidth);
        CheckParameter(cell, cell.Key, "key");
        CheckParameter(cell, cell.Query, "query");
        CheckRead(cell);
        if (cell.Skip is Tensor skip)
        {
            Shapes.Require(skip.Count == cell.Count || skip.Count == cell.OutputWidth, $"D has {skip.Count} numbers; one for each of {cell.Count} cells or of {cell.OutputWidth} readouts is expected.");
            RequireNumbers(skip, "D");
        }

        bool fits = cell.Layout switch
        {
            StateOrder.Keys => cell.ValueWidth == 1,
            StateOrder.Cells => cell.ValueWidth == 1 && cell.KeyWidth == 1,
            _ => true,
        };
        Shapes.Require(fits, $"A state with the axes of {cell.Layout} has no room for {cell.KeyWidth} keys and {cell.ValueWidth} values.");
    }

    private static void CheckTransition(SelectiveCell cell)
    {
        int parts = cell.Field == Field.Complex ? 2 : 1;
        switch (cell.Transition)
        {
            case StepTransition step:
                Shapes.Require(
                    step.A.Count == cell.Count * parts || step.A.Count == cell.Count * cell.KeyWidth * parts,
                    $"A has {step.A.Count} numbers; {cell.Count * parts}, or {cell.Count * cell.KeyWidth * parts} for one eigenvalue per key, are expected.");
                RequireNumbers(step.A, "A");
                CheckBlocks(cell, step.Delta, "Delta", 1);
                break;
            case LogGateTransition log:
                CheckBlocks(cell, log.LogGate, "log-gate", log.PerKey ? cell.KeyWidth : 1);
                break;
            case GateTransition gate:
                CheckBlocks(cell, gate.Gate, "gate", parts);
                break;
            case DecayTransition decay:
                CheckTensor(decay.A, "A", cell.Count);
                break;
            case DeltaTransition delta:
                Shapes.Require(cell.Field == Field.Real, "A delta rule has a meaning for real states only.");
                CheckBlocks(cell, delta.Beta, "beta", 1);
                if (delta.LogGate is Signal logGate)
                {
                    CheckBlocks(cell, logGate, "log-gate", 1);
                }

                break;
            default:
                throw new NotSupportedException($"The reference has no formula for a {cell.Transition.GetType().Name}.");
        }
    }

    private static void CheckParameter(SelectiveCell cell, Parameter? parameter, string name)
    {
        Shapes.Require(parameter is not null || cell.KeyWidth == 1, $"There is no {name}, which has a meaning for one key; there are {cell.KeyWidth}.");
        if (parameter is null)
        {
            return;
        }

        Shapes.Require(parameter.Field == Field.Real || cell.Field == Field.Complex, $"A complex {name} has no meaning where the state is real.");
        int size = cell.KeyWidth * (parameter.Field == Field.Complex ? 2 : 1);
        switch (parameter)
        {
            case ConstantParameter constant:
                CheckTensor(constant.Value, $"constant {name}", cell.Count * size);
                break;
            case SelectiveParameter selective:
                CheckBlocks(cell, selective.Signal, name, size);
                break;
            default:
                throw new NotSupportedException($"The reference has no formula for a {parameter.GetType().Name}.");
        }
    }

    private static void CheckRead(SelectiveCell cell)
    {
        if (cell.Bonus is Tensor bonus)
        {
            Shapes.Require(cell.Order == ReadOrder.PreUpdate, "A bonus has a meaning for a read before the update.");
            Shapes.Require(cell.Transition is LogGateTransition or GateTransition or DecayTransition, "A bonus has a meaning where the key times the value is added as it is.");
            CheckTensor(bonus, "bonus", cell.Count * cell.KeyWidth);
        }
    }

    /// <summary>P blocks of a size, at least one and at most one per cell.</summary>
    private static void CheckBlocks(SelectiveCell cell, Signal signal, string name, int size)
    {
        Shapes.Require(
            signal.Width > 0 && signal.Width % size == 0 && signal.Width / size <= cell.Count,
            $"The {name} has {signal.Width} numbers; blocks of {size}, at most {cell.Count} of them, are expected.");
        SignalShapes.Check(signal, cell.InputWidth);
    }

    private static void CheckTensor(Tensor tensor, string name, int count)
    {
        Shapes.Require(tensor.Count == count, $"The {name} has {tensor.Count} numbers; {count} are expected.");
        RequireNumbers(tensor, "The " + name);
    }

    private static void RequireNumbers(Tensor tensor, string name) => Shapes.Require(tensor.IsNumeric, $"{name} holds symbols; the reference needs numbers.");
}
