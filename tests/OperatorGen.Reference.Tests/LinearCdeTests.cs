using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

/// <summary>Linear controlled differential equations whose states are known in closed form.</summary>
public sealed class LinearCdeTests
{
    // Some hundred products of numbers of order 1: below 1e-13.
    private const double Close = 1e-12;

    [Fact]
    public void The_circle_has_the_exact_state_of_its_polygon()
    {
        // 64 segments, whose exponentials are those of a polygon: its exact state, from a computation in many digits.
        double[] z = CdeCells.Run(CdeCells.Circle, CdeCells.CirclePath(64))[^2..];
        Assert.Equal(0.9787948445346268, z[0], Close);
        Assert.Equal(1.3192341441383884, z[1], Close);
    }

    [Fact]
    public void Small_cells_are_words_of_the_signature()
    {
        double[][] path = CdeCells.RandomPath(new Random(1), 3, 40);
        Assert.Equal(CdeCells.Word(path, 0, 1), CdeCells.Run(CdeCells.S12, CdeCells.Rows(path, 2))[^1], Close);
        Assert.Equal((CdeCells.Word(path, 0, 1) - CdeCells.Word(path, 1, 0)) / 2, CdeCells.Run(CdeCells.Area, CdeCells.Rows(path, 2))[^1], Close);
        Assert.Equal(CdeCells.Word(path, 0, 1, 2), CdeCells.Run(CdeCells.S123, CdeCells.Rows(path, 3))[^1], Close);
    }

    [Fact]
    public void A_path_that_goes_right_and_then_up_has_S12_but_not_S21()
    {
        Assert.Equal([0.0, 1], CdeCells.Run(CdeCells.S12, [1, 0, 1, 1]));
        Assert.Equal([0.0, 0], CdeCells.Run(CdeCells.S12, [0, 1, 1, 1]));
    }

    [Fact]
    public void The_area_of_a_path_backwards_has_the_other_sign()
    {
        double[][] path = [[0, 0], .. CdeCells.RandomPath(new Random(2), 2, 30)];
        double[] last = path[^1];
        double[][] back = [.. path.Reverse().Select(point => new[] { point[0] - last[0], point[1] - last[1] })];
        Assert.Equal(-CdeCells.Run(CdeCells.Area, CdeCells.Rows(path, 2))[^1], CdeCells.Run(CdeCells.Area, CdeCells.Rows(back, 2))[^1], Close);
    }

    [Fact]
    public void Euler_steps_are_iterated_sums()
    {
        double[][] steps = CdeCells.RandomPath(new Random(3), 2, 20);
        double sum = 0, first = 0;
        foreach (double[] step in steps)
        {
            sum += first * step[1];
            first += step[0];
        }

        SequenceModel model = CdeCells.S12 with { Layers = EquatableArray.Of(CdeCells.S12.Layers[0] with { Input = InputStage.None, Cell = (LinearCde)CdeCells.S12.Layers[0].Cell with { Step = LinearCdeStep.Euler } }) };
        Assert.Equal(sum, CdeCells.Run(model, CdeCells.Rows(steps, 2))[^1], Close);
    }

    [Fact]
    public void B_is_a_column_beside_a_state_that_stays_1()
    {
        var random = new Random(4);
        foreach (LinearCdeStep step in new[] { LinearCdeStep.Exponential, LinearCdeStep.Euler })
        {
            double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
            double[] a = Numbers(8), b = Numbers(4), start = Numbers(2), c = Numbers(2), input = Numbers(20);
            double[] wide = new double[18];
            for (int i = 0; i < 2; i++)
            {
                for (int row = 0; row < 2; row++)
                {
                    (wide[(9 * i) + (3 * row)], wide[(9 * i) + (3 * row) + 1], wide[(9 * i) + (3 * row) + 2]) = (a[(4 * i) + (2 * row)], a[(4 * i) + (2 * row) + 1], b[(2 * row) + i]);
                }
            }

            double[] driven = CdeCells.Run(CdeCells.Model(2, 2, 1, step, a, b, start, c), input);
            double[] appended = CdeCells.Run(CdeCells.Model(2, 3, 1, step, wide, null, [.. start, 1], [.. c, 0]), input);
            Assert.All(driven.Zip(appended), pair => Assert.Equal(pair.Second, pair.First, Close));
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_rotation_is_one_of_any_angle(double angle)
    {
        SequenceModel model = CdeCells.Model(1, 2, 2, LinearCdeStep.Exponential, [0, -1, 1, 0], null, [1, 0], [1, 0, 0, 1]);
        double[] z = CdeCells.Run(model, [angle]);

        // As many squarings as there are binary digits before the point of the angle, each of which doubles an error of 1e-16.
        Assert.Equal(Math.Cos(angle), z[0], 1e-15 * (4 + (4 * angle)));
        Assert.Equal(Math.Sin(angle), z[1], 1e-15 * (4 + (4 * angle)));
    }

    [Fact]
    public void Tokens_of_the_icosahedral_group_are_tracked()
    {
        (SequenceModel model, int[,] products) = CdeCells.Icosahedral();
        var random = new Random(5);
        int element = 0;
        int[] tokens = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(60))];
        double[] scores = CdeCells.Run(model, CdeCells.OneHot(tokens, 60));
        for (int t = 0; t < tokens.Length; t++)
        {
            element = products[tokens[t], element];
            double[] row = scores[(60 * t)..(60 * (t + 1))];
            Assert.Equal(element, Array.IndexOf(row, row.Max()));
        }
    }

    [Fact]
    public void A_state_goes_on_where_it_was_left()
    {
        var evaluator = new ReferenceEvaluator(CdeCells.Circle);
        double[] path = CdeCells.CirclePath(16);
        ReferenceState state = evaluator.CreateState();
        double[] pieces = [.. evaluator.Forward(path.AsSpan(0, 10), state), .. evaluator.Forward(path.AsSpan(10), state)];
        Assert.Equal(evaluator.Forward(path), pieces);
    }
}
