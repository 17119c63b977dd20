using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;
using Xunit;

namespace OperatorGen.Tests.States;

/// <summary>The memory of a sequence, without any model around it.</summary>
public sealed class SequenceStateTests
{
    [Fact]
    public void A_part_is_read_in_upstreams_layout_whatever_its_strides()
    {
        var state = new CountingState();
        state.Fill(10, 0, 1);
        Assert.Equal([11, 12, 13, 15, 16, 17], state.Named("grid"));
        Assert.Equal([11, 15, 12, 16, 13, 17], state.Named("turned"));
    }

    [Fact]
    public void Saved_bytes_are_the_documented_header_sums_and_numbers()
    {
        var state = new CountingState();
        state.Fill(1, 2.5, 300);
        byte[] saved = state.Save();
        Assert.Equal(88 + CountingState.FormText.Length + (2 * 8) + (8 * 4), saved.Length);
        Assert.Equal("OPGS", Encoding.ASCII.GetString(saved, 0, 4));
        Assert.Equal(2, BinaryPrimitives.ReadInt32LittleEndian(saved.AsSpan(4)));
        Assert.Equal(new string('a', 64), Encoding.ASCII.GetString(saved, 8, 64));
        Assert.Equal(4, BinaryPrimitives.ReadInt32LittleEndian(saved.AsSpan(72)));
        Assert.Equal(300, BinaryPrimitives.ReadInt64LittleEndian(saved.AsSpan(76)));
        Assert.Equal(CountingState.FormText.Length, BinaryPrimitives.ReadInt32LittleEndian(saved.AsSpan(84)));
        Assert.Equal(CountingState.FormText, Encoding.UTF8.GetString(saved, 88, CountingState.FormText.Length));
        Assert.Equal(2.5, BinaryPrimitives.ReadDoubleLittleEndian(saved.AsSpan(88 + CountingState.FormText.Length + 8)));
        Assert.Equal(8f, BinaryPrimitives.ReadSingleLittleEndian(saved.AsSpan(88 + CountingState.FormText.Length + 16 + 28)));
    }

