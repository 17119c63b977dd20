using System;
using System.Linq;
using System.Numerics.Tensors;
using Xunit;

namespace OperatorGen.Tests.Execution;

/// <summary>Tensor spans are read by logical index, whatever their strides.</summary>
public sealed class TensorForwardTests
{
    private const int Steps = 600;

    [Fact]
    public void A_sequence_that_is_evaluated_as_a_whole_comes_in_one_piece()
    {
        float[] turned = [.. Enumerable.Range(0, 2 * Steps).Select(i => (float)((2 * (i % Steps)) + (i / Steps)))];
        var output = new float[Steps];
        int pieces = 0;
        TensorForward.RunWhole<float, object>(
            new ReadOnlyTensorSpan<float>(turned, [Steps, 2], [1, Steps]), new TensorSpan<float>(output, [Steps, 1]), this, 2, 1, false, (input, result, _, _) =>
            {
                pieces++;
                for (int t = 0; t < result.Length; t++)
                {
                    result[t] = input[2 * t] + input[(2 * t) + 1];
                }
            });
        Assert.Equal(1, pieces);
        Assert.Equal(Enumerable.Range(0, Steps).Select(t => (4f * t) + 1), output);
    }

    [Fact]
    public void A_sequence_that_no_array_holds_as_a_whole_is_refused()
    {
        // One row, read 2^30 times.
        ArgumentException fault = Assert.Throws<ArgumentException>(() => TensorForward.RunWhole<float, object>(
            new ReadOnlyTensorSpan<float>(new float[4], [1 << 30, 4], [0, 1]), new TensorSpan<float>(new float[4], [1, 4]), this, 4, 4, false, (_, _, _, _) => { }));
        Assert.Contains("too many", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transposed_input_reaches_the_model_in_order_chunk_by_chunk()
    {
        float[] turned = [.. Enumerable.Range(0, 2 * Steps).Select(i => (float)((2 * (i % Steps)) + (i / Steps)))]; // [channel, time] of 0, 1, 2, ...
        var output = new float[Steps];
        int next = 0, pieces = 0;
        TensorForward.Run<float, object>(
            new ReadOnlyTensorSpan<float>(turned, [Steps, 2], [1, Steps]),
            new TensorSpan<float>(output, [Steps, 1]),
            this,
            2,
            1,
            false,
            0,
            (input, result, state, fresh) =>
            {
                Assert.Same(this, state);
                Assert.False(fresh);
                pieces++;
                for (int t = 0; t < result.Length; t++)
                {
                    Assert.Equal(next++, input[2 * t]);
                    Assert.Equal(next++, input[(2 * t) + 1]);
                    result[t] = next;
                }
            });
        Assert.Equal(2 * Steps, next);
        Assert.True(pieces > 1, "one piece: the test sees no seam");
        Assert.Equal(Enumerable.Range(1, Steps).Select(t => 2f * t), output);
    }

    [Fact]
    public void Every_sequence_of_a_batch_begins_fresh_once()
    {
        int fresh = 0, calls = 0;
        TensorForward.RunBatch<float, object>(
            new ReadOnlyTensorSpan<float>(new float[3 * Steps], [3, Steps, 1]),
            new TensorSpan<float>(new float[3], [3, 1]),
            this,
            1,
            1,
            true,
            (_, result, _, first) =>
            {
                fresh += first ? 1 : 0;
                calls++;
                result[0] = calls;
            });
        Assert.Equal(3, fresh);
        Assert.True(calls > 3);
    }

    [Theory]
    [InlineData(0, 4, false)]
    [InlineData(3, 4, false)]
    [InlineData(4, 4, true)]
    public void Memory_that_is_shared_is_refused(int start, int rows, bool allowed)
    {
        var shared = new float[8];
        bool called = false;
        void Run() => TensorForward.Run<float, object>(
            new ReadOnlyTensorSpan<float>(shared.AsSpan(0, 4), [4, 1]),
            new TensorSpan<float>(shared.AsSpan(start, rows), [rows, 1]),
            this,
            1,
            1,
            false,
            0,
            (_, _, _, _) => called = true);
        if (allowed)
        {
            Run();
        }
        else
        {
            Assert.Contains("overlap", Assert.Throws<ArgumentException>(Run).Message, StringComparison.Ordinal);
        }

        Assert.Equal(allowed, called);
    }

    [Theory]
    [InlineData(4, 1, 0, 0, "shape [4, 1] for an input of shape [4, 1], has stride 0 on axis 0")]
    [InlineData(4, 2, 2, 0, "shape [4, 2] for an input of shape [4, 1], has stride 0 on axis 1")]
    [InlineData(1, 2, 0, 1, null)]
    [InlineData(4, 1, 1, 0, null)]
    public void An_output_whose_elements_share_a_place_is_refused_and_the_stride_of_an_axis_of_length1_does_not_matter(int steps, int width, int rowStride, int columnStride, string? message)
    {
        bool called = false;
        void Run() => TensorForward.Run<float, object>(
            new ReadOnlyTensorSpan<float>(new float[steps], [steps, 1]),
            new TensorSpan<float>(new float[8], [steps, width], [rowStride, columnStride]),
            this,
            1,
            width,
            false,
            0,
            (_, _, _, _) => called = true);
        void RunBatch() => TensorForward.RunBatch<float, object>(
            new ReadOnlyTensorSpan<float>(new float[steps], [1, steps, 1]),
            new TensorSpan<float>(new float[8], [1, steps, width], [0, rowStride, columnStride]),
            this,
            1,
            width,
            false,
            (_, _, _, _) => called = true);
        if (message is null)
        {
            Run();
            RunBatch();
        }
        else
        {
            Assert.Contains(message, Assert.Throws<ArgumentException>(Run).Message, StringComparison.Ordinal);
            Assert.Contains("has stride 0", Assert.Throws<ArgumentException>(RunBatch).Message, StringComparison.Ordinal);
        }

        Assert.Equal(message is null, called);
    }
}
