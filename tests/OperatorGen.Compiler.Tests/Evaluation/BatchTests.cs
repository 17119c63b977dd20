using System;
using System.Linq;
using System.Numerics;
using System.Threading;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>ForwardBatch is Forward, sequence by sequence, whoever does the work.</summary>
public sealed class BatchTests
{
    private static readonly int[] s_lengths = [3, 1, 300, 0, 17, 2, 64, 0, 5, 129];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(-1)]
    public void Every_degree_gives_the_bits_of_forward(int degree)
    {
        foreach (SeededModel seeded in Samples.All)
        {
            Batch<float>(seeded, degree);
            Batch<double>(seeded, degree);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void A_degree_that_is_none_is_refused(int degree)
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Stacked);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ForwardBatch(new float[3], [1], new float[4], degree, default));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_before_anything_is_written()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Stacked);
        var output = new float[8];
        Array.Fill(output, 5f);
        string message = Assert.Throws<ArgumentException>(() => model.ForwardBatch(new float[6], [1, 2], output, 1, default)).Message;
        Assert.Contains("[3, 3]", message, StringComparison.Ordinal);
        Assert.Contains("[3, 4]", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.ForwardBatch(new float[6], [-1, 3], output, 1, default));
        var shared = new float[14];
        Assert.Throws<ArgumentException>(() => model.ForwardBatch(shared.AsMemory(0, 6), [2], shared.AsMemory(5, 8), 1, default));
        Assert.All(output, value => Assert.Equal(5f, value));
    }

    [Fact]
    public void A_pooled_model_refuses_a_sequence_of_length_zero()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Pooled);
        string message = Assert.Throws<ArgumentException>(() => model.ForwardBatch(new float[2], [1, 0], new float[8], 1, default)).Message;
        Assert.Contains("Sequence 1", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cancelled_token_stops_the_batch(int degree)
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Stacked);
        using var source = new CancellationTokenSource();
        source.Cancel();
        int[] lengths = [.. Enumerable.Repeat(4, 20)];
        Assert.ThrowsAny<OperationCanceledException>(() => model.ForwardBatch(new float[240], lengths, new float[320], degree, source.Token));
    }

    [Fact]
    public void A_batch_of_nothing_is_nothing()
    {
        Samples.Load<float>(Samples.Stacked).ForwardBatch(ReadOnlyMemory<float>.Empty, [], Memory<float>.Empty, -1, default);
        Samples.Load<float>(Samples.Pooled).ForwardBatch(ReadOnlyMemory<float>.Empty, [], Memory<float>.Empty, -1, default);
    }

    private static void Batch<T>(SeededModel seeded, int degree)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        int[] lengths = model.Pooled ? [.. s_lengths.Where(length => length > 0)] : s_lengths;
        T[][] inputs = [.. lengths.Select((length, i) => Samples.Input<T>(seeded, length, 50 + i))];
        T[] expected = [.. inputs.SelectMany(input => input.Length == 0 ? [] : Samples.Run(model, input))];
        var actual = new T[expected.Length];
        model.ForwardBatch(inputs.SelectMany(input => input).ToArray(), lengths, actual, degree, default);
        Samples.SameBits<T>(expected, actual, $"{seeded}, degree {degree}");
    }
}
