using System;
using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>
/// A linear controlled differential equation with its numbers, dZ = sum_i A_i Z dX^i + B dX, o = C Z: a state that a matrix of the input moves on. It has no modes. What it knows of its input is
/// the signature of a path (Cirone et al. 2024, arXiv:2402.19047).
/// </summary>
public sealed class ControlledRecurrence : RecurrenceDescription
{
    /// <summary>Describes it. The arrays are taken as they are and must not be written afterwards.</summary>
    /// <param name="inputs">d.</param>
    /// <param name="states">N.</param>
    /// <param name="readouts">The number of readouts.</param>
    /// <param name="step">How a sample moves the state on.</param>
    /// <param name="a">A, [input, state, state].</param>
    /// <param name="b">B, [state, input].</param>
    /// <param name="start">Z before the first sample, [state].</param>
    /// <param name="c">C, [readout, state].</param>
    /// <param name="formulas">The recurrence as lines of text.</param>
    /// <exception cref="ArgumentException">An array has another length.</exception>
    public ControlledRecurrence(int inputs, int states, int readouts, ControlledStep step, double[] a, double[] b, double[] start, double[] c, params string[] formulas)
        : base(inputs, readouts, states)
    {
        Check(a, nameof(a), inputs * states * states);
        Check(b, nameof(b), states * inputs);
        Check(start, nameof(start), states);
        Check(c, nameof(c), readouts * states);
        States = states;
        Step = step;
        A = a;
        B = b;
        Start = start;
        C = c;
        Formulas = formulas;
    }

    /// <summary>N.</summary>
    public int States { get; }

    /// <summary>How a sample moves the state on.</summary>
    public ControlledStep Step { get; }

    /// <summary>A, [input, state, state].</summary>
    public IReadOnlyList<double> A { get; }

    /// <summary>B, [state, input]: 0 where there is none.</summary>
    public IReadOnlyList<double> B { get; }

    /// <summary>Z before the first sample, [state].</summary>
    public IReadOnlyList<double> Start { get; }

    /// <summary>C, [readout, state].</summary>
    public IReadOnlyList<double> C { get; }

    /// <summary>The recurrence as lines of text.</summary>
    public IReadOnlyList<string> Formulas { get; }

    /// <summary>None: the transition depends on the input.</summary>
    public override ModeBank? Bank => null;

    internal string StepText => Step switch
    {
        ControlledStep.Exponential => "a matrix exponential per step",
        ControlledStep.Euler => "an Euler step of a matrix",
        ControlledStep.Product => "a matrix per step",
        _ => throw new InvalidOperationException($"The step {Step} is not known."),
    };

    /// <summary>Describes it by the tables of generated code.</summary>
    /// <param name="inputs">d.</param>
    /// <param name="states">N.</param>
    /// <param name="readouts">The number of readouts.</param>
    /// <param name="step">How a sample moves the state on.</param>
    /// <param name="columns">Of each part of a row of <paramref name="matrix"/>: the column of [A, B], the first row, how many rows.</param>
    /// <param name="matrix">[input, numbers of the parts].</param>
    /// <param name="start">Z and the 1 behind it, [state + 1].</param>
    /// <param name="reads">C transposed, [state, readout].</param>
    /// <param name="formulas">The recurrence as lines of text.</param>
    /// <exception cref="ArgumentException">A table has another length, or a part leaves the matrix.</exception>
    public static ControlledRecurrence OfColumns(int inputs, int states, int readouts, ControlledStep step, int[] columns, double[] matrix, double[] start, double[] reads, params string[] formulas)
    {
        int width = 0;
        for (int part = 0; part + 2 < (columns ?? throw new ArgumentNullException(nameof(columns))).Length; part += 3)
        {
            (int column, int first, int rows) = (columns[part], columns[part + 1], columns[part + 2]);
            if (column < 0 || column > states || first < 0 || rows < 0 || first + rows > states)
            {
                throw new ArgumentException($"Rows {first} to {first + rows} of column {column} leave a matrix of {states} rows and {states + 1} columns.", nameof(columns));
            }

            width += rows;
        }

        Check(matrix, nameof(matrix), inputs * width);
        Check(start, nameof(start), states + 1);
        Check(reads, nameof(reads), states * readouts);
        var a = new double[inputs * states * states];
        var b = new double[states * inputs];
        int next = 0;
        for (int i = 0; i < inputs; i++)
        {
            for (int part = 0; part + 2 < columns.Length; part += 3)
            {
                int column = columns[part];
                for (int row = columns[part + 1]; row < columns[part + 1] + columns[part + 2]; row++)
                {
                    double value = matrix[next++];
                    if (column < states)
                    {
                        a[(((i * states) + row) * states) + column] = value;
                    }
                    else
                    {
                        b[(row * inputs) + i] = value;
                    }
                }
            }
        }

        var c = new double[readouts * states];
        for (int k = 0; k < c.Length; k++)
        {
            c[k] = reads[(k % states * readouts) + (k / states)];
        }

        return new ControlledRecurrence(inputs, states, readouts, step, a, b, start.AsSpan(0, states).ToArray(), c, formulas);
    }

    private static void Check(double[] values, string name, int expected)
    {
        if ((values ?? throw new ArgumentNullException(name)).Length != expected)
        {
            throw new ArgumentException($"{name} has {values.Length} numbers; {expected} are expected.", name);
        }
    }
}
