using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Reference;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>States that are copied, saved and read.</summary>
public sealed class StateTests
{
    [Fact]
    public void A_cloned_copied_or_restored_state_continues_with_the_same_bits()
    {
        foreach (SeededModel seeded in Samples.All)
        {
            Continues<float>(seeded);
            Continues<double>(seeded);
        }
    }

    [Theory]
    [InlineData(0, "OPGS")]
    [InlineData(4, "format version")]
    [InlineData(8, "model")]
    [InlineData(71, "model")]
    [InlineData(72, "-byte numbers")]
    [InlineData(83, "samples")]
    [InlineData(87, "damaged")]
    [InlineData(88, "form")]
    public void Restore_refuses_a_damaged_header_and_the_state_stays(int position, string expected)
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Pooled);
        SequenceState<float> state = Moved(model, Samples.Pooled, 5);
        byte[] saved = Moved(model, Samples.Pooled, 9).Save();
        saved[position] ^= 0x80;
        Refused(state, saved, expected);
    }

    [Fact]
    public void Restore_refuses_another_length_or_precision()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Selective);
        SequenceState<float> state = Moved(model, Samples.Selective, 5);
        byte[] saved = state.Save();
        Refused(state, saved[..^1], "bytes");
        Refused(state, [.. saved, 0], "bytes");
        Refused(state, saved[..40], "bytes");
        Refused(state, [], "bytes");
        Refused(state, Moved(Samples.Load<double>(Samples.Selective), Samples.Selective, 5).Save(), "8-byte numbers");
        Refused(state, Moved(Samples.Load<float>(Samples.Stacked), Samples.Stacked, 5).Save(), "form");
    }

    [Fact]
    public void The_convolution_and_state_of_a_selective_model_are_read_by_upstreams_names()
    {
        IGeneratedModel<double> model = Samples.Load<double>(Samples.Selective);
        var reference = new ReferenceEvaluator(Samples.Selective.Model);
        double[] input = Samples.Input<double>(Samples.Selective, 23);
        ReferenceState expected = reference.CreateState();
        reference.Forward(input, expected);
        SequenceState<double> state = Moved(model, Samples.Selective, 23);
        Assert.Equal(["layers.0.conv_state", "layers.0.ssm_state"], state.Tensors.Select(tensor => tensor.Name).Order());
        StateTensor convolution = state.Tensors.Single(tensor => tensor.Name == "layers.0.conv_state");
        StateTensor recurrence = state.Tensors.Single(tensor => tensor.Name == "layers.0.ssm_state");
        Assert.Equal([6, 3], convolution.Shape.ToArray());
        Assert.Equal([6, 4], recurrence.Shape.ToArray());
        Near(expected.Layers[0].ConvolutionCache, Read(state, convolution));
        Near([.. expected.Layers[0].Ssm.Select(s => s.Real)], Read(state, recurrence));
    }

    [Fact]
    public void An_unknown_name_or_a_wrong_length_is_refused_with_what_there_is()
    {
        SequenceState<float> state = Samples.Load<float>(Samples.Selective).CreateState();
        string unknown = Assert.Throws<ArgumentException>(() => state.Read("hidden", new float[24])).Message;
        Assert.Contains("layers.0.conv_state", unknown, StringComparison.Ordinal);
        Assert.Contains("layers.0.ssm_state", unknown, StringComparison.Ordinal);
        Assert.Contains("[6, 4]", Assert.Throws<ArgumentException>(() => state.Read("layers.0.ssm_state", new float[23])).Message, StringComparison.Ordinal);
        Assert.Equal(unknown, Assert.Throws<ArgumentException>(() => state.Write("hidden", new float[24])).Message);
        Assert.Contains("[6, 4]", Assert.Throws<ArgumentException>(() => state.Write("layers.0.ssm_state", new float[23])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again_and_nothing_else_changes()
    {
        IGeneratedModel<double> model = Samples.Load<double>(Samples.Selective);
        SequenceState<double> state = Moved(model, Samples.Selective, 23);
        StateTensor[] tensors = [.. state.Tensors];
        double[][] before = [.. tensors.Select(tensor => Read(state, tensor))];
        for (int i = 0; i < tensors.Length; i++)
        {
            double[] written = [.. Enumerable.Range(0, tensors[i].Count).Select(k => k + 0.5)];
            state.Write(tensors[i].Name, written);
            Assert.Equal(written, Read(state, tensors[i]));
            Assert.All(tensors.Where((_, j) => j != i), (other, _) => Assert.Equal(before[Array.IndexOf(tensors, other)], Read(state, other)));
            state.Write(tensors[i].Name, before[i]);
        }

        Assert.Equal(Moved(model, Samples.Selective, 23).Save(), state.Save());
    }

    // Sums of fewer than 30 products of numbers of order 1, carried over 23 contracting steps: some 1000 roundings of 1.1e-16.
    private static void Near(double[] expected, double[] actual) =>
        Assert.True(Deviation.Between(expected, actual).MaxRel < 1e-12, $"{Deviation.Between(expected, actual).MaxRel}");

    private static double[] Read(SequenceState<double> state, StateTensor tensor)
    {
        var values = new double[tensor.Count];
        state.Read(tensor.Name, values);
        return values;
    }

    private static SequenceState<T> Moved<T>(IGeneratedModel<T> model, SeededModel seeded, int steps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SequenceState<T> state = model.CreateState();
        model.Forward(Samples.Input<T>(seeded, steps), Samples.Output(model, steps), state);
        return state;
    }

    private static void Refused(SequenceState<float> state, byte[] saved, string expected)
    {
        byte[] before = state.Save();
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => state.Restore(saved)).Message, StringComparison.Ordinal);
        Assert.Equal(before, state.Save());
    }

    private static void Continues<T>(SeededModel seeded)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        SequenceState<T> state = Moved(model, seeded, 6);
        SequenceState<T> clone = model.Clone(state);
        SequenceState<T> copy = Moved(model, seeded, 3);
        model.Copy(state, copy);
        byte[] saved = state.Save();
        T[] input = Samples.Input<T>(seeded, 8, 99);
        T[] expected = Samples.Output(model, 8);
        model.Forward(input, expected, state);
        Assert.NotEqual(saved, state.Save());
        Assert.Equal(saved, clone.Save());
        Assert.Equal(saved, copy.Save());
        SequenceState<T> restored = Moved(model, seeded, 2);
        restored.Restore(saved);
        foreach (SequenceState<T> other in new[] { clone, copy, restored })
        {
            Assert.Equal(6, other.Steps);
            T[] actual = Samples.Output(model, 8);
            model.Forward(input, actual, other);
            Samples.SameBits<T>(expected, actual, $"{seeded}");
            Assert.Equal(state.Save(), other.Save());
        }
    }
}
