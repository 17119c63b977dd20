using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the recurrence of two steps at a time (<see cref="LookAhead"/>). Channels are lanes; a few modes at a time live in registers while the blocks of a chunk pass, with nine
/// multiply-adds per mode and block. Where a chunk begins or ends inside of a block, that block's steps are single ones: the same operations in the same order, so that a sequence
/// may be cut anywhere.
/// </summary>
internal sealed class LookAheadScanKernel : StepWriter<LookAheadScanStep>
{
    private const int ModesAtATime = 4;
    private const int StreamsAtATime = 4;

    // A second step keeps two samples and a sum per vector: more would not stay in 16 registers.
    private static readonly int[] s_vectorsOfSecond = [4, 1];

    // Two vectors of a stream are a line of the cache at 256 bits.
    private static readonly int[] s_vectorsOfStreams = [2, 1];
    private const string Formula = "s_t = lambda s_(t-1) + v_t; o_t = D v_t + sum_n Re(w_n s_t[n]), two steps at a time";

    /// <inheritdoc/>
    protected override void Write(StepScope scope, LookAheadScanStep step)
    {
        scope.Comment(step, Formula);
        scope.Call(
            Stem(step),
            (w, n) => Of(w, n, scope, step).Write(),
            "(int)(Steps & 1)",
            StepScope.In(step.Source),
            StepScope.Ref(step.Target),
            scope.Table(step.Table),
            scope.Slot(step.Slot));
    }

    /// <inheritdoc/>
    public override bool WritesMany => true;

