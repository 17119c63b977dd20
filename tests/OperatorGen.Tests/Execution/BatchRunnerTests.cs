using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using OperatorGen.Tests.States;
using Xunit;

namespace OperatorGen.Tests.Execution;

/// <summary>Which worker gets which memory.</summary>
public sealed class BatchRunnerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Every_sequence_is_evaluated_once_with_its_own_memory_and_no_state_is_shared_at_a_time(int degree)
    {
        int[] lengths = [3, 0, 1, 5, 2, 4, 0, 1];
        float[] inputs = [.. Enumerable.Range(0, 2 * lengths.Sum()).Select(i => (float)i)];
        var outputs = new float[lengths.Sum()];
        var busy = new ConcurrentDictionary<CountingState, bool>();
        int calls = 0, states = 0;
        var pool = new StatePool<CountingState>(() =>
        {
            Interlocked.Increment(ref states);
            return new CountingState();
        });
        BatchRunner.Run<float, CountingState>(inputs, lengths, outputs, 2, 1, false, pool, Forward, degree, default);
        Assert.Equal(lengths.Length, calls);
        Assert.Equal(Enumerable.Range(0, lengths.Sum()).Select(t => (4f * t) + 1), outputs);
        Assert.True(degree < 0 || states <= degree, $"{states} states for {degree} workers");

        void Forward(ReadOnlySpan<float> input, Span<float> output, CountingState state)
        {
            Assert.True(busy.TryAdd(state, true));
            Interlocked.Increment(ref calls);
            Assert.Equal(2 * output.Length, input.Length);
            for (int t = 0; t < output.Length; t++)
            {
                output[t] = input[2 * t] + input[(2 * t) + 1];
            }

            Assert.True(busy.TryRemove(state, out _));
        }
    }

    [Fact]
    public void Cancellation_stops_between_sequences()
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => BatchRunner.Run<float, CountingState>(
            new float[5],
            [1, 1, 1, 1, 1],
            new float[5],
            1,
            1,
            false,
            new StatePool<CountingState>(() => new CountingState()),
            (_, _, _) =>
            {
                if (++calls == 2)
                {
                    source.Cancel();
                }
            },
            1,
            source.Token));
        Assert.Equal(2, calls);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, -1)]
    [InlineData(3, 1)]
    [InlineData(3, -1)]
    public void A_token_that_is_cancelled_beforehand_throws_also_for_no_sequence(int sequences, int degree)
    {
        int calls = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => BatchRunner.Run<float, CountingState>(
            new float[sequences],
            [.. Enumerable.Repeat(1, sequences)],
            new float[sequences],
            1,
            1,
            false,
            new StatePool<CountingState>(() => new CountingState()),
            (_, _, _) => calls++,
            degree,
            new CancellationToken(canceled: true)));
        Assert.Equal(0, calls);
    }

    [Theory]
    [InlineData(true, 0, "Sequence 1 has shape [0, 2] and its output [3]: a mean over no time step")]
    [InlineData(true, -1, "Sequence 1 has shape [-1, 2] and its output [3]: a length is at least 0")]
    [InlineData(false, -1, "Sequence 1 has shape [-1, 2] and its output [-1, 3]: a length is at least 0")]
    public void A_length_that_cannot_be_is_refused_with_both_shapes(bool pooled, int length, string message) =>
        Assert.StartsWith(message, Refusal(new float[8], [4, length], new float[12], pooled), StringComparison.Ordinal);

    [Fact]
    public void Memory_that_overlaps_is_refused_with_both_shapes()
    {
        var shared = new float[16];
        Assert.StartsWith("The inputs, shape [4, 2], and the outputs, shape [2, 3], overlap", Refusal(shared.AsMemory(0, 8), [1, 3], shared.AsMemory(7, 6), true), StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_whose_sum_is_beyond_an_integer_are_refused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => BatchRunner.Run<float, CountingState>(
            new float[4], [int.MaxValue, int.MaxValue, 6], new float[4], 1, 1, false, new StatePool<CountingState>(() => new CountingState()), (_, _, _) => { }, 1, default));
        Assert.Contains("4294967300", refusal.Message, StringComparison.Ordinal);
    }

    private static string Refusal(ReadOnlyMemory<float> inputs, int[] lengths, Memory<float> outputs, bool pooled) =>
        Assert.Throws<ArgumentException>(() => BatchRunner.Run<float, CountingState>(
            inputs, lengths, outputs, 2, 3, pooled, new StatePool<CountingState>(() => new CountingState()), (_, _, _) => { }, 1, default)).Message;
}
