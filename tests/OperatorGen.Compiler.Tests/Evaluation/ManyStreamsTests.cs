using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary><c>ForwardMany</c> gives every stream what <c>Step</c> gives it alone, and leaves its state as <c>Step</c> does, to the bit.</summary>
public sealed class ManyStreamsTests
{
    private static readonly VectorWidth[] s_widths = [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    [Fact]
    public void Every_stream_is_as_alone_in_float() => AsAlone<float>();

    [Fact]
    public void Every_stream_is_as_alone_in_double() => AsAlone<double>();

    /// <summary>More streams than rows of a buffer; more than one group of four of either phase, and some left over.</summary>
    [Fact]
    public void Any_number_of_streams_is_taken()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Pooled);
        foreach (int count in new[] { 0, 1, 3, 4, 9, model.ChunkLength, model.ChunkLength + 1, (2 * model.ChunkLength) + 7 })
        {
            Compare(model, Samples.Pooled, count, VectorWidth.Widest);
        }
    }

    [Fact]
    public void Two_threads_may_call_it_with_states_of_their_own()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Stacked);
        System.Threading.Tasks.Parallel.For(0, 8, i => Compare(model, Samples.Stacked, 5 + i, VectorWidth.Widest));
    }

    [Fact]
    public void It_allocates_nothing()
    {
        foreach (SeededModel seeded in Samples.All)
        {
            IGeneratedModel<float> model = Samples.Load<float>(seeded);
            SequenceState<float>[] states = [.. Enumerable.Range(0, 9).Select(_ => model.CreateState())];
            float[] samples = Samples.Input<float>(seeded, states.Length), outputs = new float[states.Length * model.OutputWidth];
            model.ForwardMany(states, samples, outputs);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                model.ForwardMany(states, samples, outputs);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_no_state_changes()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Stacked);
        IGeneratedModel<float> another = Samples.Load<float>(Samples.Selective);
        SequenceState<float>[] states = [.. Enumerable.Range(0, 3).Select(_ => model.CreateState())];
        float[] samples = new float[3 * model.InputWidth], outputs = new float[3 * model.OutputWidth];
        model.ForwardMany(states, Samples.Input<float>(Samples.Stacked, 3), outputs);
        byte[][] before = [.. states.Select(state => state.Save())];
        Refused("hold 8 and 12", () => model.ForwardMany(states, samples.AsSpan(1), outputs));
        Refused("hold 9 and 11", () => model.ForwardMany(states, samples, outputs.AsSpan(1)));
        Refused("shape [2, 3]", () => model.ForwardMany(states.AsSpan(1), samples, outputs));
        Refused("overlap", () => model.ForwardMany(states, outputs.AsSpan(0, 9), outputs));
        Refused("State 2 is given twice", () => model.ForwardMany([states[0], states[1], states[0]], samples, outputs));
        Refused("State 2 is a", () => model.ForwardMany([states[0], states[1], another.CreateState()], samples, outputs));
        Assert.Throws<ArgumentNullException>(() => model.ForwardMany([states[0], null!, states[2]], samples, outputs));
        Assert.Equal(before, states.Select(state => state.Save()));

        static void Refused(string expected, Action call) => Assert.Contains(expected, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_as_alone()
    {
        foreach (string kind in RandomLanguage.Kinds)
        {
            ILanguageModel<float> model = GeneratedModel.LoadLanguage<float>(RandomLanguage.Of(kind));
            int outputs = model.Metadata.OutputWidth;
            foreach (int count in new[] { 1, 5, 19, 270 })
            {
                SequenceState<float>[] together = [.. Enumerable.Range(0, count).Select(_ => model.CreateState())], alone = [.. together.Select(_ => model.CreateState())];
                float[] all = new float[count * outputs], one = new float[outputs];
                for (int t = 0; t < 3; t++)
                {
                    int[] tokens = [.. Enumerable.Range(0, count).Select(i => ((i * 7) + (t * 5)) % model.Vocabulary)];
                    model.ForwardMany(together, tokens, all);
                    for (int i = 0; i < count; i++)
                    {
                        model.Step(tokens[i], one, alone[i]);
                        Samples.SameBits<float>(one, all.AsSpan(i * outputs, outputs), $"{kind}, {count} texts, text {i}, token {t}");
                    }
                }

                Assert.Equal(alone.Select(state => state.Save()), together.Select(state => state.Save()));
                Assert.Throws<ArgumentException>(() => model.ForwardMany(together, [.. Enumerable.Repeat(model.Vocabulary, count)], all));
                Assert.Equal(alone.Select(state => state.Save()), together.Select(state => state.Save()));
            }
        }
    }

    private static void AsAlone<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (SeededModel seeded in RandomSample.Some.Concat(Samples.All).Concat(Samples.OtherKinds).Where(seeded => seeded.Model.IsCausal))
        {
            foreach (VectorWidth width in s_widths)
            {
                Compare(Samples.Load<T>(seeded), seeded, 11, width);
            }
        }
    }

    /// <summary>Streams that have seen 0 to 4 samples take three more each.</summary>
    private static void Compare<T>(IGeneratedModel<T> model, SeededModel seeded, int count, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Rounds = 3;
        SequenceState<T>[] together = [.. Enumerable.Range(0, count).Select(_ => model.CreateState())], alone = [.. together.Select(_ => model.CreateState())];
        int inputs = model.InputWidth, outputs = model.OutputWidth;
        T[] samples = Samples.Input<T>(seeded, Math.Max(1, count * Rounds)), all = new T[count * outputs], one = new T[outputs];
        for (int i = 0; i < count; i++)
        {
            for (int t = 0; t < i * 3 % 5; t++)
            {
                model.Step(samples.AsSpan(t * inputs, inputs), one, together[i], width);
                model.Step(samples.AsSpan(t * inputs, inputs), one, alone[i], width);
            }
        }

        for (int round = 0; round < Rounds; round++)
        {
            ReadOnlySpan<T> rows = samples.AsSpan(round * count * inputs, count * inputs);
            model.ForwardMany(together, rows, all, width);
            for (int i = 0; i < count; i++)
            {
                model.Step(rows.Slice(i * inputs, inputs), one, alone[i], width);
                Samples.SameBits<T>(one, all.AsSpan(i * outputs, outputs), $"{seeded}, {width}, {count} streams, stream {i}, round {round}");
            }
        }

        for (int i = 0; i < count; i++)
        {
            Assert.True(alone[i].Save().AsSpan().SequenceEqual(together[i].Save()), $"{seeded}, {width}, {count} streams: the state of stream {i} differs");
        }
    }
}
