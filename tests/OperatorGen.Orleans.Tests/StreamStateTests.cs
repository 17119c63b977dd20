using System;
using System.Collections.Generic;
using System.Linq;
using TokenSelections;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>One stream in memory: batches in order, again, too early, with other numbers; and its form as bytes.</summary>
public sealed class StreamStateTests
{
    private static readonly StreamOptions s_options = new() { GreatestBatch = 8, KeptSamples = 12 };

    private static readonly Attention20 s_model = new();

    [Fact]
    public void Outputs_are_those_of_the_whole_sequence_to_the_bit()
    {
        double[] samples = Samples.Of(s_model, 100, seed: 1);
        var outputs = new double[100 * Attention20.OutputWidth];
        s_model.Forward(samples, outputs);
        var stream = new StreamState<double>(s_model, s_options);
        Assert.Equal(outputs, Batches(100).SelectMany(batch => stream.Push(batch.First, Samples.Batch(s_model, samples, batch.First, batch.Count))));
        Assert.Equal(100, stream.Position);
        Assert.Equal(88, stream.FirstKept);
    }

    [Fact]
    public void A_batch_that_comes_again_is_answered_as_it_was_and_advances_nothing()
    {
        double[] samples = Samples.Of(s_model, 40, seed: 2);
        var stream = new StreamState<double>(s_model, s_options);
        double[][] first = [.. Batches(40).Select(batch => stream.Push(batch.First, Samples.Batch(s_model, samples, batch.First, batch.Count)))];
        (int First, int Count) last = Batches(40).Last();
        byte[] before = stream.Save();
        Assert.Equal(first[^1], stream.Push(last.First, Samples.Batch(s_model, samples, last.First, last.Count)));
        Assert.Equal(before, stream.Save());

        // With other cuts: some of it is old, some is new.
        double[] more = [.. samples, .. Samples.Of(s_model, 3, seed: 3)];
        double[] overlapping = stream.Push(38, Samples.Batch(s_model, more, 38, 5));
        Assert.Equal(first.SelectMany(rows => rows).Skip(38 * Attention20.OutputWidth), overlapping.Take(2 * Attention20.OutputWidth));
        Assert.Equal(43, stream.Position);
    }

