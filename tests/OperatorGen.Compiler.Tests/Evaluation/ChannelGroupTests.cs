using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Channels that share a vector are scanned with as many modes as the fullest of them reads.</summary>
public sealed class ChannelGroupTests
{
    private const int Channels = 37;
    private const int Modes = 5;

    public static TheoryData<VectorWidth> Widths => Samples.Widths;

    [Theory]
    [InlineData(Precision.Single, "16x5 16x2 5x1")]
    [InlineData(Precision.Double, "16x5 8x2 13x1")]
    public void Vectors_that_need_fewer_modes_are_scans_of_their_own(Precision precision, string expected)
    {
        EvaluationPlan plan = CompilerStages.Plan(Model([.. Enumerable.Range(0, Channels)]), precision, default).Value!.Plans[0];
        Assert.Equal(expected, string.Join(' ', plan.Steps.OfType<LookAheadScanStep>().Select(scan => $"{scan.Source.Width}x{scan.Modes}")));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_channel_in_a_group_gives_the_bits_that_it_gives_alone(VectorWidth width)
    {
        const int Steps = 50;
        var random = new Random(3);
        float[] input = [.. Enumerable.Range(0, Steps * Channels).Select(_ => random.NextSingle() - 0.5f)];
        float[] together = Samples.Run(GeneratedModel.Load<float>(Model([.. Enumerable.Range(0, Channels)])), input, width);
        foreach (int c in new[] { 3, 20, 36 })
        {
            float[] Column(float[] rows) => [.. Enumerable.Range(0, Steps).Select(t => rows[(t * Channels) + c])];
            float[] alone = Samples.Run(GeneratedModel.Load<float>(Model(c)), Column(input), width);
            Samples.SameBits<float>(alone, Column(together), $"channel {c}");
        }
    }

    [Fact]
    public void The_description_has_the_waves_of_all_groups()
    {
        Analysis.ModeBank bank = GeneratedModel.Load<double>(Model([.. Enumerable.Range(0, Channels)])).Operator.Layers[0].Bank!;
        Assert.Equal((Channels, Modes), (bank.Readouts, bank.WavesPerReadout));
        for (int c = 0; c < Channels; c++)
        {
            for (int n = 0; n < Modes; n++)
            {
                Assert.Equal(n < Read(c) ? new Wave(Eigenvalue(c, n), Weight(c, n)) : new Wave(bank[c, n].Eigenvalue, ComplexNumber.Zero), bank[c, n]);
            }
        }
    }

    /// <summary>How many modes a channel reads: the first vector all, the second at most two, the others one.</summary>
    private static int Read(int channel) => channel < 16 ? Modes : channel == 20 ? 2 : 1;

    private static ComplexNumber Eigenvalue(int channel, int mode) => new(0.5 + (channel / 128.0), 0.25 / (mode + 1));

    private static ComplexNumber Weight(int channel, int mode) => new(1 + (channel / 32.0), mode - 1.5);

    private static SequenceModel Model(params int[] channels)
    {
        Tensor Numbers(Func<int, int, ComplexNumber> number) => new(
            EquatableArray.Of(channels.Length, Modes, 2),
            [.. channels.SelectMany(c => Enumerable.Range(0, Modes).SelectMany(n => new[] { number(c, n).Re, number(c, n).Im }))]);
        var cell = new ChannelModes(
            channels.Length,
            Modes,
            Reads: 1,
            Field.Complex,
            DiscretizationRule.None,
            Numbers(Eigenvalue),
            new Tensor(EquatableArray.Of(1), [1.0]),
            Numbers((_, _) => 1),
            Numbers((c, n) => n < Read(c) ? Weight(c, n) : ComplexNumber.Zero),
            Gamma: 1)
        { Skip = new Tensor(EquatableArray.Of(channels.Length), [.. channels.Select(c => 0.5 + c)]), Form = ScanForm.LookAhead };
        return new SequenceModel("test", channels.Length, EquatableArray.Of(
            new Layer("", channels.Length, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Identity }, Residual: false, null)));
    }
}
