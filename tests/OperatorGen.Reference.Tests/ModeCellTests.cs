using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using Xunit;

namespace OperatorGen.Reference.Tests;

/// <summary>Constant recurrences small enough to compute by hand; the numbers are dyadic, so that every step is exact.</summary>
public class ModeCellTests
{
    [Fact]
    public void Shared_modes_are_driven_by_every_input_and_read_by_every_readout()
    {
        var cell = new SharedModes(2, 2, 2, Field.Real, DiscretizationRule.None, Tiny.Vector(0.5, -0.5), Tiny.Vector(1), Tiny.Vector(1, 2, 0, 1), Tiny.Vector(1, 1, 2, -1), 1)
        {
            Skip = Tiny.Vector(10, 100),
        };

        // s = (1, 0), (2.5, 1), (1.25, -1.5).
        Assert.Equal([11.0, 2, 3.5, 104, 19.75, -96], Forward(cell, 1, 0, 0, 1, 2, -1));
    }

    [Fact]
    public void Complex_shared_modes_give_twice_the_real_part()
    {
        // One mode i/2 with drive (1, i) and reads (1, -i): s = 1, 3i/2, 5/4, 5i/8; o = 2 (Re s, Im s) + D v.
        var cell = new SharedModes(2, 1, 2, Field.Complex, DiscretizationRule.None, Tiny.Vector(0, 0.5), Tiny.Vector(1), Tiny.Vector(1, 0, 0, 1), Tiny.Vector(1, 0, 0, -1), 2)
        {
            Skip = Tiny.Vector(0.5, 0),
        };
        Assert.Equal([2.5, 0, 0, 3, 3.5, 0, 0, 1.25], Forward(cell, 1, 0, 0, 1, 2, 0, 0, 0));
    }

    [Fact]
    public void Shared_modes_may_have_fewer_readouts_than_inputs()
    {
        var cell = new SharedModes(3, 1, 1, Field.Real, DiscretizationRule.None, Tiny.Vector(0.5), Tiny.Vector(1), Tiny.Vector(1, 2, 4), Tiny.Vector(3), 1);
        Assert.Equal([21.0, 10.5 + 12], Forward(cell, 1, 1, 1, 0, 0, 1));
    }

    [Fact]
    public void Readouts_of_one_kind_lie_side_by_side()
    {
        // Two channels of one mode, s = (2, 2), (1, -2); reads (1, 3) and (10, -1); skips (0, 1) and (0, 7).
        var cell = new ChannelModes(2, 1, 2, Field.Real, DiscretizationRule.None, Tiny.Vector(0.5, -0.5), Tiny.Vector(1), Tiny.Vector(2, 1), Tiny.Vector(1, 3, 10, -1), 1)
        {
            Skip = Tiny.Vector(0, 1, 0, 7),
        };
        Assert.Equal([2.0, 8, 20, 12, 1, -7, 10, -5], Forward(cell, 1, 2, 0, -1));
        Assert.Equal([2.0, 8, 20, 12, 1, -7, 10, -5], Forward(cell with { StateName = "state" }, 1, 2, 0, -1));
    }

    [Fact]
    public void Every_mode_may_have_a_step_size_of_its_own()
    {
        // Bilinear, Delta A / 2 = -1 and -3: a = 0 and -1/2, b-bar / B = Delta / 2 and Delta / 4. s = (1, 2), (0, -1), (2, 4.5).
        Tensor a = Tiny.Vector(-2, -3), delta = Tiny.Vector(1, 2), b = Tiny.Vector(2, 4), c = Tiny.Vector(1, 1);
        Assert.Equal([3.0, -1, 6.5], Forward(new ChannelModes(1, 2, 1, Field.Real, DiscretizationRule.Bilinear, a, delta, b, c, 1), 1, 0, 2));
        Assert.Equal([3.0, -1, 6.5], Forward(new SharedModes(1, 2, 1, Field.Real, DiscretizationRule.Bilinear, a, delta, b, c, 1), 1, 0, 2));

        // Two channels of one mode each: a step size per channel.
        Assert.Equal([1.0, 2, 0, -1], Forward(new ChannelModes(2, 1, 1, Field.Real, DiscretizationRule.Bilinear, a, delta, b, c, 1), 1, 1, 0, 0));
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(0.5)]
    public void Dss_normalises_over_the_length_of_a_sequence(double real)
    {
        // K[j] = Re sum_n B C (e^(Delta A) - 1) conj(x) / (|x|^2 + 1e-7) e^(j Delta A), x = (e^(L Delta A) - 1) A; of a mode that grows with -Delta in the place
        // of Delta and the powers counted back from the last step, e^((j - L + 1) Delta A).
        const int Length = 12;
        const double Delta = 0.3;
        Complex[] eigenvalues = [new(real, 0.7), new(2 * real, -2.5)];
        Complex[] input = [new(1, 0.2), new(0.5, -1)], output = [new(0.4, -0.9), new(1.5, 0.3)];
        var cell = new ChannelModes(1, 2, 1, Field.Complex, DiscretizationRule.Dss, Parts(eigenvalues), Tiny.Vector(Delta), Parts(input), Parts(output), 1) { Length = Length };
        double[] impulse = new double[Length];
        impulse[0] = 1;

        double[] response = Forward(cell, impulse);

        for (int j = 0; j < Length; j++)
        {
            Complex kernel = Complex.Zero;
            for (int n = 0; n < 2; n++)
            {
                double step = real > 0 ? -Delta : Delta;
                Complex x = (Complex.Exp(Length * step * eigenvalues[n]) - 1) * eigenvalues[n];
                Complex factor = (Complex.Exp(step * eigenvalues[n]) - 1) * Complex.Conjugate(x) / ((x * Complex.Conjugate(x)) + 1e-7);
                kernel += input[n] * output[n] * factor * Complex.Exp((real > 0 ? j - Length + 1 : j) * Delta * eigenvalues[n]);
            }

            // Numbers of order 1; a mode that grows reaches e^(11 * 0.3) = 27 times its first state.
            Assert.Equal(kernel.Real, response[j], 1e-13);
        }

        Assert.NotEqual(response[0], Forward(cell with { Length = Length + 1 }, impulse)[0], 1e-6);
    }

    private static double[] Forward(ModeCell cell, params double[] input) => new ReferenceEvaluator(Tiny.Model(cell.InputWidth, Tiny.Layer(cell.InputWidth, cell))).Forward(input);

    private static Tensor Parts(Complex[] numbers) => Tiny.Vector([.. numbers.SelectMany(z => new[] { z.Real, z.Imaginary })]);
}
