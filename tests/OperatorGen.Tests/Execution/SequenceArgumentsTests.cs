using System;
using Xunit;

namespace OperatorGen.Tests.Execution;

/// <summary>The checks before a state is touched.</summary>
public sealed class SequenceArgumentsTests
{
    [Theory]
    [InlineData(6, 8, false, 0, 2)]
    [InlineData(0, 0, false, 0, 0)]
    [InlineData(6, 4, true, 0, 2)]
    [InlineData(0, 4, true, 1, 0)]
    public void Lengths_that_fit_give_the_number_of_steps(int input, int output, bool pooled, long seen, int steps) =>
        Assert.Equal(steps, SequenceArguments.Check<float>(new float[input], new float[output], 3, 4, pooled, seen));

    [Theory]
    [InlineData(5, 8, false, 0)]
    [InlineData(6, 7, false, 0)]
    [InlineData(6, 4, false, 0)]
    [InlineData(6, 8, true, 0)]
    [InlineData(0, 4, true, 0)]
    [InlineData(0, 0, true, 9)]
    public void Others_are_refused_with_both_shapes_and_both_lengths(int input, int output, bool pooled, long seen)
    {
        string message = Assert.Throws<ArgumentException>(() => SequenceArguments.Check<float>(new float[input], new float[output], 3, 4, pooled, seen)).Message;
        Assert.Contains("[time, 3]", message, StringComparison.Ordinal);
        Assert.Contains(pooled ? "output [4]" : "[time, 4]", message, StringComparison.Ordinal);
        Assert.Contains($"the spans hold {input} and {output}.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overlap_is_refused_and_touching_is_not()
    {
        var shared = new double[14];
        Assert.Equal(2, SequenceArguments.Check<double>(shared.AsSpan(0, 6), shared.AsSpan(6, 8), 3, 4, false, 0));
        Assert.Contains("overlap", Assert.Throws<ArgumentException>(() => SequenceArguments.Check<double>(shared.AsSpan(0, 6), shared.AsSpan(5, 8), 3, 4, false, 0)).Message, StringComparison.Ordinal);
        SequenceArguments.CheckStep<double>(shared.AsSpan(0, 3), shared.AsSpan(3, 4), 3, 4);
        Assert.Contains("overlap", Assert.Throws<ArgumentException>(() => SequenceArguments.CheckStep<double>(shared.AsSpan(0, 3), shared.AsSpan(2, 4), 3, 4)).Message, StringComparison.Ordinal);
    }
}
