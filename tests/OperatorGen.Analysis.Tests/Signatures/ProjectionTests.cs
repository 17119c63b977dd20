using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>States of linear cells as projections of signatures.</summary>
public sealed class ProjectionTests
{
    private const double U = SamplePath.Unit;
    private const int Segments = 64;

    // A_1 and A_2 of the documents, the state (1, 0), and the state at the end of the circle.
    private static readonly LinearCell s_cell = new([new[,] { { 0, 0.5 }, { -0.25, 0 } }, new[,] { { 0.25, 0 }, { 0.5, -0.25 } }], [1, 0]);
    private static readonly double[] s_end = [0.9787948445346268, 1.3192341441383884];

    [Fact]
    public void The_circle_has_the_area_of_the_documents()
    {
        Signature signature = Circle(2);

        // Sine and cosine are wrong by 2^-53, their differences by 3 of these, over 64 segments of paths whose other coordinate is at most 2; and the 64 + 6 roundings of the sum, whose
        // absolute values are at most 4 * 4.
        double bound = ((Segments * 3 * 2 * 2) + ((Segments + 6) * 16)) * U;
        Assert.Equal(3.136548490545939, signature[Word.Of(0, 1)], bound + 5e-16);
        Assert.Equal(-3.136548490545939, signature[Word.Of(1, 0)], bound + 5e-16);
    }

    [Fact]
    public void The_state_converges_with_the_errors_of_the_documents()
    {
        double[] end = s_cell.Run(PathKind.PiecewiseLinear, Increments());

        // 64 steps of 2 x 2 matrices whose exponentials multiply a state by at most e^3.3578 = 29 in all: some 10 roundings a step.
        Assert.Equal(s_end[0], end[0], Segments * 10 * 29 * U);
        Assert.Equal(s_end[1], end[1], Segments * 10 * 29 * U);

        // The table tells 5, 3, 3, 3, 3 and 3 digits. The sums round (64 + 3 p) u times e^R or less: 2e-13.
        TensorSeries signature = Circle(12).ToSeries();
        double[] stated = [1.2007, 9.13e-2, 2.10e-3, 2.13e-5, 9.15e-7, 4.11e-9], digits = [5e-5, 5e-5, 5e-6, 5e-8, 5e-10, 5e-12];
        for (int i = 0; i < stated.Length; i++)
        {
            Assert.Equal(stated[i], Error(s_cell.Project(signature, 2 * (i + 1))), digits[i] + 2e-13);
        }
    }

    [Fact]
    public void Words_read_backwards_do_not_converge() => Assert.Equal(1.9, Error(s_cell.Project(Circle(6).ToSeries(), 6, backwards: true)), 0.05);

    [Theory]
    [InlineData(PathKind.PiecewiseLinear)]
    [InlineData(PathKind.Axis)]
    [InlineData(PathKind.IteratedSums)]
    public void Each_kind_of_path_has_its_recurrence(PathKind kind)
    {
        // Matrices below the diagonal: no product of 4 is other than 0, so that level 3 is all. Entries are at most 1.
        var random = new Random(2);
        double[][,] matrices = [.. Enumerable.Range(0, 3).Select(_ => Below(random))];
        SamplePath path = SamplePath.Random(4, 3, 6);
        double[][] increments = [.. Enumerable.Range(0, path.Steps).Select(path.Increment)];
        var cell = new LinearCell(matrices, [1, -0.5, 0.25, 2]);
        double[] expected = cell.Run(kind, increments), actual = cell.Project(path.Signature(kind, 3).ToSeries(), 3);

        // The paths through the cell sum to at most (1 + 3 L + (3 L)^2 / 2 + (3 L)^3 / 6) 2, L the sum of all |h|; some 100 roundings on both sides.
        double length = 3 * increments.Sum(h => h.Sum(Math.Abs));
        double bound = 100 * U * 2 * (1 + length + (length * length / 2) + (length * length * length / 6));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, bound));

        // And no other: the kinds differ from each other by far more.
        foreach (PathKind other in Enum.GetValues<PathKind>().Where(other => other != kind))
        {
            double[] wrong = cell.Run(other, increments);
            Assert.Contains(wrong.Zip(actual), pair => Math.Abs(pair.First - pair.Second) > 1e6 * bound);
        }
    }

    [Fact]
    public void A_Mamba_cell_is_a_projection_of_an_axis_path()
    {
        // s <- e^(a Delta) s + Delta B x, with a constant 1 appended: gate Delta, then input Delta x.
        const double A = -1.5, B = 0.7;
        const int Level = 10;
        var cell = new LinearCell([new[,] { { A, 0 }, { 0, 0 } }, new[,] { { 0, B }, { 0, 0 } }], [0.4, 1]);
        double[][] increments = [.. Enumerable.Range(0, 8).Select(t => new[] { 0.01 + (0.001 * t), (0.01 + (0.001 * t)) * Math.Cos(t) })];
        double s = 0.4;
        var path = new Signature(PathKind.Axis, 2, Level);
        foreach (double[] h in increments)
        {
            s = (Math.Exp(A * h[0]) * s) + (B * h[1]);
            path.Append(h);
        }

        // R = 0.23: what is left out is below 1.1 R^11 / 11! e^R = 4e-15; 16 axes and 30 roundings of a state below 1.
        double radius = increments.Sum(h => (Math.Abs(A) * h[0]) + (B * Math.Abs(h[1])));
        Assert.InRange(radius, 0, 0.23);
        Assert.Equal(s, cell.Project(path.ToSeries(), Level)[0], 4e-15 + (46 * U));
    }

    private static double[][] Increments() =>
        [.. Enumerable.Range(0, Segments).Select(t => new[] { Point(t + 1).X - Point(t).X, Point(t + 1).Y - Point(t).Y })];

    private static (double X, double Y) Point(int t) => (Math.Sin(2 * Math.PI * t / Segments), 1 - Math.Cos(2 * Math.PI * t / Segments));

    private static Signature Circle(int level)
    {
        var signature = new Signature(PathKind.PiecewiseLinear, 2, level);
        foreach (double[] h in Increments())
        {
            signature.Append(h);
        }

        return signature;
    }

    private static double Error(double[] z) => Math.Sqrt(((z[0] - s_end[0]) * (z[0] - s_end[0])) + ((z[1] - s_end[1]) * (z[1] - s_end[1])));

    private static double[,] Below(Random random)
    {
        var matrix = new double[4, 4];
        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < row; column++)
            {
                matrix[row, column] = (2 * random.NextDouble()) - 1;
            }
        }

        return matrix;
    }
}
