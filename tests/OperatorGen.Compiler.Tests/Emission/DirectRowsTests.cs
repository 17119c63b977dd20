using System;
using System.Linq;
using OperatorGen.Compiler.Tests.Evaluation;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Emission;

/// <summary>A recurrence of few channels reads the caller's samples and writes the caller's outputs itself, where nothing else reads or writes them.</summary>
public sealed class DirectRowsTests
{
    private const string Read = "// input: the caller's rows are read by the recurrence", Written = "// output: the recurrence has written the caller's rows";
    private const string Copied = "// input: rows, padded with 0", Stored = "// output: rows without padding";

    [Fact]
    public void A_bare_recurrence_has_no_rows_between()
    {
        string text = Chunk(Model(DecoderFunctions.Identity));
        Assert.Contains(Read, text, StringComparison.Ordinal);
        Assert.Contains(Written, text, StringComparison.Ordinal);
        Assert.DoesNotContain("scratch", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_decoder_changes_is_stored_from_a_row()
    {
        string text = Chunk(Model(DecoderFunctions.GeluErf));
        Assert.Contains(Read, text, StringComparison.Ordinal);
        Assert.Contains(Stored, text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_has_other_readers_is_copied_to_a_row()
    {
        SequenceModel model = Model(DecoderFunctions.Identity);
        string text = Chunk(model with { Layers = EquatableArray.Of(model.Layers[0] with { Residual = true }) });
        Assert.Contains(Copied, text, StringComparison.Ordinal);
        Assert.Contains(Stored, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_as_lanes_take_rows()
    {
        string text = Chunk(Model(DecoderFunctions.Identity, ScanForm.LookAhead));
        Assert.Contains(Copied, text, StringComparison.Ordinal);
        Assert.Contains(Stored, text, StringComparison.Ordinal);
    }

    /// <summary>Many streams are rows of buffers: the same recurrence at other strides.</summary>
    [Fact]
    public void The_bits_are_those_of_rows()
    {
        SequenceModel model = Model(DecoderFunctions.Identity);
        IGeneratedModel<float> generated = GeneratedModel.Load<float>(model);
        float[] input = [.. RandomModels.Input(model, 41, 3).Select(value => (float)value)], expected = new float[input.Length];
        int channels = model.InputWidth;
        SequenceState<float> state = generated.CreateState();
        for (int t = 0; t < input.Length; t += channels)
        {
            generated.ForwardMany([state], input.AsSpan(t, channels), expected.AsSpan(t, channels), VectorWidth.Widest);
        }

        Samples.SameBits<float>(expected, Samples.Run(generated, input, VectorWidth.Widest), "a sequence");
    }

    /// <summary>The method that takes a chunk of a sequence.</summary>
    private static string Chunk(SequenceModel model)
    {
        string text = GeneratedModel.Generate(model, Precision.Single).Text;
        int start = text.IndexOf("private void Chunk<", StringComparison.Ordinal);
        return text[start..text.IndexOf("internal static void RunMany(", start, StringComparison.Ordinal)];
    }

    private static SequenceModel Model(DecoderFunction activation, ScanForm form = ScanForm.LookAheadOfModes)
    {
        const int Channels = 3, Modes = 5;
        var random = new Random(1);
        Tensor Complex() => new(EquatableArray.Of(Channels, Modes, 2), [.. Enumerable.Range(0, Channels * Modes * 2).Select(_ => random.NextDouble() - 0.5)]);
        var cell = new ChannelModes(Channels, Modes, 1, Field.Complex, DiscretizationRule.None, Complex(), new Tensor(EquatableArray.Of(1), [1.0]), Complex(), Complex(), 2) { Form = form };
        return new SequenceModel("test", Channels, EquatableArray.Of(new Layer("", Channels, null, InputStage.None, cell, new Decoder { Activation = activation }, Residual: false, null)));
    }
}
