using System;
using Xunit;

namespace OperatorGen.Analysis.Tests;

/// <summary>Linear controlled differential equations as descriptions.</summary>
public sealed class ControlledRecurrenceTests
{
    [Fact]
    public void The_columns_of_a_table_are_matrices_and_input_weights()
    {
        // Two inputs, two states: rows 0 and 1 of column 0, and row 1 of the column behind the states.
        var recurrence = ControlledRecurrence.OfColumns(2, 2, 1, ControlledStep.Euler, [0, 0, 2, 2, 1, 1], [1, 2, 3, 4, 5, 6], [7, 8, 1], [9, 10], "z");
        Assert.Equal([1, 0, 2, 0, 4, 0, 5, 0], recurrence.A);
        Assert.Equal([0, 0, 3, 6], recurrence.B);
        Assert.Equal([7, 8], recurrence.Start);
        Assert.Equal([9, 10], recurrence.C);
        Assert.Equal((2, 2, 1, ControlledStep.Euler), (recurrence.Inputs, recurrence.States, recurrence.Readouts, recurrence.Step));
        Assert.Equal(["z"], recurrence.Formulas);
        Assert.Null(recurrence.Bank);
    }

    [Fact]
    public void Reads_are_transposed()
    {
        var recurrence = ControlledRecurrence.OfColumns(1, 2, 3, ControlledStep.Product, [0, 0, 1], [1], [0, 0, 1], [1, 2, 3, 4, 5, 6]);
        Assert.Equal([1, 4, 2, 5, 3, 6], recurrence.C);
    }

    [Theory]
    [InlineData(new[] { 3, 0, 1 })]
    [InlineData(new[] { -1, 0, 1 })]
    [InlineData(new[] { 0, 1, 2 })]
    public void A_part_outside_of_the_matrix_is_refused(int[] columns) =>
        Assert.Throws<ArgumentException>(() => ControlledRecurrence.OfColumns(1, 2, 1, ControlledStep.Exponential, columns, new double[2], [0, 0, 1], [1, 1]));

    [Fact]
    public void Arrays_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ControlledRecurrence(1, 2, 1, ControlledStep.Exponential, new double[3], new double[2], new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => new ControlledRecurrence(1, 2, 1, ControlledStep.Exponential, new double[4], new double[1], new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => new ControlledRecurrence(1, 2, 1, ControlledStep.Exponential, new double[4], new double[2], new double[3], new double[2]));
        Assert.Throws<ArgumentException>(() => new ControlledRecurrence(1, 2, 1, ControlledStep.Exponential, new double[4], new double[2], new double[2], new double[4]));
        Assert.Throws<ArgumentException>(() => ControlledRecurrence.OfColumns(1, 2, 1, ControlledStep.Exponential, [0, 0, 2], new double[1], new double[3], new double[2]));
        Assert.Throws<ArgumentNullException>(() => new ControlledRecurrence(1, 2, 1, ControlledStep.Exponential, null!, new double[2], new double[2], new double[2]));
    }
}
