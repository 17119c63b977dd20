using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>The discrete constants of modes, and the checks that all kinds of modes share.</summary>
internal static class ModeFormula
{
    /// <summary>a and phi of every mode, of which b-bar = phi B, unrounded.</summary>
    public static (Complex[] Transition, Complex[] InputFactor) Discretized(ModeCell cell)
    {
        Complex[] eigenvalues = cell.A.AsField(cell.Field);
        var transition = new Complex[eigenvalues.Length];
        var factor = new Complex[eigenvalues.Length];
        for (int m = 0; m < transition.Length; m++)
        {
            double step = cell.Rule == DiscretizationRule.None ? 0 : cell.Delta.Values[cell.StepIndex(m)];
            (transition[m], factor[m]) = Discretization.Of(cell.Rule, step, eigenvalues[m], cell.Length);
        }

        return (transition, factor);
    }

    /// <summary>x y; of real numbers by their real parts only, so that infinity times the absent imaginary part makes no NaN.</summary>
    public static Complex Product(Field field, Complex x, Complex y) => field == Field.Complex ? x * y : x.Real * y.Real;

    /// <summary>x y with a real y.</summary>
    public static Complex Product(Field field, Complex x, double y) => field == Field.Complex ? new Complex(x.Real * y, x.Imaginary * y) : x.Real * y;

    /// <summary>Throws where a tensor of the modes has another number of elements than the kind asks for, or holds symbols.</summary>
    public static void Check(ModeCell cell, int inputWeights, int outputWeights)
    {
        int parts = cell.Field == Field.Complex ? 2 : 1;
        Check(cell.A, cell.ModeCount * parts, "A");
        Check(cell.B, inputWeights * parts, "B");
        Check(cell.C, outputWeights * parts, "C");
        if (cell.Backward is { } backward)
        {
            Check(backward.C, outputWeights * parts, "C of the backward direction");
            Shapes.Require(backward.Delay is 0 or 1, $"A backward read leaves out {backward.Delay} steps; 0 or 1 are expected.");
            Shapes.Require(cell.StateName is null, "A recurrence of both directions has no state to be read by name.");
        }

        if (cell.Rule != DiscretizationRule.None)
        {
            int steps = cell.Delta.Count;
            Shapes.Require(steps == 1 || steps == cell.ModeCount || steps * cell.ModesPerChannel == cell.ModeCount, $"Delta has {steps} numbers; 1, or one per channel or mode, are expected.");
            Shapes.Require(cell.Delta.IsNumeric, "Delta holds symbols; the reference needs numbers.");
        }

        if (cell.Skip is Tensor skip)
        {
            Check(skip, cell.OutputWidth, "D");
            Shapes.Require(cell.OutputWidth % cell.InputWidth == 0, $"D adds {cell.InputWidth} inputs to {cell.OutputWidth} readouts.");
        }
    }

    private static void Check(Tensor tensor, int expected, string name)
    {
        Shapes.Require(tensor.Count == expected, $"The constant {name} has {tensor.Count} numbers; {expected} are expected.");
        Shapes.Require(tensor.IsNumeric, $"{name} holds symbols; the reference needs numbers.");
    }
}
