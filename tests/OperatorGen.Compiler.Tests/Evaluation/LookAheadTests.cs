using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Modes that are evaluated two steps at a time: which ones, how accurately where their constants are difficult, and whether they stay bounded.</summary>
public sealed class LookAheadTests(ITestOutputHelper output)
{
    public static TheoryData<VectorWidth> Widths => Samples.Widths;

    [Fact]
    public void Complex_causal_modes_with_one_readout_and_no_name_look_ahead()
    {
        ChannelModes cell = Cell(new Complex(0.5, 0.5));
        Assert.True(Forms(cell));
        Assert.False(Forms(cell with { StateName = "state" }));
        Assert.False(Forms(cell with { Backward = new BackwardRead(cell.C, 0) }));
        Assert.False(Forms(cell with { Form = ScanForm.StepByStep }));
        Assert.True(Forms(cell with { Form = ScanForm.LookAhead }));
        Assert.False(Forms(cell with { StateName = "state", Form = ScanForm.LookAhead }));
        Assert.Throws<InvalidOperationException>(() => Forms(cell with { Form = (ScanForm)4 }));
        var shape = new ModelShape { Modes = 2, Field = Field.Real };
        Assert.All(
            new[] { shape, shape with { Field = Field.Complex, Reads = 2 } }.SelectMany(s => RandomModels.Create(3, s).Model.Layers),
            layer => Assert.False(Forms((ChannelModes)layer.Cell)));
    }

    /// <summary>
    /// Vector operations of a block at the widest vector: 9 N + 3 for each 16 channels, or 9 for each 16 modes and 13 for each channel; with 8 lanes in double.
    /// </summary>
    [Theory]
    [InlineData(1, 2, ElementType.Single, ScanForm.LookAhead)]
    [InlineData(1, 3, ElementType.Single, ScanForm.LookAheadOfModes)]
    [InlineData(4, 9, ElementType.Single, ScanForm.LookAhead)]
    [InlineData(4, 10, ElementType.Single, ScanForm.LookAheadOfModes)]
    [InlineData(4, 10, ElementType.Double, ScanForm.LookAhead)]
    [InlineData(16, 64, ElementType.Single, ScanForm.LookAhead)]
    [InlineData(17, 64, ElementType.Single, ScanForm.LookAheadOfModes)]
    public void Modes_are_side_by_side_where_that_takes_less(int channels, int modes, ElementType element, ScanForm expected) =>
        Assert.Equal(expected, new ChannelModesLowering(Shape(channels, modes)).FormOf(element));

    /// <summary>2 + 8 N rows: 8,192 channels of 16 modes have 1,064,960 numbers, more than 2^20; of 15 there are 999,424.</summary>
    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void Tables_that_no_cache_holds_are_not_doubled(int modes, bool expected)
    {
        Assert.Equal(expected, Forms(Shape(8192, modes)));
    }

    private static ChannelModes Shape(int channels, int modes)
    {
        Tensor none = Tensor.OfShape(EquatableArray.Of(channels, modes, 2));
        return new ChannelModes(channels, modes, 1, Field.Complex, DiscretizationRule.None, none, Tensor.OfShape(EquatableArray.Of(1)), none, none, 2);
    }

    /// <summary>
    /// Near the unit circle, where what is rounded stays; at every angle at which Im lambda^2 is 0 or nearly 0, in both signs, from real and from imaginary eigenvalues; and 0.
    /// </summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Difficult_eigenvalues_stay_within_the_rounding_bound(VectorWidth width)
    {
        Difficult<float>(Cell(Eigenvalues(1 - 1e-4)), RoundingBound.SingleEpsilon, width);
        Difficult<double>(Cell(Eigenvalues(1 - 1e-7)), RoundingBound.DoubleEpsilon, width);
        Difficult<float>(OneChannel(Eigenvalues(1 - 1e-4)), RoundingBound.SingleEpsilon, width);
        Difficult<double>(OneChannel(Eigenvalues(1 - 1e-7)), RoundingBound.DoubleEpsilon, width);
    }

