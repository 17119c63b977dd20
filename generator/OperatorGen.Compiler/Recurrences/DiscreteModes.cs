using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>The numbers of a constant recurrence, discretised; every layout is that of the model's tensors.</summary>
internal static class DiscreteModes
{
    /// <summary>lambda, [mode].</summary>
    public static ComplexNumber[] Eigenvalues(ModeCell cell)
    {
        ComplexNumber[] a = Numbers(cell.A, cell.Field);
        for (int m = 0; m < a.Length; m++)
        {
            a[m] = Discretization.Eigenvalue(cell.Rule, a[m], Step(cell, m));
        }

        return a;
    }

    /// <summary>b-bar, in B's layout.</summary>
    public static ComplexNumber[] InputWeights(ModeCell cell)
    {
        ComplexNumber[] a = Numbers(cell.A, cell.Field);
        ComplexNumber[] b = Numbers(cell.B, cell.Field);
        int perMode = b.Length / a.Length;
        for (int i = 0; i < b.Length; i++)
        {
            b[i] = Discretization.InputWeight(cell.Rule, a[i / perMode], Step(cell, i / perMode), b[i], cell.Length);
        }

        return b;
    }

    /// <summary>gamma C, in C's layout.</summary>
    public static ComplexNumber[] OutputWeights(ModeCell cell) => OutputWeights(cell, cell.C);

    /// <summary>gamma C of one direction, in C's layout.</summary>
    public static ComplexNumber[] OutputWeights(ModeCell cell, Tensor c) => System.Array.ConvertAll(Numbers(c, cell.Field), weight => cell.Gamma * weight);

    /// <summary>Delta A of a mode; null where the mode is discrete from the start.</summary>
    public static ComplexNumber? Rate(ModeCell cell, int mode) =>
        cell.Rule == DiscretizationRule.None ? null : Step(cell, mode) * Numbers(cell.A, cell.Field)[mode];

    /// <summary>A table's values by its rows: of complex numbers, the real parts of a mode and then its imaginary parts.</summary>
    public static double Part(ComplexNumber z, int part) => part == 0 ? z.Re : z.Im;

    private static double Step(ModeCell cell, int mode) => cell.Delta.Values[cell.StepIndex(mode)];

    private static ComplexNumber[] Numbers(Tensor tensor, Field field)
    {
        if (!tensor.IsNumeric)
        {
            throw new ArgumentException("The cell has symbols: it can be rendered, not evaluated.", nameof(tensor));
        }

        int parts = field == Field.Complex ? 2 : 1;
        var numbers = new ComplexNumber[tensor.Count / parts];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = parts == 2 ? new ComplexNumber(tensor.Values[2 * i], tensor.Values[(2 * i) + 1]) : tensor.Values[i];
        }

        return numbers;
    }
}
