using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler;

/// <summary>
/// The modes of a constant cell, discretised: for every cell g and mode k the eigenvalue of the state and the weight with which it is read,
/// <code>
/// s_t = lambda s_{t-1} + v_t,   o_t = sum_k Re(w_k s_t[k]) + D v_t,   w = gamma c b-bar
/// </code>
/// The state has a unit input weight: b-bar is folded into the read, which is the same function and one multiplication less.
/// </summary>
public sealed class ConstantModes
{
    private readonly ComplexNumber[] _eigenvalues;
    private readonly ComplexNumber[] _weights;

    private ConstantModes(int cells, int modes, ComplexNumber[] eigenvalues, ComplexNumber[] weights)
    {
        Cells = cells;
        Modes = modes;
        _eigenvalues = eigenvalues;
        _weights = weights;
    }

    /// <summary>G, the number of cells.</summary>
    public int Cells { get; }

    /// <summary>K, the number of modes per cell.</summary>
    public int Modes { get; }

    /// <summary>lambda of a mode.</summary>
    public ComplexNumber Eigenvalue(int cell, int mode) => _eigenvalues[(cell * Modes) + mode];

    /// <summary>w = gamma c b-bar of a mode.</summary>
    public ComplexNumber Weight(int cell, int mode) => _weights[(cell * Modes) + mode];

    /// <summary>Discretises a constant cell whose parameters are all numbers.</summary>
    /// <exception cref="ArgumentException">The cell is selective or has symbols.</exception>
    public static ConstantModes Of(Cell cell)
    {
        if (!cell.IsConstant)
        {
            throw new ArgumentException("The cell is selective: its modes depend on the input.", nameof(cell));
        }

        var eigenvalues = new ComplexNumber[cell.Count * cell.KeyWidth];
        var weights = new ComplexNumber[eigenvalues.Length];
        for (int g = 0; g < cell.Count; g++)
        {
            double delta = StepSize(cell, g);
            for (int k = 0; k < cell.KeyWidth; k++)
            {
                ComplexNumber a = TransitionValue(cell, g, k);
                ComplexNumber b = Value(cell.B, cell.Field, (g * cell.KeyWidth) + k);
                ComplexNumber c = Value(cell.C, cell.Field, (g * cell.KeyWidth) + k);
                int index = (g * cell.KeyWidth) + k;
                eigenvalues[index] = Discretization.Eigenvalue(cell.Rule, a, delta);
                weights[index] = cell.Gamma * (c * Discretization.InputWeight(cell.Rule, a, delta, b));
            }
        }

        return new ConstantModes(cell.Count, cell.KeyWidth, eigenvalues, weights);
    }

    /// <summary>Delta of a cell; 1 where the rule is none and Delta unused.</summary>
    public static double StepSize(Cell cell, int g)
    {
        Tensor delta = ((ConstantParameter)cell.Delta).Value;
        return delta.Values[delta.Count == 1 ? 0 : g];
    }

    /// <summary>Delta A of a mode, its continuous eigenvalue per step; null where the cell is discrete from the start and has none.</summary>
    /// <exception cref="ArgumentException">The cell is selective or has symbols.</exception>
    public static ComplexNumber? Rate(Cell cell, int g, int k) => cell.IsConstant
        ? cell.Rule == DiscretizationRule.None ? null : StepSize(cell, g) * TransitionValue(cell, g, k)
        : throw new ArgumentException("The cell is selective: its modes depend on the input.", nameof(cell));

    private static ComplexNumber TransitionValue(Cell cell, int g, int k) => cell.Transition switch
    {
        DiagonalTransition diagonal => Value(diagonal.A, cell.Field, (g * cell.KeyWidth) + k),
        ScalarTransition scalar => Value(scalar.A, cell.Field, g),
        _ => throw new ArgumentException($"No modes are known for a {cell.Transition.GetType().Name}.", nameof(cell)),
    };

    private static ComplexNumber Value(Parameter parameter, Field field, int index)
    {
        Tensor tensor = ((ConstantParameter)parameter).Value;
        if (!tensor.IsNumeric)
        {
            throw new ArgumentException("The cell has symbols: it can be rendered, not evaluated.", nameof(parameter));
        }

        return field == Field.Complex
            ? new ComplexNumber(tensor.Values[2 * index], tensor.Values[(2 * index) + 1])
            : tensor.Values[index];
    }
}
