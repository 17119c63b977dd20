using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Design.Tests.Bounds;
using OperatorGen.Design.Tests.Expansions;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Design.Tests.Kernels;

/// <summary>Volterra kernels against the exact derivatives of the map and against the truncated map itself.</summary>
public sealed class VolterraKernelTests
{
    private const int Steps = 7;
    private static readonly string[] s_smooth = ["gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus", "exp", "identity", "polynomial(1/3, 3/4, -1/5, 1/8)"];

    /// <summary>From 24 on, several readouts per channel and shared modes take turns; from 48 on, layers run in both directions.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 72)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void At_the_operating_point_the_kernel_of_order_p_is_the_pth_derivative_over_p_factorial(int seed)
    {
        // The p-th Taylor coefficient of s -> model(s u) is the kernel of order p applied to u, p times: by composed series, not by differences.
        var random = new Random(seed);
        OperatorDescription operators = Operators(seed);
        LayerDescription layer = operators.Layers[0];
        double[] u = [.. Enumerable.Range(0, Steps * operators.InputWidth).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] rest = OperatorTrace.Of(operators, new double[u.Length]).Layers[0].Readouts;
        double[] moved = OperatorTrace.Of(operators, u).Layers[0].Readouts;
        for (int output = 0; output < operators.OutputWidth; output++)
        {
            VolterraKernels kernels = VolterraKernels.AtOperatingPoint(operators, 3, output, Steps);
            for (int t = 0; t < Steps; t += 3)
            {
                double[] point = rest[(t * layer.Channels)..((t + 1) * layer.Channels)];
                double[] direction = [.. point.Select((o, c) => moved[(t * layer.Channels) + c] - o)];
                double[][] taylor = DirectionalTaylor.Of(layer, point, direction, 3);
                double Exact(int order) => taylor.Select((series, i) => (operators.Head?.Weight(output, i) ?? (i == output ? 1 : 0)) * series[order]).Sum();
                double residual = layer.Residual ? Enumerable.Range(0, layer.Width).Sum(i => (operators.Head?.Weight(output, i) ?? (i == output ? 1 : 0)) * Enumerable.Range(0, operators.InputWidth).Sum(k => operators.Encoder!.Weight(i, k) * u[(t * operators.InputWidth) + k])) : 0;
                Same(Exact(1) + residual, Apply(kernels, 1, t, u, operators.InputWidth));
                Same(Exact(2), Apply(kernels, 2, t, u, operators.InputWidth));
                Same(Exact(3), Apply(kernels, 3, t, u, operators.InputWidth));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_kernels_of_all_orders_add_up_to_the_truncated_operator(int seed)
    {
        OperatorDescription operators = Operators(seed);
        var random = new Random(seed);
        double[] u = [.. Enumerable.Range(0, Steps * operators.InputWidth).Select(_ => (2 * random.NextDouble()) - 1)];
        OperatorExpansion expansion = OperatorExpansion.Taylor(operators, 3, 0.2);
        double[] expected = OperatorTrace.Of(operators, u, expansion).Outputs;
        for (int output = 0; output < operators.OutputWidth; output++)
        {
            VolterraKernels kernels = VolterraKernels.Of(operators, expansion.Layers[0], output, Steps);
            if (operators.Pooled)
            {
                double score = kernels.PooledConstant(Steps);
                for (int i = 0; i < operators.InputWidth; i++)
                {
                    score += kernels.PooledFirst(Steps, i).Select((k, s) => k * u[(s * operators.InputWidth) + i]).Sum();
                    for (int j = 0; j < operators.InputWidth; j++)
                    {
                        double[] second = kernels.PooledSecond(Steps, i, j);
                        score += second.Select((k, place) => k * u[(place / Steps * operators.InputWidth) + i] * u[(place % Steps * operators.InputWidth) + j]).Sum();
                    }
                }

                for (int t = 0; t < Steps; t++)
                {
                    score += Apply(kernels, 3, t, u, operators.InputWidth) / Steps;
                }

                Same(expected[output], score);
                continue;
            }

            for (int t = 0; t < Steps; t++)
            {
                double sum = kernels.Constant(t) + Apply(kernels, 1, t, u, operators.InputWidth) + Apply(kernels, 2, t, u, operators.InputWidth) + Apply(kernels, 3, t, u, operators.InputWidth);
                Same(expected[(t * operators.OutputWidth) + output], sum);
            }
        }
    }

    [Fact]
    public void Long_after_the_start_the_kernel_is_the_steady_one()
    {
        // The slowest mode of this model is at 0.5: after 60 steps its start has become 1e-18.
        ModeBank waves = ModeBank.PerChannel(2, [new(0.5, 1.0), new(-0.25, 2.0)], [0.3]);
        var layer = new LayerDescription { Width = 1, Recurrence = waves, Decoder = DecoderFunctions.GeluErf };
        var operators = new OperatorDescription
        {
            Architecture = "test",
            Order = 3,
            InputWidth = 1,
            Encoder = new LinearDescription(1, 1, [0.7], [0.4]),
            Layers = [layer],
        };
        VolterraKernels kernels = VolterraKernels.AtOperatingPoint(operators, 2, 0);
        Assert.All(kernels.Second(60, 5).Zip(kernels.Second(null, 5)), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        Assert.NotEqual(kernels.First(1, 1)[0], kernels.First(null, 1)[0], 1e-3);
    }

    [Fact]
    public void The_models_of_these_tests_have_gates_across_channels_and_pooled_outputs_with_and_without_bias()
    {
        OperatorDescription[] all = [.. Enumerable.Range(0, 24).Select(Operators)];
        OperatorDescription[] both = [.. Enumerable.Range(48, 24).Select(Operators)];
        Assert.All(both, o => Assert.False(o.Layers[0].Bank!.IsCausal));
        Assert.Contains(both, o => o.Layers[0].Glu is not null && o.Encoder!.HasBias && o.Pooled);
        Assert.Equal(4, both.Select(o => (o.Layers[0].Bank!.IsShared, o.Layers[0].Bank!.Timing(o.Layers[0].Modes - 1))).Distinct().Count());
        Assert.Contains(all, o => o.Layers[0] is { Glu: not null, Channels: 3 });
        Assert.Contains(all, o => o.Layers[0] is { Glu: not null, Channels: 2 });
        Assert.Contains(all, o => o.Pooled && o.Encoder!.HasBias);
        Assert.Contains(all, o => o.Pooled && !o.Encoder!.HasBias);
    }

    [Fact]
    public void Kernels_are_zero_for_lags_beyond_the_step()
    {
        OperatorDescription operators = Operators(0);
        VolterraKernels kernels = VolterraKernels.AtOperatingPoint(operators, 3, 0);
        Assert.Equal(0, kernels.Third(2, [0, 3, 1]));
        Assert.Equal(0, kernels.First(2, 5)[3]);
        double[] second = kernels.Second(2, 5);
        Assert.All(Enumerable.Range(0, 25).Where(k => k / 5 > 2 || k % 5 > 2), k => Assert.Equal(0, second[k]));
        Assert.NotEqual(0, kernels.Third(3, [0, 3, 1]));
    }

    [Fact]
    public void The_kernel_of_a_readout_and_an_input_is_the_readout_of_an_impulse()
    {
        // 6 readouts of 3 inputs; the impulse of size 1 in one of them, nothing in the others.
        ModeBank bank = ModeBank.Shared(
            3,
            [new ComplexNumber(0.3, 0.8), new ComplexNumber(-0.5, 0)],
            [new ComplexNumber(1, 2), 0.5, new ComplexNumber(0, -1), new ComplexNumber(-1, 0.25), 1, 0],
            [.. Enumerable.Range(0, 12).Select(k => new ComplexNumber(1 + (0.1 * k), 0.3 - k))],
            [1, 2, 3, 4, 5, 6]);
        for (int i = 0; i < 3; i++)
        {
            var impulse = new double[3 * 20];
            impulse[i] = 1;
            double[] o = ModeSeries.Readouts(bank, impulse, 20);
            for (int h = 0; h < bank.Readouts; h++)
            {
                double[] kernel = ChannelKernels.Of(bank, h, ChannelKernels.Input(bank, i), 20);

                // Products of numbers below 30 with five roundings on the way.
                Assert.All(kernel, (k, tau) => Assert.Equal(o[(tau * bank.Readouts) + h], k, 1e-13));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ChannelKernels.Input(bank, 3));
        var backward = ModeBank.PerChannel(1, [0.5], [1], null, [new ModeTiming(true, 0)]);
        Assert.Contains("backward", Assert.Throws<InvalidOperationException>(() => ChannelKernels.Of(backward, 0, [1.0], 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_of_both_directions_has_the_forward_modes_at_lags_from_0_and_the_backward_ones_below()
    {
        // Forward 2 (1/2)^tau and D = 10, backward 3 (1/4)^(tau - delay).
        foreach (int delay in new[] { 0, 1 })
        {
            var bank = ModeBank.BothDirections(ModeBank.PerChannel(1, [0.5], [2], [10]), ModeBank.PerChannel(1, [0.25], [3], null), delay);
            double[] expected = delay == 0 ? [3.0 / 16, 0.75, 15, 1, 0.5] : [0.75, 3, 12, 1, 0.5];
            Assert.Equal(expected, ChannelKernels.TwoSided(bank, 0, [1.0], 3));
        }
    }

    [Fact]
    public void Kernels_of_a_layer_in_both_directions_need_the_length_of_the_sequence()
    {
        OperatorDescription operators = Operators(48);
        VolterraKernels kernels = VolterraKernels.AtOperatingPoint(operators, 3, 0);
        Assert.True(kernels.IsTwoSided);
        Assert.Contains("length of the sequence", Assert.Throws<InvalidOperationException>(() => kernels.First(1, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("length of the sequence", Assert.Throws<InvalidOperationException>(() => kernels.Third(1, [0, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Equal(5, kernels.First(null, 3).Length);
        VolterraKernels other = VolterraKernels.AtOperatingPoint(operators, 3, 0, Steps);
        Assert.Throws<ArgumentException>(() => other.PooledFirst(Steps + 1));
        Assert.Equal([-2, -1, 0, 1, 2], Enumerable.Range(0, 5).Select(index => other.Lag(index, 3)));
    }

    [Fact]
    public void Where_a_wave_does_not_decay_there_is_no_steady_state()
    {
        ModeBank waves = ModeBank.PerChannel(1, [new(1.0, 1.0)], null);
        var layer = new LayerDescription { Width = 1, Recurrence = waves, Decoder = DecoderFunctions.Tanh };
        var operators = new OperatorDescription
        {
            Architecture = "test",
            Order = 3,
            InputWidth = 1,
            Encoder = new LinearDescription(1, 1, [1], [1]),
            Layers = [layer],
        };
        Assert.Contains("does not decay", Assert.Throws<InvalidOperationException>(() => VolterraKernels.AtOperatingPoint(operators, 2, 0).First(null, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_with_norms_are_refused()
    {
        SequenceModel model = RandomModels.Create(3, new ModelShape { PostNorm = true }).Model;
        Assert.Throws<InvalidOperationException>(() => VolterraKernels.AtOperatingPoint(OperatorDescriptions.Of(model), 2, 0));
    }

    private static OperatorDescription Operators(int seed) => seed is >= 24 and < 48 ? WithReads(seed) : OperatorDescriptions.Of(RandomModels.Create(seed, new ModelShape
    {
        BothDirections = seed < 48 ? 0 : 1,
        Cells = seed >= 60 ? CellClass.Shared : CellClass.Constant,
        InputWidth = 1 + (seed % 2),
        Width = 1 + (seed / 3 % 3),
        Modes = 1 + (seed % 4),
        Activation = s_smooth[seed % s_smooth.Length],
        Mixing = seed % 4 != 3,
        Glu = seed % 3 == 0 && seed % 4 != 3,
        Residual = seed % 5 == 1,
        Bias = seed % 4 < 2,
        Pooling = seed % 2 == 0 ? Pooling.Mean : Pooling.None,
        HeadWidth = seed % 3 == 1 ? 2 : 0,
    }).Model);

    private static OperatorDescription WithReads(int seed) => BoundModels.Create(
        new Random(seed),
        1 + (seed / 3 % 3),
        1 + (seed % 4),
        DecoderFunctions.Find(s_smooth[seed % s_smooth.Length])!,
        glu: seed % 3 == 0,
        pooled: seed % 2 == 0,
        kind: seed / 4 % 2 == 0 ? BankKind.Shared : BankKind.TwoReads);

    private static double Apply(VolterraKernels kernels, int order, int t, double[] u, int inputs)
    {
        double sum = 0;
        int length = kernels.IsTwoSided ? Steps : t + 1;
        int count = kernels.IsTwoSided ? (2 * Steps) - 1 : t + 1;
        for (int i = 0; i < inputs; i++)
        {
            if (order == 1)
            {
                sum += kernels.First(t, length, i).Select((k, tau) => k * U(k, tau, i)).Sum();
                continue;
            }

            for (int j = 0; j < inputs; j++)
            {
                if (order == 2)
                {
                    sum += kernels.Second(t, length, i, j).Select((k, place) => k * U(k, place / count, i) * U(k, place % count, j)).Sum();
                    continue;
                }

                for (int k = 0; k < inputs; k++)
                {
                    for (int place = 0; place < count * count * count; place++)
                    {
                        int[] at = [place / (count * count), place / count % count, place % count];
                        double third = kernels.Third(t, [.. at.Select(index => kernels.Lag(index, length))], [i, j, k]);
                        sum += third * U(third, at[0], i) * U(third, at[1], j) * U(third, at[2], k);
                    }
                }
            }
        }

        return sum;

        // u at a lag; outside of the sequence the kernel has to be 0.
        double U(double kernel, int index, int input)
        {
            int step = t - kernels.Lag(index, length);
            if (step is >= 0 and < Steps)
            {
                return u[(step * inputs) + input];
            }

            Assert.Equal(0, kernel);
            return 0;
        }
    }

    // Sums of some thousand products of numbers of order one, in another order than the oracle's.
    private static void Same(double expected, double actual) => Assert.True(Math.Abs(expected - actual) <= 1e-11 * (1 + Math.Abs(expected)), $"{expected} and {actual}");
}
