using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Generated linear controlled differential equations against closed forms, signatures and exact group elements.</summary>
public sealed class LinearCdeTests
{
    private static readonly VectorWidth[] s_widths = [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    public static TheoryData<string> Words => ["S12", "area", "S123"];

    [Theory]
    [MemberData(nameof(Words))]
    public void Small_cells_are_words_of_the_signature(string name)
    {
        SequenceModel model = name switch { "S12" => CdeCells.S12, "area" => CdeCells.Area, _ => CdeCells.S123 };
        int channels = model.InputWidth;
        double[][] path = CdeCells.RandomPath(new Random(1), channels, 200);
        var signature = new Signature(PathKind.PiecewiseLinear, channels, channels);
        double[] last = new double[channels];
        double[] words = new double[path.Length];
        for (int t = 0; t < path.Length; t++)
        {
            signature.Append([.. path[t].Zip(last, (next, before) => next - before)]);
            last = path[t];
            words[t] = name switch
            {
                "S12" => signature[Word.Of(0, 1)],
                "area" => (signature[Word.Of(0, 1)] - signature[Word.Of(1, 0)]) / 2,
                _ => signature[Word.Of(0, 1, 2)],
            };
        }

        foreach (VectorWidth width in s_widths)
        {
            // Some thousand roundings of numbers up to some tens.
            double[] states = Run<double>(model, CdeCells.Rows(path, channels), width);
            Assert.All(states.Zip(words), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        }
    }

    [Fact]
    public void Of_dyadic_steps_the_words_are_exact()
    {
        // The L-shaped path, and a square that encloses an area of 1.
        foreach (VectorWidth width in s_widths)
        {
            Assert.Equal([0.0, 1], Run<double>(CdeCells.S12, [1, 0, 1, 1], width));
            Assert.Equal([0f, 0], Run<float>(CdeCells.S12, [0, 1, 1, 1], width));
            Assert.Equal([0f, 0.5f, 1, 1], Run<float>(CdeCells.Area, [1, 0, 1, 1, 0, 1, 0, 0], width));
        }
    }

    [Fact]
    public void The_circle_has_the_exact_state_of_its_polygon()
    {
        foreach (VectorWidth width in s_widths)
        {
            double[] z = Run<double>(CdeCells.Circle, CdeCells.CirclePath(64), width)[^2..];
            Assert.Equal(0.9787948445346268, z[0], 1e-13);
            Assert.Equal(1.3192341441383884, z[1], 1e-13);

            // Float: 64 steps of about ten roundings each.
            float[] single = Run<float>(CdeCells.Circle, [.. CdeCells.CirclePath(64).Select(x => (float)x)], width)[^2..];
            Assert.Equal(0.9787948f, single[0], 2e-5f);
            Assert.Equal(1.3192341f, single[1], 2e-5f);
        }
    }

    [Fact]
    public void Tokens_of_the_icosahedral_group_are_tracked()
    {
        (SequenceModel group, int[,] products) = CdeCells.Icosahedral();
        IGeneratedModel<float> model = GeneratedModel.Load<float>(group);
        var random = new Random(2);
        int[] tokens = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(60))];
        float[] scores = Samples.Run(model, [.. CdeCells.OneHot(tokens, 60).Select(x => (float)x)]);
        int element = 0;
        for (int t = 0; t < tokens.Length; t++)
        {
            element = products[tokens[t], element];
            float[] row = scores[(60 * t)..(60 * (t + 1))];
            Assert.Equal(element, Array.IndexOf(row, row.Max()));
        }
    }

    [Fact]
    public void All_widths_cuts_and_single_steps_give_the_same_bits()
    {
        foreach (SequenceModel model in new[] { CdeCells.S123, CdeCells.Circle, CdeCells.Icosahedral().Model, Large(), Triangular(12), Triangular(20), Triangular(40) })
        {
            Same<float>(model);
            Same<double>(model);
        }
    }