    /// <summary>What the lanes of a vector add is summed in one order, in whatever vectors they are.</summary>
    [Fact]
    public void Modes_side_by_side_give_the_same_bits_at_every_width()
    {
        foreach (int modes in new[] { 3, 5, 9, 16, 17, 40 })
        {
            Same<float>(modes);
            Same<double>(modes);
        }

        static void Same<T>(int modes)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            IGeneratedModel<T> generated = GeneratedModel.Load<T>(Model(OneChannel(Eigenvalues(0.9)[^modes..]) with { Form = ScanForm.LookAheadOfModes }));
            T[] input = [.. Enumerable.Range(0, 301).Select(t => T.CreateChecked(Math.Sin(t)))];
            T[] widest = Samples.Run(generated, input, VectorWidth.Bits512);
            Samples.SameBits<T>(widest, Samples.Run(generated, input, VectorWidth.Bits256), $"{modes} modes, 256 bits");
            Samples.SameBits<T>(widest, Samples.Run(generated, input, VectorWidth.Bits128), $"{modes} modes, 128 bits");
        }
    }

    /// <summary>
    /// The input that drives a mode most is the sign of its own wave. What it reaches is at most sum |w| / (1 - |lambda|); a mode whose constants were rounded up would pass that, if it was
    /// left alone for long enough.
    /// </summary>
    [Fact]
    public void A_bounded_input_leaves_the_state_bounded()
    {
        // By hand 10^7 of each; here what takes a second or two.
        Bounded<float>(1 - 1e-4, 300_000);
        Bounded<double>(1 - 1e-7, 300_000);
    }

    [Fact]
    public void The_table_that_is_made_at_first_use_is_that_of_the_plan()
    {
        ChannelModes cell = Cell(Eigenvalues(1 - 1e-4));
        foreach (ElementType element in new[] { ElementType.Single, ElementType.Double })
        {
            EvaluationPlan plan = Planner.Plan(Model(cell), element, default).Value!;
            ConstantTable table = plan.Tables.Single(t => t.Products is not null);
            double[] Numbers(TableHandle handle) => plan[handle].Values.Span.ToArray();
            TableProducts products = table.Products!;
            double[] made = element == ElementType.Single ? Made<float>() : Made<double>();
            Assert.Equal(table.Values.Span.ToArray(), made);

            double[] Made<T>()
                where T : unmanaged, IFloatingPointIeee754<T>
            {
                T[] Typed(TableHandle handle) => Array.ConvertAll(Numbers(handle), T.CreateChecked);
                AlignedTable<T> lookAhead = AlignedTable<T>.LookAhead(Typed(products.Eigenvalues), Typed(products.Weights), Typed(products.Skip!.Value), products.Modes, products.Channels, table.Columns);
                return Array.ConvertAll(lookAhead.Numbers.ToArray(), double.CreateChecked);
            }
        }
    }

    [Fact]
    public void Products_that_no_float_holds_are_not_used()
    {
        ChannelModes cell = Cell(new Complex(1e20, 1e20));
        Assert.Single(Planner.Plan(Model(cell), ElementType.Double, default).Value!.Steps.OfType<LookAheadScanStep>());
        Assert.Single(Planner.Plan(Model(cell), ElementType.Single, default).Value!.Steps.OfType<ScanStep>());
    }

    [Fact]
    public void A_state_of_the_other_form_is_refused()
    {
        ChannelModes cell = Cell(new Complex(0.5, 0.5));
        SequenceState<float> mine = GeneratedModel.Load<float>(Model(cell)).CreateState();
        SequenceState<float> other = GeneratedModel.Load<float>(Model(cell with { Form = ScanForm.StepByStep })).CreateState();
        foreach (string message in new[]
        {
            Assert.Throws<ArgumentException>(() => mine.Restore(other.Save())).Message,
            Assert.Throws<ArgumentException>(() => mine.CopyFrom(other)).Message,
        })
        {
            Assert.Contains("\"scan\"", message, StringComparison.Ordinal);
            Assert.Contains("\"look-ahead\"", message, StringComparison.Ordinal);
        }
    }

    private static bool Forms(ChannelModes cell) => new ChannelModesLowering(cell).LooksAhead;

    private void Difficult<T>(ChannelModes cell, double epsilon, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Steps = 2000;
        SequenceModel model = Model(cell);
        IGeneratedModel<T> generated = GeneratedModel.Load<T>(model);
        T[] input = [.. RandomModels.Input(model, Steps, 5).Select(T.CreateChecked)];
        RoundingResult bound = RoundingBound.Compute(model, Array.ConvertAll(input, double.CreateChecked), epsilon);
        T[] found = Samples.Run(generated, input, width);
        double ratio = bound.Ratio(Array.ConvertAll(found, double.CreateChecked));
        output.WriteLine($"{typeof(T).Name}, {width}: {ratio} of the bound, which is {bound.Relative} of the largest output");
        Assert.InRange(ratio, 0, 1);

        // 2,000 steps of some 20 roundings in one direction: what is bounded is still a bound.
        Assert.InRange(bound.Relative, 0, 2000 * 20 * epsilon);
        foreach (int piece in new[] { 1, 3, generated.ChunkLength + 1 })
        {
            Samples.SameBits<T>(found, Cut.Pieces(generated, input, width, piece), $"pieces of {piece}");
        }
    }

    private void Bounded<T>(double magnitude, int steps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Complex[] eigenvalues = Eigenvalues(magnitude);
        IGeneratedModel<T> generated = GeneratedModel.Load<T>(Model(Cell(eigenvalues)));
        SequenceState<T> state = generated.CreateState();
        int channels = eigenvalues.Length;
        const int Chunk = 1000;
        T[] input = new T[Chunk * channels], result = new T[Chunk * channels];
        var largest = new double[channels];
        for (int start = 0; start < steps; start += Chunk)
        {
            for (int i = 0; i < input.Length; i++)
            {
                double phase = (start + (i / channels)) * eigenvalues[i % channels].Phase;
                input[i] = T.CreateChecked(Math.Cos(phase) < 0 ? -1 : 1);
            }

            generated.Forward(input, result, state);
            for (int i = 0; i < result.Length; i++)
            {
                largest[i % channels] = Math.Max(largest[i % channels], Math.Abs(double.CreateChecked(result[i])));
            }
        }

        Assert.True(state.IsFinite);
        for (int c = 0; c < channels; c++)
        {
            // |w| = |1 + 0.5 i| and D = 0.25 of every channel; a rounded eigenvalue is at most 2 units farther out.
            double unit = typeof(T) == typeof(float) ? RoundingBound.SingleEpsilon : RoundingBound.DoubleEpsilon;
            double reach = (Complex.Abs(new Complex(1, 0.5)) / (1 - eigenvalues[c].Magnitude - (2 * unit))) + 0.25;

            // Each block is off by 8 u of its state at most, which decays by |lambda|^2 from block to block.
            Assert.InRange(largest[c], 0, reach * (1 + (8 * unit / (1 - magnitude))));
        }

        output.WriteLine($"{typeof(T).Name}: largest {largest.Max()}");
    }

    /// <summary>One eigenvalue per channel.</summary>
    private static Complex[] Eigenvalues(double magnitude)
    {
        double quarter = Math.PI / 2;
        double[] angles = [.. new[] { 0, 1e-20, 1e-16, 3e-16, 1e-12, 1e-7, 1e-3, 0.1, 0.5 }.SelectMany(offset => new[] { 0, quarter, 2 * quarter, -quarter }.SelectMany(at => new[] { at + offset, at - offset })), Math.PI / 4];
        return
        [
            Complex.Zero,
            new Complex(0, magnitude),
            new Complex(0, -magnitude),
            new Complex(magnitude, 1e-20),
            new Complex(1e-20, magnitude),
            new Complex(1e-16, -magnitude),
            new Complex(1e-30, 1e-30),
            .. angles.Select(angle => Complex.FromPolarCoordinates(magnitude, angle)),
        ];
    }

    private static ChannelModes Cell(params Complex[] eigenvalues)
    {
        int channels = eigenvalues.Length;
        Tensor Numbers(Func<int, Complex> number) => new(EquatableArray.Of(channels, 1, 2), [.. Enumerable.Range(0, channels).SelectMany(c => new[] { number(c).Real, number(c).Imaginary })]);
        return new ChannelModes(
            channels,
            Modes: 1,
            Reads: 1,
            Field.Complex,
            DiscretizationRule.None,
            Numbers(c => eigenvalues[c]),
            new Tensor(EquatableArray.Of(1), [1.0]),
            Numbers(_ => 1),
            Numbers(_ => new Complex(1, 0.5)),
            Gamma: 1)
        { Skip = new Tensor(EquatableArray.Of(channels), [.. Enumerable.Repeat(0.25, channels)]) };
    }

    /// <summary>One channel with all of them as its modes.</summary>
    private static ChannelModes OneChannel(Complex[] eigenvalues)
    {
        ChannelModes cell = Cell(eigenvalues);
        EquatableArray<int> shape = EquatableArray.Of(1, eigenvalues.Length, 2);
        Tensor Turned(Tensor tensor) => new(shape, [.. tensor.Values.ToArray()]);
        return cell with { Channels = 1, Modes = eigenvalues.Length, A = Turned(cell.A), B = Turned(cell.B), C = Turned(cell.C), Skip = new Tensor(EquatableArray.Of(1), [0.25]) };
    }

    private static SequenceModel Model(ChannelModes cell) => new("test", cell.Channels, EquatableArray.Of(
        new Layer("", cell.Channels, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Identity }, Residual: false, null)));
}
