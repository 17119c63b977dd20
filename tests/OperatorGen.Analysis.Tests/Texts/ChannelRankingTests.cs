using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Texts;

/// <summary>Channels by how much they can matter.</summary>
public sealed class ChannelRankingTests
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public void Without_a_calibration_reach_times_weight_counts()
    {
        // Reaches 2, 4, 8; weights 5, 1 and 0: channel 2 reaches furthest, and nothing reads it.
        OperatorDescription operators = Operator();
        Assert.Equal([(0, 2.0, 5.0), (1, 4.0, 1.0), (2, 8.0, 0.0)], ChannelRanking.Of(operators, 0).Select(channel => (channel.Channel, channel.Reach, channel.Weight)));
        Assert.All(ChannelRanking.Of(operators, 0), channel => Assert.Null(channel.Measured));
        Assert.Equal([10.0, 4.0, 0.0], ChannelRanking.Of(operators, 0).Select(channel => channel.Strength));
    }

    [Fact]
    public void With_a_calibration_measured_variance_times_weight_counts()
    {
        // Equal weights on two nodes: the mean is between them and the deviation is half of their distance. Channel 0 is a constant, whose variance is 0.
        OperatorDescription operators = Operator();
        var calibration = new Calibration("set", 3, Hash, EquatableArray.Of(new ArgumentMeasures(EquatableArray.Of(Argument([2]), Argument([-1, 3]), Argument([0, 8])), EquatableArray<ArgumentMeasure>.Empty)));
        var measured = OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Measure, 1), calibration);
        operators = operators with { DeclaredExpansion = _ => measured };
        Assert.True(ChannelRanking.IsMeasured(operators));
        RankedChannel[] ranked = [.. ChannelRanking.Of(operators, 0)];
        Assert.Equal([1, 0, 2], ranked.Select(channel => channel.Channel));

        // The recurrence of orthonormal polynomials divides and takes roots of whole numbers below 16: some units of their last place.
        const double Rounding = 16 * 16.0 / (1L << 53);
        Assert.Equal(1, ranked[0].Measured!.Value.Mean, Rounding);
        Assert.Equal(2, ranked[0].Measured!.Value.Deviation, Rounding);
        Assert.Equal(4, ranked[0].Strength, 4 * Rounding);
        Assert.Equal((2.0, 0.0), ranked[1].Measured);
    }

    [Fact]
    public void A_middle_layer_is_weighed_by_its_own_mixing()
    {
        OperatorDescription one = Operator();
        LayerDescription middle = one.Layers[0] with { Mixing = new LinearDescription(3, 3, [0, 3, 0, 0, 4, 0, 1, 0, 0], null) };
        OperatorDescription two = one with { Layers = [middle, one.Layers[0]] };
        Assert.Equal([1.0, 5.0, 0.0], ChannelRanking.Weights(two, 0));
        Assert.Equal([5.0, 1.0, 0.0], ChannelRanking.Weights(two, 1));
    }

    private static OperatorDescription Operator() => new()
    {
        Architecture = "test",
        Order = 2,
        InputWidth = 3,
        Head = new LinearDescription(3, 2, [3, 1, 0, -4, 0, 0], null),
        Layers =
        [
            new LayerDescription
            {
                Width = 3,
                Decoder = DecoderFunctions.GeluErf,
                Recurrence = ModeBank.PerChannel(1, [new Wave(0.5, 1), new Wave(0.5, 2), new Wave(0.5, 4)], null),
            },
        ],
    };

    private static ArgumentMeasure Argument(double[] nodes) =>
        new(new ReducedMeasure(nodes, [.. nodes.Select(_ => 1.0 / nodes.Length)]), nodes.Min(), nodes.Max());
}