    [Fact]
    public void A_state_of_another_form_is_neither_restored_nor_copied()
    {
        var mine = new CountingState();
        mine.Fill(1, 1, 5);
        byte[] before = mine.Save();
        var other = new CountingState(new string('a', 64), "look-ahead, look-ahead");
        other.Fill(7, 7, 7);
        foreach (string message in new[]
        {
            Assert.Throws<ArgumentException>(() => mine.Restore(other.Save())).Message,
            Assert.Throws<ArgumentException>(() => mine.CopyFrom(other)).Message,
        })
        {
            Assert.Contains("\"look-ahead, look-ahead\"", message, StringComparison.Ordinal);
            Assert.Contains($"\"{CountingState.FormText}\"", message, StringComparison.Ordinal);
        }

        Assert.Equal(before, mine.Save());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void A_form_that_does_not_fit_into_the_bytes_is_refused(int length)
    {
        var state = new CountingState();
        byte[] saved = state.Save();
        BinaryPrimitives.WriteInt32LittleEndian(saved.AsSpan(84), length);
        Assert.Contains("damaged", Assert.Throws<ArgumentException>(() => state.Restore(saved)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_brings_back_every_number_also_those_that_are_not_finite()
    {
        var state = new CountingState();
        state.Fill(float.NegativeInfinity, double.NaN, 3);
        var other = new CountingState();
        other.Restore(state.Save());
        Assert.Equal(state.Save(), other.Save());
        Assert.Equal(3, other.Steps);
        Assert.False(other.IsFinite);
    }

    [Fact]
    public void Another_models_state_is_neither_restored_nor_copied()
    {
        var mine = new CountingState();
        mine.Fill(1, 1, 5);
        byte[] before = mine.Save();
        var other = new CountingState(new string('b', 64));
        other.Fill(7, 7, 7);
        foreach (string message in new[]
        {
            Assert.Throws<ArgumentException>(() => mine.Restore(other.Save())).Message,
            Assert.Throws<ArgumentException>(() => mine.CopyFrom(other)).Message,
        })
        {
            Assert.Contains(new string('a', 64), message, StringComparison.Ordinal);
            Assert.Contains(new string('b', 64), message, StringComparison.Ordinal);
        }

        Assert.Equal(before, mine.Save());
    }

    [Fact]
    public void A_state_is_copied_through_the_base_class()
    {
        SequenceState<float> mine = new CountingState();
        var other = new CountingState();
        other.Fill(3, 0.5, 9);
        byte[] before = other.Save();
        mine.CopyFrom(other);
        Assert.Equal(before, mine.Save());
        ((CountingState)mine).Fill(7, 7, 7);
        Assert.Equal(before, other.Save());
        string message = Assert.Throws<ArgumentException>(() => mine.CopyFrom(new CountingState(new string('b', 64)))).Message;
        Assert.Contains(new string('b', 64), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_bytes_are_what_is_saved_after_the_header()
    {
        var state = new CountingState();
        Assert.Equal(state.Save().Length - 88 - CountingState.FormText.Length, state.MemoryBytes);
        state.Fill(1, 1, 1000);
        Assert.Equal((8 * 4) + (2 * 8), state.MemoryBytes);
    }

    [Fact]
    public void No_prefix_of_a_saved_state_is_accepted()
    {
        var state = new CountingState();
        state.Fill(1, 1, 5);
        byte[] saved = state.Save();
        var other = new CountingState();
        byte[] before = other.Save();
        for (int length = 0; length < saved.Length; length++)
        {
            Assert.Throws<ArgumentException>(() => other.Restore(saved.AsSpan(0, length)));
        }

        Assert.Equal(before, other.Save());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1L << 62, true)]
    [InlineData((1L << 62) + 1, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(-1, false)]
    public void Samples_that_nobody_can_have_counted_are_refused(long samples, bool possible)
    {
        var state = new CountingState();
        state.Fill(1, 1, 5);
        byte[] saved = state.Save();
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(76), samples);
        var other = new CountingState();
        byte[] before = other.Save();
        if (possible)
        {
            other.Restore(saved);
            other.Fill(0, 0, int.MaxValue);
            Assert.Equal(samples + int.MaxValue, other.Steps);
        }
        else
        {
            Assert.Contains($"{samples} samples", Assert.Throws<ArgumentException>(() => other.Restore(saved)).Message, StringComparison.Ordinal);
            Assert.Equal(before, other.Save());
        }
    }

    [Theory]
    [InlineData(float.NaN, 0.0)]
    [InlineData(float.PositiveInfinity, 0.0)]
    [InlineData(1f, double.NaN)]
    [InlineData(1f, double.NegativeInfinity)]
    public void One_number_that_is_not_finite_is_told_and_reset_heals(float number, double sum)
    {
        var state = new CountingState();
        Assert.True(state.IsFinite);
        state.Fill(number, sum, 4);
        Assert.False(state.IsFinite);
        state.Reset();
        Assert.True(state.IsFinite);
        Assert.Equal(new CountingState().Save(), state.Save());
    }

    [Fact]
    public void Scratch_is_no_part_of_the_state()
    {
        var state = new CountingState();
        state.Fill(1, 1, 1);
        Assert.True(state.IsFinite);
    }

    [Fact]
    public void A_pool_lends_each_state_to_one_user_at_a_time()
    {
        int made = 0;
        var pool = new StatePool<CountingState>(() =>
        {
            made++;
            return new CountingState();
        });
        CountingState first = pool.Rent(), second = pool.Rent();
        Assert.NotSame(first, second);
        pool.Return(first);
        Assert.Same(first, pool.Rent());
        Assert.Equal(2, made);
        Assert.Equal(["grid", "turned"], first.Tensors.Select(tensor => tensor.Name));
    }
}
