using System;
using System.Linq;
using System.Numerics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Not-a-number and infinity go where the formulas carry them and nowhere else.</summary>
public sealed class NotFiniteTests
{
    private static readonly double[] s_values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    public static TheoryData<VectorWidth> Widths => Samples.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Without_mixing_they_stay_in_their_channel(VectorWidth width)
    {
        Channel<float>(width);
        Channel<double>(width);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_state_tells_and_reset_heals_also_the_scratch(VectorWidth width)
    {
        foreach (SeededModel seeded in Samples.All)
        {
            Heals<float>(seeded, width);
            Heals<double>(seeded, width);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void They_reach_no_other_sequence_of_a_batch_nor_a_later_borrower(int degree)
    {
        foreach (SeededModel seeded in Samples.All)
        {
            IGeneratedModel<float> model = Samples.Load<float>(seeded);
            int[] lengths = [4, 4, 4, 4, 4, 4];
            float[][] parts = [.. lengths.Select((_, i) => Samples.Input<float>(seeded, 4, i))];
            float[][] expected = [.. parts.Select(part => Samples.Run(model, part))];
            parts[1][0] = float.NaN;
            parts[3][^1] = float.PositiveInfinity;
            int size = expected[0].Length;
            var actual = new float[size * parts.Length];
            model.ForwardBatch(parts.SelectMany(part => part).ToArray(), lengths, actual, degree, default);
            foreach (int i in new[] { 0, 2, 4, 5 })
            {
                Samples.SameBits<float>(expected[i], actual.AsSpan(i * size, size), $"{seeded}, sequence {i}");
            }

            Assert.Contains(actual.AsSpan(size, size).ToArray(), float.IsNaN);
            var borrowed = new float[size];
            model.Forward(parts[1], borrowed);
            model.Forward(parts[0], borrowed);
            Samples.SameBits<float>(expected[0], borrowed, $"{seeded}, borrowed state");
        }
    }

    private static void Channel<T>(VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(Samples.ChannelWise);
        int channels = model.InputWidth, steps = 12, when = 5;
        T[] input = Samples.Input<T>(Samples.ChannelWise, steps);
        T[] clean = Samples.Run(model, input, width);
        for (int channel = 0; channel < channels; channel++)
        {
            foreach (double value in s_values)
            {
                T[] spoiled = [.. input];
                spoiled[(when * channels) + channel] = T.CreateChecked(value);
                T[] output = Samples.Run(model, spoiled, width);
                for (int i = 0; i < output.Length; i++)
                {
                    bool reached = i % channels == channel && i / channels >= when;
                    Assert.True(reached || output[i].Equals(clean[i]), $"{value} in channel {channel} reached channel {i % channels} at step {i / channels}");
                    Assert.True(!reached || !double.IsNaN(value) || T.IsNaN(output[i]), $"NaN in channel {channel} vanished at step {i / channels}");
                }
            }
        }
    }

    private static void Heals<T>(SeededModel seeded, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        T[] input = Samples.Input<T>(seeded, 20);
        T[] expected = Samples.Run(model, input, width);
        foreach (double value in s_values)
        {
            SequenceState<T> state = model.CreateState();
            Assert.True(state.IsFinite);
            T[] spoiled = [.. input];
            Array.Fill(spoiled, T.CreateChecked(value), 3 * model.InputWidth, model.InputWidth);
            T[] output = Samples.Output(model, 20);
            model.Forward(spoiled, output, state, width);
            Assert.False(state.IsFinite, $"{seeded}: the state does not tell of {value}");
            state.Reset();
            Assert.True(state.IsFinite);
            Assert.Equal(0, state.Steps);
            model.Forward(input, output, state, width);
            Samples.SameBits<T>(expected, output, $"{seeded}, {width}, after {value}");
            Assert.True(state.IsFinite, $"{seeded}: padding still carries {value}");
        }
    }
}