    [Fact]
    public void What_cannot_be_taken_is_refused_and_changes_nothing()
    {
        double[] samples = Samples.Of(s_model, 60, seed: 4);
        var stream = new StreamState<double>(s_model, s_options);
        foreach ((int first, int count) in Batches(30))
        {
            stream.Push(first, Samples.Batch(s_model, samples, first, count));
        }

        byte[] before = stream.Save();
        StreamGapException gap = Assert.Throws<StreamGapException>(() => stream.Push(31, Samples.Batch(s_model, samples, 31, 2)));
        Assert.Equal((30, 31), (gap.Expected, gap.Found));
        Refused(30, [], "0 numbers are no batch: a sample has 41, and a batch has at least one.");
        Refused(30, new double[42], "42 numbers are no batch: a sample has 41");
        Refused(30, new double[9 * 41], "The batch has 9 samples; 8 are the limit.");
        Refused(-1, new double[41], "samples are numbered from 0");
        Refused(17, Samples.Batch(s_model, samples, 17, 1), "outputs are kept from sample 18 on");
        double[] other = Samples.Batch(s_model, samples, 28, 4);
        other[50] += 1e-9;
        Refused(28, other, "Sample 29 has been acknowledged with other numbers.");
        double[] infinite = Samples.Batch(s_model, samples, 30, 2);
        infinite[43] = double.NaN;
        Refused(30, infinite, "Sample 31 has NaN as its number 2, which is not finite");
        Assert.Equal(before, stream.Save());

        void Refused(long first, double[] batch, string message) => Assert.Contains(message, Assert.Throws<StreamException>(() => stream.Push(first, batch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_not_finite_go_through_where_that_is_wanted()
    {
        var stream = new StreamState<double>(s_model, new StreamOptions { NotFinite = NotFinitePolicy.LetThrough });
        double[] sample = Samples.Of(s_model, 1, seed: 5);
        sample[3] = double.NaN;
        double[] outputs = stream.Push(0, sample);
        Assert.Equal(outputs, stream.Push(0, sample)); // the same bits count as the same sample
        Assert.Equal(1, stream.Position);
    }

    [Fact]
    public void A_stream_that_was_saved_goes_on_as_if_nothing_had_happened()
    {
        double[] samples = Samples.Of(s_model, 50, seed: 6);
        StreamState<double> whole = new(s_model, s_options), stream = new(s_model, s_options);
        foreach ((int first, int count) in Batches(50))
        {
            double[] batch = Samples.Batch(s_model, samples, first, count);
            Assert.Equal(whole.Push(first, batch), stream.Push(first, batch));
            byte[] bytes = stream.Save();
            stream = StreamState<double>.Restore(s_model, StreamRecord.Read(bytes), s_options);
            Assert.Equal(bytes, stream.Save());
            Assert.Equal(whole.Push(first, batch), stream.Push(first, batch));
        }

        // With a smaller limit the last ones are kept.
        StreamState<double> smaller = StreamState<double>.Restore(s_model, StreamRecord.Read(stream.Save()), new StreamOptions { GreatestBatch = 2, KeptSamples = 5 });
        Assert.Equal(45, smaller.FirstKept);
        Assert.Equal(whole.Push(46, Samples.Batch(s_model, samples, 46, 2)), smaller.Push(46, Samples.Batch(s_model, samples, 46, 2)));
    }

    /// <summary>A model of floats that pools: each row covers all samples so far, and the last is that of the whole sequence.</summary>
    [Fact]
    public void A_pooled_model_of_floats_is_streamed_as_well()
    {
        var model = new Digits.OneLayer();
        var random = new Random(16);
        float[] samples = [.. Enumerable.Range(0, 30).Select(_ => random.NextSingle())], whole = new float[Digits.OneLayer.OutputWidth];
        model.Forward(samples, whole);
        var options = new StreamOptions();
        var stream = new StreamState<float>(model, options);
        float[] first = stream.Push(0, samples.AsSpan(0, 17));
        Assert.Equal(17 * Digits.OneLayer.OutputWidth, first.Length);
        var record = StreamRecord.Read(stream.Save());
        stream = StreamState<float>.Restore(model, record, options);
        Assert.Equal(first, stream.Push(0, samples.AsSpan(0, 17)));
        Assert.Equal(whole, stream.Push(17, samples.AsSpan(17))[^Digits.OneLayer.OutputWidth..]);
        Assert.Throws<StreamException>(() => StreamState<double>.Restore(s_model, record, options));
    }

    [Fact]
    public void Damage_is_found_wherever_it_is()
    {
        var stream = new StreamState<double>(s_model, s_options);
        stream.Push(0, Samples.Of(s_model, 3, seed: 7));
        byte[] bytes = stream.Save();
        for (int i = 0; i < bytes.Length; i += 7)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0x10;
            Assert.Throws<StreamException>(() => StreamRecord.Read(damaged));
            Assert.Throws<StreamException>(() => StreamRecord.Read(bytes.AsSpan(0, i)));
        }
    }

    [Fact]
    public void A_state_of_another_model_is_refused()
    {
        var stream = new StreamState<double>(s_model, s_options);
        stream.Push(0, Samples.Of(s_model, 1, seed: 8));
        StreamException fault = Assert.Throws<StreamException>(() => StreamState<double>.Restore(new Attention28(), StreamRecord.Read(stream.Save()), s_options));
        Assert.Contains(Attention20.ModelHash, fault.Message, StringComparison.Ordinal);
        Assert.Contains(Attention28.ModelHash, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_takes_all_samples()
    {
        double[] samples = Samples.Of(s_model, 30, seed: 9);
        StreamState<double> replayed = StreamState<double>.Replay(s_model, s_options, samples, Seen(30)), pushed = new(s_model, s_options);
        foreach ((int first, int count) in Batches(30))
        {
            pushed.Push(first, Samples.Batch(s_model, samples, first, count));
        }

        Assert.Equal(pushed.Save(), replayed.Save());
        Assert.Equal(pushed.Save(), StreamState<double>.Replay(s_model, s_options, samples, StreamRecord.Read(pushed.Save())).Save());
        Assert.Contains("it has seen 31 samples of 41", Assert.Throws<StreamException>(() => StreamState<double>.Replay(s_model, s_options, samples, Seen(31))).Message, StringComparison.Ordinal);
        double[] others = [.. samples];
        others[^1] += 1;
        Assert.Contains("those from 18 on", Assert.Throws<StreamException>(() => StreamState<double>.Replay(s_model, s_options, others, StreamRecord.Read(pushed.Save()))).Message, StringComparison.Ordinal);

        static StreamRecord Seen(int position) => new("", 0, position, position, [], [], []);
    }

    [Fact]
    public void Samples_that_were_let_through_are_answered_where_new_ones_are_refused()
    {
        var through = new StreamState<double>(s_model, new StreamOptions { NotFinite = NotFinitePolicy.LetThrough });
        double[] sample = Samples.Of(s_model, 1, seed: 15);
        sample[7] = double.PositiveInfinity;
        double[] outputs = through.Push(0, sample);
        StreamState<double> strict = StreamState<double>.Restore(s_model, StreamRecord.Read(through.Save()), new StreamOptions());
        Assert.Equal(outputs, strict.Push(0, sample));
        Assert.Throws<StreamException>(() => strict.Push(1, sample));
    }

    /// <summary>Ten thousand requests of all sorts beside a list of what was acknowledged: refused ones touch nothing, all others are answered right.</summary>
    [Fact]
    public void Requests_of_all_sorts_are_answered_right_or_refused()
    {
        var random = new Random(10);
        double[] samples = Samples.Of(s_model, 20_000, seed: 11), expected = new double[20_000 * Attention20.OutputWidth];
        s_model.Forward(samples, expected);
        var stream = new StreamState<double>(s_model, s_options);
        int refused = 0;
        for (int i = 0; i < 10_000; i++)
        {
            long position = stream.Position;
            int first = (int)position + random.Next(-16, 6) + (random.Next(3) == 0 ? 0 : -2), count = random.Next(0, 11);
            double[] batch = first < 0 ? new double[count * 41] : Samples.Batch(s_model, samples, first, count);
            bool good = first >= 0 && first <= position && first >= stream.FirstKept && count is >= 1 and <= 8;
            if (count > 0 && random.Next(10) == 0)
            {
                int at = random.Next(batch.Length);
                batch[at] = random.Next(2) == 0 ? double.PositiveInfinity : batch[at] + 1;
                good &= double.IsFinite(batch[at]) && first + (at / 41) >= position;
                if (good)
                {
                    continue; // other numbers for a new sample are right as well, and would have other outputs than expected
                }
            }

            try
            {
                double[] outputs = stream.Push(first, batch);
                Assert.True(good, $"{first}, {count} at {position}");
                Assert.Equal(expected.Skip(first * Attention20.OutputWidth).Take(outputs.Length), outputs);
                Assert.Equal(Math.Max(position, first + count), stream.Position);
            }
            catch (StreamException)
            {
                Assert.False(good, $"{first}, {count} at {position}");
                Assert.Equal(position, stream.Position);
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 9000);
        Assert.True(stream.Position > 1000, $"{stream.Position}");
    }

    private static IEnumerable<(int First, int Count)> Batches(int samples)
    {
        for (int first = 0, i = 0; first < samples; i++)
        {
            int count = Math.Min(1 + (i * 5 % 8), samples - first);
            yield return (first, count);
            first += count;
        }
    }
}
