using System;
using Xunit;

namespace OperatorGen.Models.Tests;

/// <summary>What every selective cell promises: sizes of signals are whole blocks, as many as divide the cells.</summary>
internal static class SelectiveCellInvariants
{
    public static void Check(SelectiveCell cell)
    {
        int parts = cell.Field == Field.Complex ? 2 : 1;
        CheckSignal(cell, cell.Value, cell.ValueWidth);
        CheckParameter(cell, cell.Key);
        CheckParameter(cell, cell.Query);
        switch (cell.Transition)
        {
            case StepTransition step:
                int[] a = step.A.Shape.Count == parts ? [cell.Count] : [cell.Count, cell.KeyWidth];
                ModelInvariants.CheckTensor(step.A, parts == 2 ? [.. a, 2] : a);
                CheckSignal(cell, step.Delta, 1);
                break;
            case LogGateTransition log:
                CheckSignal(cell, log.LogGate, log.PerKey ? cell.KeyWidth : 1);
                break;
            case GateTransition gate:
                CheckSignal(cell, gate.Gate, parts);
                break;
            case DecayTransition decay:
                ModelInvariants.CheckTensor(decay.A, [cell.Count]);
                break;
            case DeltaTransition delta:
                CheckSignal(cell, delta.Beta, 1);
                CheckSignal(cell, delta.LogGate ?? delta.Beta, 1);
                break;
            default:
                throw new ArgumentException($"A {cell.Transition.GetType().Name} is not known.", nameof(cell));
        }

        if (cell.Bonus is { } bonus)
        {
            Assert.Equal(ReadOrder.PreUpdate, cell.Order);
            ModelInvariants.CheckTensor(bonus, [cell.Count, cell.KeyWidth]);
        }
    }

    private static void CheckParameter(SelectiveCell cell, Parameter? parameter)
    {
        switch (parameter)
        {
            case null:
                Assert.Equal(1, cell.KeyWidth);
                break;
            case ConstantParameter constant:
                ModelInvariants.CheckTensor(constant.Value, constant.Field == Field.Complex ? [cell.Count, cell.KeyWidth, 2] : [cell.Count, cell.KeyWidth]);
                break;
            case SelectiveParameter selective:
                CheckSignal(cell, selective.Signal, selective.Field == Field.Complex ? 2 * cell.KeyWidth : cell.KeyWidth);
                break;
        }
    }

    private static void CheckSignal(SelectiveCell cell, Signal signal, int block)
    {
        Assert.Equal(0, signal.Width % block);
        Assert.Equal(0, cell.Count % (signal.Width / block));
        CheckSource(cell, signal);
    }

    private static void CheckSource(SelectiveCell cell, Signal signal)
    {
        switch (signal)
        {
            case CellInputSignal:
                Assert.Equal(cell.InputWidth, signal.Width);
                break;
            case ProjectedSignal projected:
                Assert.Equal(projected.Source.Width, projected.Projection.Inputs);
                CheckSource(cell, projected.Source);
                break;
            case SlicedSignal sliced:
                Assert.InRange(sliced.Start, 0, sliced.Source.Width - sliced.Width);
                CheckSource(cell, sliced.Source);
                break;
            case MappedSignal mapped:
                CheckSource(cell, mapped.Source);
                break;
            case AffineSignal affine:
                ModelInvariants.CheckTensor(affine.Offset ?? new Tensor(new([affine.Width]), new double[affine.Width]), [affine.Width]);
                CheckSource(cell, affine.Source);
                break;
            case ClampedSignal clamped:
                Assert.True(clamped.Lower < clamped.Upper);
                CheckSource(cell, clamped.Source);
                break;
            case PolarSignal polar:
                Assert.Equal(Field.Complex, cell.Field);
                CheckSource(cell, polar.Source);
                break;
            default:
                throw new ArgumentException($"A {signal.GetType().Name} is not known.", nameof(signal));
        }
    }
}