    /// <inheritdoc/>
    protected override void WriteMany(StepScope scope, LookAheadScanStep step)
    {
        CodeWriter writer = scope.Writer;
        string stem = Stem(step);
        string At(PlanView view, string place) => StepScope.Element(view, $"{place} * {CSharp.Int(scope.Stride(view))}");
        string Place(int stream) => stream == 0 ? "order[i]" : $"order[i + {CSharp.Int(stream)}]";
        string State(int stream) => scope.SlotOf($"states[{Place(stream)}]", step.Slot);
        string Stream(int stream) => $"in {At(step.Source, Place(stream))}, ref {At(step.Target, Place(stream))}";
        string one = scope.Kernel(stem, (w, n) => Of(w, n, scope, step).Write());
        string many = scope.Kernel(stem + "Streams", (w, n) => Of(w, n, scope, step).WriteStreams());
        scope.Comment(step, Formula + $", {CSharp.Int(StreamsAtATime)} streams of one phase at a time");
        writer.Block("for (int i = 0, together; i < count; i += together)", () =>
        {
            writer.Line("int phase = i < even ? 0 : 1;");
            writer.Line($"together = i + {CSharp.Int(StreamsAtATime)} <= (phase == 0 ? even : count) ? {CSharp.Int(StreamsAtATime)} : 1;");
            writer.Block($"if (together == {CSharp.Int(StreamsAtATime)})", () =>
            {
                writer.Line($"{many}(phase, {scope.Table(step.Table)},");
                foreach (int stream in Enumerable.Range(0, StreamsAtATime))
                {
                    writer.Line($"    {Stream(stream)}, {State(stream)}{(stream == StreamsAtATime - 1 ? ");" : ",")}");
                }
            });
            writer.Block("else", () => writer.Line($"{one}(1, phase, {Stream(0)}, {scope.Table(step.Table)}, {State(0)});"));
        });
    }

    private static string Stem(LookAheadScanStep step) => $"LookAheadScan{CSharp.Int(step.Source.Width)}x{CSharp.Int(step.Modes)}";

    private static Kernel Of(CodeWriter writer, string name, StepScope scope, LookAheadScanStep step) =>
        new(writer, name, scope.Plan.Element, step, scope.Plan[step.Slot].Columns, scope.Stride(step.Source), scope.Stride(step.Target));

    /// <summary>The kernel of one shape.</summary>
    private sealed class Kernel(CodeWriter writer, string name, ElementType element, LookAheadScanStep step, int columns, int sourceStride, int targetStride)
    {
        private const string Arguments = "in v, ref o, in k, ref s";
        private readonly string _type = CSharp.Name(element);

        private string Parameters => $"ref readonly {_type} v, ref {_type} o, ref readonly {_type} k, ref {_type} s";

        private int PendingRow => 2 * step.Modes;

        public void Write()
        {
            writer.Line("/// <summary>");
            writer.Line("/// <c>y1 = k0 u1 + sum_n (c re - d im); y2 = k0 u2 + k1 u1 + sum_n (e re - f im)</c> of the state before a block of two steps, which then is");
            writer.Line("/// <c>re' = P re - Q im + (br u1 + u2); im' = P im + (bi u1 + re)</c>: s_t[n] = lambda[n] s_{t-1}[n] + v_t, o_t = D v_t + sum_n Re(w[n] s_t[n]), twice, with im = Im s / Im lambda^2,");
            writer.Line($"/// for {CSharp.Count(step.Source.Width, "channel")} of {CSharp.Count(step.Modes, "complex mode")} each; {CSharp.Grouped(step.Operations)} flops per time step.");
            writer.Line("/// </summary>");
            writer.Line("/// <param name=\"steps\">The time steps, at least 1.</param>");
            writer.Line("/// <param name=\"phase\">1: the first of them is the second of its block; else 0.</param>");
            writer.Line("/// <param name=\"v\">[time, channel].</param>");
            writer.Line("/// <param name=\"o\">[time, channel].</param>");
            writer.Line("/// <param name=\"k\">k0 and k1, then c, d, e, f, P, Q, br and bi of every mode.</param>");
            writer.Line("/// <param name=\"s\">re and im of every mode, then u1, which is 0 between blocks.</param>");
            writer.Kernel(name, element, "int phase, " + Parameters, () =>
            {
                writer.Block("if (phase != 0)", () =>
                {
                    writer.Line($"{name}Second<TSimd, TVector>({Arguments});");
                    Advance("1");
                    writer.Line("steps--;");
                });
                writer.Line();
                writer.Block("if (steps > 1)", () =>
                {
                    writer.Line($"{name}Blocks<TSimd, TVector>(steps >> 1, {Arguments});");
                    Advance("(steps & -2)");
                });
                writer.Line();
                writer.Block("if ((steps & 1) != 0)", () => writer.Line($"{name}First<TSimd, TVector>({Arguments});"));
            });
            writer.Line();
            writer.Line("/// <summary>Whole blocks, a few modes at a time.</summary>");
            writer.KernelMethod("private", name + "Blocks", element, "int blocks, " + Parameters, WriteBlocks);
            writer.Line();
            writer.Line("/// <summary>The first step of a block: the sample is kept for the second.</summary>");
            writer.KernelMethod("private", name + "First", element, Parameters, () => ChannelTiles.Write(writer, element, columns, ChannelTiles.Vectors, count => WriteFirst(new Vectors(count, columns))));
            writer.Line();
            writer.Line("/// <summary>The second step of a block, and the state after it.</summary>");
            writer.KernelMethod("private", name + "Second", element, Parameters, () => ChannelTiles.Write(writer, element, columns, s_vectorsOfSecond, count => WriteSecond(new Vectors(count, columns))));
        }

        /// <summary>Writes one time step of several streams.</summary>
        public void WriteStreams()
        {
            int[] streams = [.. Enumerable.Range(0, StreamsAtATime)];
            string each = string.Join(", ", streams.Select(i => $"ref readonly {_type} v{i}, ref {_type} o{i}, ref {_type} s{i}"));
            string arguments = string.Join(", ", streams.Select(i => $"in v{i}, ref o{i}, ref s{i}"));
            string parameters = $"ref readonly {_type} k, {each}";
            writer.Line($"/// <summary>One time step of {CSharp.Int(StreamsAtATime)} streams, which read the constants together: the first of a block where <c>phase</c> is 0, else the second.</summary>");
            writer.KernelMethod("public", name, element, "int phase, " + parameters, () =>
            {
                writer.Block("if (phase == 0)", () => writer.Line($"{name}First<TSimd, TVector>(in k, {arguments});"));
                writer.Block("else", () => writer.Line($"{name}Second<TSimd, TVector>(in k, {arguments});"));
            });
            writer.Line();
            writer.KernelMethod("private", name + "First", element, parameters, () => ChannelTiles.Write(writer, element, columns, s_vectorsOfStreams, count => WriteFirst(new Streams(count, columns))));
            writer.Line();
            writer.KernelMethod("private", name + "Second", element, parameters, () => ChannelTiles.Write(writer, element, columns, s_vectorsOfStreams, count => WriteSecond(new Streams(count, columns))));
        }

        private void Advance(string steps)
        {
            string Offset(int stride) => steps == "1" ? CSharp.Int(stride) : $"{steps} * {CSharp.Int(stride)}";
            writer.Line($"v = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in v), {Offset(sourceStride)});");
            writer.Line($"o = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref o, {Offset(targetStride)});");
        }

        private void WriteBlocks()
        {
            writer.Line("nuint end = (nuint)blocks;");
            writer.Block($"for (nuint h = 0; h < {CSharp.Int(columns)}; h += (nuint)TSimd.Count)", () =>
            {
                writer.Line($"TVector k0 = TSimd.Load(in k, h), k1 = TSimd.Load(in k, h + {CSharp.Int(columns)});");
                WriteTimeLoop(() =>
                {
                    writer.Line($"TSimd.Store({FirstInput("u1")}, ref o, y);");
                    writer.Line($"TSimd.Store({SecondInput("u1", "u2")}, ref o, y + {CSharp.Int(targetStride)});");
                });
                int whole = step.Modes / ModesAtATime * ModesAtATime;
                int table = LookAhead.ModeRows * columns, state = 2 * columns;
                string Start(int mode) => $"m = {Sum("h", (LookAhead.InputRows * columns) + (mode * table))}";
                if (whole > 0)
                {
                    writer.Line();
                    writer.Block(
                        $"for (nuint n = h, {Start(0)}; n < {CSharp.Int(whole * state)}; n += {CSharp.Int(ModesAtATime * state)}, m += {CSharp.Int(ModesAtATime * table)})",
                        () => WriteModes(ModesAtATime));
                }

                if (whole < step.Modes)
                {
                    writer.Line();
                    writer.Braces(() =>
                    {
                        writer.Line($"nuint n = {Sum("h", whole * state)}, {Start(whole)};");
                        WriteModes(step.Modes - whole);
                    });
                }
            });
        }

        private void WriteModes(int count)
        {
            LookAheadMode[] modes = [.. Enumerable.Range(0, count).Select(LookAheadMode.At)];
            for (int i = 0; i < count; i++)
            {
                LookAheadMode mode = modes[i];
                int first = LookAhead.ModeRows * i;
                writer.Line($"TVector {mode.Load(0, 4, r => $"TSimd.Load(in k, {Sum("m", (first + r) * columns)})")};");
                writer.Line($"TVector {mode.Load(4, 4, r => $"TSimd.Load(in k, {Sum("m", (first + r) * columns)})")};");
                writer.Line($"TVector {mode.Re} = TSimd.Load(ref s, {Sum("n", 2 * i * columns)}), {mode.Im} = TSimd.Load(ref s, {Sum("n", ((2 * i) + 1) * columns)});");
            }

            WriteTimeLoop(() =>
            {
                writer.Line($"TVector y1 = TSimd.Load(ref o, y), y2 = TSimd.Load(ref o, y + {CSharp.Int(targetStride)});");
                foreach (LookAheadMode mode in modes)
                {
                    writer.Line($"y1 = {mode.First("y1")};");
                    writer.Line($"y2 = {mode.Second("y2")};");
                    writer.Line($"TVector next{mode.Suffix} = {mode.NextRe("u1", "u2")};");
                    writer.Line($"{mode.Im} = {mode.NextIm("u1")};");
                    writer.Line($"{mode.Re} = next{mode.Suffix};");
                }

                writer.Line("TSimd.Store(y1, ref o, y);");
                writer.Line($"TSimd.Store(y2, ref o, y + {CSharp.Int(targetStride)});");
            });
            for (int i = 0; i < count; i++)
            {
                writer.Line($"TSimd.Store({modes[i].Re}, ref s, {Sum("n", 2 * i * columns)});");
                writer.Line($"TSimd.Store({modes[i].Im}, ref s, {Sum("n", ((2 * i) + 1) * columns)});");
            }
        }

        private void WriteTimeLoop(Action body) => writer.Block(
            $"for (nuint t = 0, x = h, y = h; t < end; t++, x += {CSharp.Int(2 * sourceStride)}, y += {CSharp.Int(2 * targetStride)})",
            () =>
            {
                writer.Line($"TVector u1 = TSimd.Load(in v, x), u2 = TSimd.Load(in v, x + {CSharp.Int(sourceStride)});");
                body();
            });

        private void WriteFirst(ISingle parts)
        {
            for (int p = 0; p < parts.Count; p++)
            {
                writer.Line($"TVector u{p} = {parts.Sample(p)};");
                writer.Line($"TSimd.Store(u{p}, {parts.State("h", p, PendingRow)});");
                writer.Line($"TVector sum{p} = {FirstInput($"u{p}", parts.Constant("h", p, 0))};");
            }

            WriteModes(parts, (mode, p) => writer.Line($"sum{p} = {mode.First($"sum{p}")};"), 0, LookAhead.FirstRows);
        }

        private void WriteSecond(ISingle parts)
        {
            for (int p = 0; p < parts.Count; p++)
            {
                writer.Line($"TVector pending{p} = TSimd.Load({parts.State("h", p, PendingRow)}), u{p} = {parts.Sample(p)};");
                writer.Line($"TSimd.Store(TSimd.Zero, {parts.State("h", p, PendingRow)});");
                writer.Line($"TVector sum{p} = {SecondInput($"pending{p}", $"u{p}", parts.Constant("h", p, 0), parts.Constant("h", p, 1))};");
            }

            WriteModes(
                parts,
                (mode, p) =>
                {
                    writer.Line($"sum{p} = {mode.Second($"sum{p}")};");
                    writer.Line($"TSimd.Store({mode.NextRe($"pending{p}", $"u{p}")}, {parts.State("n", p, 0)});");
                    writer.Line($"TSimd.Store({mode.NextIm($"pending{p}")}, {parts.State("n", p, 1)});");
                },
                LookAhead.FirstRows,
                LookAhead.ModeRows - LookAhead.FirstRows);
        }

        /// <summary>The modes one after another, for some parts side by side, and the sums at the end.</summary>
        /// <param name="parts">The parts.</param>
        /// <param name="body">Writes what is done with a mode of a part.</param>
        /// <param name="first">The first constant that it needs.</param>
        /// <param name="count">How many it needs.</param>
        private void WriteModes(ISingle parts, Action<LookAheadMode, int> body, int first, int count)
        {
            writer.Block(
                $"for (nuint n = h, m = h + {CSharp.Int(LookAhead.InputRows * columns)}; n < {CSharp.Int(2 * step.Modes * columns)}; n += {CSharp.Int(2 * columns)}, m += {CSharp.Int(LookAhead.ModeRows * columns)})",
                () =>
                {
                    for (int p = 0; p < parts.Count; p++)
                    {
                        var mode = new LookAheadMode(CSharp.Int(p), CSharp.Int(parts.ConstantsOf(p)));
                        if (parts.ConstantsOf(p) == p)
                        {
                            writer.Line($"TVector {mode.Load(first, count, row => parts.Constant("m", p, row))};");
                        }

                        writer.Line($"TVector {mode.Re} = TSimd.Load({parts.State("n", p, 0)}), {mode.Im} = TSimd.Load({parts.State("n", p, 1)});");
                        body(mode, p);
                    }
                });
            for (int p = 0; p < parts.Count; p++)
            {
                writer.Line($"TSimd.Store(sum{p}, {parts.Output(p)});");
            }
        }

        private static string Sum(string start, int offset) => offset == 0 ? start : $"{start} + {CSharp.Int(offset)}";
    }

    // What both forms of the loop write, in the order in which both compute it.
    private static string FirstInput(string u1, string k0 = "k0") => $"TSimd.Multiply({k0}, {u1})";

    private static string SecondInput(string u1, string u2, string k0 = "k0", string k1 = "k1") => $"TSimd.MultiplyAdd({k1}, {u1}, {FirstInput(u2, k0)})";

    /// <summary>What is computed side by side in a single step, and how it is spelled.</summary>
    private interface ISingle
    {
        /// <summary>How many parts there are.</summary>
        int Count { get; }

        /// <summary>The first part that has the same constants.</summary>
        int ConstantsOf(int part);

        /// <summary>A vector of the sample.</summary>
        string Sample(int part);

        /// <summary>Where a vector of the output is.</summary>
        string Output(int part);

        /// <summary>Where a vector of the state is.</summary>
        string State(string start, int part, int row);

        /// <summary>A vector of the table.</summary>
        string Constant(string start, int part, int row);
    }

    /// <summary>Vectors of channels of one stream.</summary>
    private sealed class Vectors(int count, int columns) : ISingle
    {
        public int Count => count;

        public int ConstantsOf(int part) => part;

        public string Sample(int part) => $"TSimd.Load(in v, {At("h", part, 0)})";

        public string Output(int part) => $"ref o, {At("h", part, 0)}";

        public string State(string start, int part, int row) => $"ref s, {At(start, part, row)}";

        public string Constant(string start, int part, int row) => $"TSimd.Load(in k, {At(start, part, row)})";

        private string At(string start, int part, int row) => ChannelTiles.At(start, part, row, columns);
    }

    /// <summary>Vectors of channels of some streams; the parts of one vector follow each other.</summary>
    private sealed class Streams(int vectors, int columns) : ISingle
    {
        public int Count => vectors * StreamsAtATime;

        public int ConstantsOf(int part) => part / StreamsAtATime * StreamsAtATime;

        public string Sample(int part) => $"TSimd.Load(in v{Stream(part)}, {At("h", part, 0)})";

        public string Output(int part) => $"ref o{Stream(part)}, {At("h", part, 0)}";

        public string State(string start, int part, int row) => $"ref s{Stream(part)}, {At(start, part, row)}";

        public string Constant(string start, int part, int row) => $"TSimd.Load(in k, {At(start, part, row)})";

        private static string Stream(int part) => CSharp.Int(part % StreamsAtATime);

        private string At(string start, int part, int row) => ChannelTiles.At(start, part / StreamsAtATime, row, columns);
    }
}
