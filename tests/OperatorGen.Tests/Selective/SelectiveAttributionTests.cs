using System;
using System.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tests.Selective;

/// <summary>A score of a selective model, attributed to samples, gates, heads and waves.</summary>
public sealed class SelectiveAttributionTests
{
    [Theory]
    [MemberData(nameof(SelectiveSample.Kinds), MemberType = typeof(SelectiveSample))]
    public void Both_columns_sum_to_the_score_less_that_of_the_zero_input_within_the_gap(SelectiveKind kind)
    {
        foreach (SelectiveSample sample in SelectiveSample.Of(kind))
        {
            var attribution = SelectiveAttribution.Of(sample.Operator, sample.Input, score: 0);
            double columns = attribution.Value.Sum() + attribution.Gate.Sum(), size = attribution.Value.Sum(Math.Abs) + attribution.Gate.Sum(Math.Abs);
            double change = attribution.Score - attribution.ZeroScore;

            // The gap is defined by the sum; what is left is rounding of some ten additions.
            Assert.Equal(change, columns + attribution.Gap, 1e-14 * Math.Max(1, size + Math.Abs(attribution.Score)));

            // Panels are halved until the gap is below 1e-9 of the size, or there are 64 of them.
            Assert.True(Math.Abs(attribution.Gap) <= 1e-9 * Math.Max(Math.Abs(change), size) || attribution.Panels == 64, $"{kind}: gap {attribution.Gap} of {change}");
        }
    }

    [Theory]
    [MemberData(nameof(SelectiveSample.Kinds), MemberType = typeof(SelectiveSample))]
    public void A_larger_tolerance_is_kept_with_no_more_panels(SelectiveKind kind)
    {
        foreach (SelectiveSample sample in SelectiveSample.Of(kind))
        {
            SelectiveAttribution fine = SelectiveAttribution.Of(sample.Operator, sample.Input, score: 0), coarse = SelectiveAttribution.Of(sample.Operator, sample.Input, score: 0, tolerance: 1e-2);
            double size = coarse.Value.Sum(Math.Abs) + coarse.Gate.Sum(Math.Abs);
            Assert.True(Math.Abs(coarse.Gap) <= 1e-2 * Math.Max(Math.Abs(coarse.Score - coarse.ZeroScore), size) || coarse.Panels == 64, $"{kind}: gap {coarse.Gap}");
            Assert.True(coarse.Panels <= fine.Panels);
            Assert.Equal((fine.Score, fine.ZeroScore), (coarse.Score, coarse.ZeroScore));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-9)]
    public void A_tolerance_that_is_not_above_0_is_refused(double tolerance)
    {
        SelectiveSample sample = SelectiveSample.Of(Enum.GetValues<SelectiveKind>()[0])[0];
        Assert.Throws<ArgumentOutOfRangeException>(nameof(tolerance), () => SelectiveAttribution.Of(sample.Operator, sample.Input, tolerance: tolerance));
    }

    [Theory]
    [MemberData(nameof(SelectiveSample.Kinds), MemberType = typeof(SelectiveSample))]
    public void With_everything_held_the_parts_sum_to_the_score_and_all_views_agree(SelectiveKind kind)
    {
        foreach (SelectiveSample sample in SelectiveSample.Of(kind))
        {
            var attribution = SelectiveAttribution.Of(sample.Operator, sample.Input, score: 0);
            double rest = attribution.Direct.Sum() + attribution.Beside;
            double tolerance = 1e-13 * Math.Max(1, attribution.ByWave().Sum(Math.Abs) + attribution.Direct.Sum(Math.Abs) + Math.Abs(attribution.Beside)); // rounding of some hundred additions
            foreach (double sum in new[] { attribution.ByTime().Sum(), attribution.ByWave().Sum(), attribution.ByCell().Sum() })
            {
                Assert.Equal(attribution.Score, sum + rest, tolerance);
            }

            double one = Enumerable.Range(0, attribution.Steps).Sum(t => attribution.Wave(t, attribution.Cells - 1, attribution.Keys - 1));
            Assert.Equal(attribution.ByWave()[^1], one, tolerance);
        }
    }

    [Fact]
    public void What_is_beside_the_cells_is_the_score_of_a_model_without_readouts()
    {
        foreach (SelectiveSample sample in Enum.GetValues<SelectiveKind>().SelectMany(SelectiveSample.Of).Where(sample => sample.Operator.Layers[^1] is { PostNorm: null, FeedForward: null, DecoderNorm: null, Decoder.Name: "identity" }))
        {
            // Nothing behind the readouts is scaled by them, so that the score is affine in them, and without them it is what the cells do not add.
            var attribution = SelectiveAttribution.Of(sample.Operator, sample.Input, score: 0);
            int last = sample.Operator.Layers.Count - 1;
            var silent = new SelectivePass(sample.Operator, sample.Input, (layer, path) => layer == last ? new double[path.Steps * path.Recurrence.Readouts] : path.Readouts());
            double expected = silent.Scores[sample.Operator.Pooled ? 0 : (SelectiveSample.Steps - 1) * sample.Operator.OutputWidth];
            Assert.Equal(expected, attribution.Beside, 1e-12 * Math.Max(1, attribution.ByWave().Sum(Math.Abs) + Math.Abs(expected)));
        }
    }

    [Fact]
    public void Without_a_score_the_greatest_is_attributed_and_a_difference_is_that_of_two()
    {
        SelectiveSample sample = Enum.GetValues<SelectiveKind>().SelectMany(SelectiveSample.Of).First(sample => sample.Operator.OutputWidth > 2);
        var usual = SelectiveAttribution.Of(sample.Operator, sample.Input);
        int best = usual.Scores.ToList().IndexOf(usual.Scores.Max()), other = (best + 1) % usual.Scores.Count;
        Assert.Equal((best, (int?)null, usual.Scores[best]), (usual.Index, usual.Against, usual.Score));
        var difference = SelectiveAttribution.Of(sample.Operator, sample.Input, best, other);
        double size = usual.Scores.Sum(Math.Abs);
        Assert.Equal(usual.Scores[best] - usual.Scores[other], difference.Score, 1e-14 * size);
        Assert.Equal(usual.Score, SelectiveAttribution.Of(sample.Operator, Array.ConvertAll(sample.Input, value => (float)value), null, null, null).Score, 1e-12 * size); // the samples are floats
        Assert.Throws<ArgumentOutOfRangeException>(() => SelectiveAttribution.Of(sample.Operator, sample.Input, usual.Scores.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => SelectiveAttribution.Of(sample.Operator, sample.Input, 0, -1));
    }
}