    [Fact]
    public void A_saved_state_goes_on_with_the_same_bits()
    {
        IGeneratedModel<double> model = GeneratedModel.Load<double>(CdeCells.Circle);
        double[] path = CdeCells.CirclePath(20), whole = Samples.Run(model, path);
        SequenceState<double> state = model.CreateState();
        var first = new double[18];
        model.Forward(path.AsSpan(0, 18), first, state);
        SequenceState<double> restored = model.CreateState();
        restored.Restore(state.Save());
        var rest = new double[22];
        model.Forward(path.AsSpan(18), rest, restored);
        Samples.SameBits<double>(whole, [.. first, .. rest], "restored");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(2.1)]
    [InlineData(77)]
    [InlineData(2000)]
    public void A_rotation_is_one_of_any_angle(double angle)
    {
        IGeneratedModel<double> model = GeneratedModel.Load<double>(CdeCells.Model(1, 2, 2, LinearCdeStep.Exponential, [0, -1, 1, 0], null, [1, 0], [1, 0, 0, 1]));
        double[] z = Samples.Run(model, [angle]);

        // Half the angle of substeps, each with some thirty roundings of numbers up to e^2.
        Assert.Equal(Math.Cos(angle), z[0], 1e-15 * (1 + (20 * angle)));
        Assert.Equal(Math.Sin(angle), z[1], 1e-15 * (1 + (20 * angle)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e30)]
    [InlineData(2100)]
    public void What_cannot_be_computed_is_not_a_number_and_reset_heals(double increment)
    {
        IGeneratedModel<float> model = GeneratedModel.Load<float>(CdeCells.Model(1, 2, 2, LinearCdeStep.Exponential, [0, -1, 1, 0], null, [1, 0], [1, 0, 0, 1]));
        float[] clean = [0.5f, 0.25f], expected = Samples.Run(model, clean), output = new float[4];
        foreach (VectorWidth width in s_widths)
        {
            SequenceState<float> state = model.CreateState();
            model.Forward([(float)increment, 0.25f], output, state, width);
            Assert.All(output, y => Assert.True(float.IsNaN(y)));
            Assert.False(state.IsFinite);
            state.Reset();
            model.Forward(clean, output, state, width);
            Assert.Equal(expected, output);
            Assert.True(state.IsFinite);
        }
    }

    [Fact]
    public void A_strictly_triangular_matrix_has_a_series_with_an_end_and_its_zeros_cost_nothing()
    {
        SeriesScanStep step = Series(CdeCells.S123);
        Assert.Null(step.Norms);
        Assert.Equal((3, 3L), (step.Terms, step.Pattern.Count));

        // Three numbers, then two, then one: each a multiplication and an addition; each term is added to its rows, and the second and third divided.
        Assert.Equal((2 * (3 + 2 + 1)) + 3 + (2 * 2) + 2, step.Operations);
        Assert.Equal(3, step.Matrix.Count);
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void A_series_with_an_end_is_taken_where_it_is_the_shorter_one(int states, bool ends)
    {
        SequenceModel model = Triangular(states);
        Assert.Equal(ends, Series(model).Norms is null);
        double[] input = RandomModels.Input(model, 20, 1), reference = CdeCells.Run(model, input);
        double bound = RoundingBound.Compute(model, input, RoundingBound.DoubleEpsilon).Ratio(Run<double>(model, input, VectorWidth.Widest));
        Assert.InRange(bound, 0, 1);
        Assert.Contains(reference, y => Math.Abs(y) > 1);
    }

    [Fact]
    public void A_matrix_with_a_cycle_is_cut_by_its_norm_and_zero_blocks_are_left_out()
    {
        // Forty states in two blocks of twenty that do not meet: in the columns of a block only its rows are kept, in whole vectors.
        var random = new Random(3);
        double[] a = [.. Enumerable.Range(0, 40 * 40).Select(k => k / 40 / 20 == k % 40 / 20 ? 0.2 * (random.NextDouble() - 0.5) : 0)];
        SeriesScanStep step = Series(CdeCells.Model(1, 40, 1, LinearCdeStep.Exponential, a, null, new double[40], new double[40]));
        Assert.NotNull(step.Norms);
        Assert.Equal(800, step.Pattern.Count);
        Assert.All(step.Matrix.Take(20), part => Assert.Equal(24, part.Width));
        Assert.All(step.Matrix.Skip(20), part => Assert.Equal(24, part.Width));
    }

    /// <summary>The second power has numbers in rows 0 to 7 only, the third in rows 0 to 15, of the same columns: two blocks of rows that are one, and one that is not.</summary>
    [Fact]
    public void Blocks_of_rows_that_become_one_in_a_later_power_are_all_computed()
    {
        const int N = 64;
        var random = new Random(4);
        var a = new double[N * N];
        void Put(int row, int column) => a[(row * N) + column] = 0.5 + random.NextDouble();
        for (int column = 16; column <= 24; column++)
        {
            for (int row = 0; row < 16; row++)
            {
                Put(row, column);
            }
        }

        for (int column = 32; column <= 40; column++)
        {
            Put(column - 16, column);
        }

        for (int row = 32; row <= 40; row++)
        {
            Put(row, 48);
        }

        Put(8, 56);
        Put(56, 57);
        SequenceModel model = CdeCells.Model(1, N, N, LinearCdeStep.Exponential, a, null, [.. Enumerable.Repeat(1.0, N)], [.. Enumerable.Range(0, N * N).Select(k => k % (N + 1) == 0 ? 1.0 : 0)]);
        Assert.Null(Series(model).Norms);
        double[] input = [0.5, -0.25, 1];
        foreach (VectorWidth width in s_widths)
        {
            Assert.InRange(RoundingBound.Compute(model, input, RoundingBound.DoubleEpsilon).Ratio(Run<double>(model, input, width)), 0, 1);
        }
    }

    /// <summary>Twelve states are no whole number of vectors of eight: what overflows in the last ones must not reach the 1 behind them, and by it the states that B drives.</summary>
    [Fact]
    public void States_that_overflow_reach_no_others_at_any_width()
    {
        const int N = 12;
        var a = new double[N * N];
        for (int row = 8; row < N; row++)
        {
            a[(row * N) + row] = 1e300;
        }

        double[] b = [.. Enumerable.Range(0, N).Select(row => row < 8 ? 1.0 : 0)];
        SequenceModel model = CdeCells.Model(1, N, N, LinearCdeStep.Euler, a, b, [.. Enumerable.Repeat(1.0, N)], [.. Enumerable.Range(0, N * N).Select(k => k / N == k % N && k / N < 8 ? 1.0 : 0)]);
        IGeneratedModel<double> generated = GeneratedModel.Load<double>(model);
        foreach (VectorWidth width in s_widths)
        {
            SequenceState<double> state = generated.CreateState();
            var output = new double[4 * N];
            generated.Forward([1, 1, 1, 1], output, state, width);
            Assert.Equal([5.0, 5, 5, 5, 5, 5, 5, 5], Numbers(state));
        }

        // The readouts are products with all states, 0 times infinity among them: the state itself tells.
        static double[] Numbers(SequenceState<double> state)
        {
            byte[] saved = state.Save();
            double[] all = [.. Enumerable.Range(0, 16).Select(k => BitConverter.ToDouble(saved, saved.Length - (16 * sizeof(double)) + (k * sizeof(double))))];
            Assert.Equal(1, all[N]);
            return all[..8];
        }
    }

    [Fact]
    public void Euler_and_tokens_are_one_term()
    {
        foreach (LinearCdeStep kind in new[] { LinearCdeStep.Euler, LinearCdeStep.Product })
        {
            SeriesScanStep step = Series(CdeCells.Model(1, 2, 1, kind, [0, 1, 1, 0], null, [1, 0], [1, 0]));
            Assert.Equal((1, kind == LinearCdeStep.Euler, (TableHandle?)null), (step.Terms, step.KeepsState, step.Norms));
        }
    }

    [Theory]
    [InlineData(ElementType.Single, 14)]
    [InlineData(ElementType.Double, 23)]
    public void The_terms_that_are_left_out_are_below_the_unit_roundoff(ElementType element, int terms)
    {
        double[] limits = [.. TaylorLimits.Of(element)];
        double unit = element == ElementType.Single ? Math.Pow(2, -24) : Math.Pow(2, -53);
        Assert.Equal(terms, limits.Length);
        Assert.True(limits[^1] >= TaylorLimits.Largest && limits[^2] < TaylorLimits.Largest);
        for (int k = 1; k <= limits.Length; k++)
        {
            // The terms themselves instead of their bound, smallest first; the bound is at most 1 / (1 - theta / (k+2)) times as much.
            Assert.InRange(Rest(limits[k - 1], k) / unit, 1 - (limits[k - 1] / (k + 2)) - 1e-3, 1);
            Assert.Equal(limits[k - 1], (float)limits[k - 1]);
        }

        static double Rest(double norm, int terms)
        {
            double sum = 0;
            for (int k = terms + 60; k > terms; k--)
            {
                double term = 1;
                for (int j = 1; j <= k; j++)
                {
                    term *= norm / j;
                }

                sum += term;
            }

            return sum;
        }
    }

    [Fact]
    public void The_description_holds_the_matrices_of_the_code()
    {
        var cell = (LinearCde)CdeCells.Area.Layers[0].Cell;
        var described = Assert.IsType<ControlledRecurrence>(GeneratedModel.Load<double>(CdeCells.Area).Operator.Layers[0].Recurrence);
        Assert.Equal(cell.A.Values.ToArray(), described.A);
        Assert.Equal(cell.Start.Values.ToArray(), described.Start);
        Assert.Equal(cell.C.Values.ToArray(), described.C);
        Assert.All(described.B, value => Assert.Equal(0, value));
        Assert.Equal(ControlledStep.Exponential, described.Step);
        Assert.Null(described.Bank);
        Assert.NotEmpty(described.Formulas);
    }

    private static void Same<T>(SequenceModel model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> generated = GeneratedModel.Load<T>(model);
        T[] input = [.. RandomModels.Input(model, generated.ChunkLength + 9, 4).Select(x => T.CreateChecked(0.1 * x))];
        T[] whole = Samples.Run(generated, input, VectorWidth.Bits128);
        foreach (VectorWidth width in s_widths)
        {
            Samples.SameBits<T>(whole, Samples.Run(generated, input, width), $"{width}");
            Samples.SameBits<T>(whole, Cut.Pieces(generated, input, width, 7), $"{width}, pieces");
            Samples.SameBits<T>(whole, Cut.Steps(generated, input, width), $"{width}, steps");
        }
    }

    /// <summary>Blocks above the diagonal are 0, so that each vector of rows has columns of its own, and B reaches states that no other does.</summary>
    private static SequenceModel Large()
    {
        var random = new Random(5);
        double[] Numbers(int count, double size) => [.. Enumerable.Range(0, count).Select(_ => 2 * size * (random.NextDouble() - 0.5))];
        double[] a = [.. Numbers(2 * 37 * 37, 0.2).Select((value, k) => (k / 37 % 37) >= 32 || (k / 37 % 37 / 8) < (k % 37 / 8) ? 0 : value)];
        return CdeCells.Model(2, 37, 3, LinearCdeStep.Exponential, a, Numbers(74, 0.3), Numbers(37, 1), Numbers(111, 0.2));
    }

    /// <summary>Dense below the diagonal: a series with an end after one term less than there are states.</summary>
    private static SequenceModel Triangular(int states)
    {
        var random = new Random(6);
        double[] a = [.. Enumerable.Range(0, 2 * states * states).Select(k => k / states % states > k % states ? random.NextDouble() - 0.5 : 0)];
        return CdeCells.Model(2, states, states, LinearCdeStep.Exponential, a, null, [1, .. new double[states - 1]], [.. Enumerable.Range(0, states * states).Select(k => k / states == k % states ? 1.0 : 0)]);
    }

    private static SeriesScanStep Series(SequenceModel model) => Assert.Single(Planner.Plan(model, ElementType.Double).Value!.Steps.OfType<SeriesScanStep>());

    private static T[] Run<T>(SequenceModel model, T[] input, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T> => Samples.Run(GeneratedModel.Load<T>(model), input, width);
}
