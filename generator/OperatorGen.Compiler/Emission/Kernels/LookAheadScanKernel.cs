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

    /// <inheritdoc/>
    protected override void Write(StepScope scope, LookAheadScanStep step)
    {
        scope.Comment(step, "s_t = lambda s_(t-1) + v_t; o_t = D v_t + sum_n Re(w_n s_t[n]), two steps at a time");
        scope.Call(
            $"LookAheadScan{CSharp.Int(step.Source.Width)}x{CSharp.Int(step.Modes)}",
            (w, n) => new Kernel(w, n, scope.Plan.Element, step, scope.Plan[step.Slot].Columns, scope.Stride(step.Source), scope.Stride(step.Target)).Write(),
            "(int)(Steps & 1)",
            StepScope.In(step.Source),
            StepScope.Ref(step.Target),
            scope.Table(step.Table),
            scope.Slot(step.Slot));
    }

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
            writer.Line("/// <param name=\"s\">re and im of every mode, then u1.</param>");
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
            writer.KernelMethod("private", name + "First", element, Parameters, () => ChannelTiles.Write(writer, element, columns, ChannelTiles.Vectors, WriteFirst));
            writer.Line();
            writer.Line("/// <summary>The second step of a block, and the state after it.</summary>");
            writer.KernelMethod("private", name + "Second", element, Parameters, () => ChannelTiles.Write(writer, element, columns, ChannelTiles.Vectors, WriteSecond));
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
                string m = $"h + {CSharp.Int(LookAhead.InputRows * columns)}";
                if (whole > 0)
                {
                    writer.Line();
                    writer.Block(
                        $"for (nuint n = h, m = {m}; n < {CSharp.Int(whole * state)}; n += {CSharp.Int(ModesAtATime * state)}, m += {CSharp.Int(ModesAtATime * table)})",
                        () => WriteModes(ModesAtATime));
                }

                if (whole < step.Modes)
                {
                    writer.Line();
                    writer.Braces(() =>
                    {
                        writer.Line($"nuint n = {Sum("h", whole * state)}, m = {Sum(m, whole * table)};");
                        WriteModes(step.Modes - whole);
                    });
                }
            });
        }

        private void WriteModes(int count)
        {
            Mode[] modes = [.. Enumerable.Range(0, count).Select(i => new Mode(CSharp.Int(i)))];
            for (int i = 0; i < count; i++)
            {
                Mode mode = modes[i];
                int first = LookAhead.ModeRows * i;
                for (int row = 0; row < LookAhead.ModeRows; row += 4)
                {
                    writer.Line($"TVector {string.Join(", ", Enumerable.Range(row, 4).Select(r => $"{mode.Constants[r]} = TSimd.Load(in k, {Sum("m", (first + r) * columns)})"))};");
                }

                writer.Line($"TVector {mode.Re} = TSimd.Load(ref s, {Sum("n", 2 * i * columns)}), {mode.Im} = TSimd.Load(ref s, {Sum("n", ((2 * i) + 1) * columns)});");
            }

            WriteTimeLoop(() =>
            {
                writer.Line($"TVector y1 = TSimd.Load(ref o, y), y2 = TSimd.Load(ref o, y + {CSharp.Int(targetStride)});");
                foreach (Mode mode in modes)
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

        private void WriteFirst(int vectors)
        {
            for (int p = 0; p < vectors; p++)
            {
                writer.Line($"TVector u{p} = TSimd.Load(in v, {At("h", p, 0)});");
                writer.Line($"TSimd.Store(u{p}, ref s, {At("h", p, PendingRow)});");
                writer.Line($"TVector sum{p} = {FirstInput($"u{p}", Constant("h", p, 0))};");
            }

            WriteSingle(vectors, (mode, p) => writer.Line($"sum{p} = {mode.First($"sum{p}")};"), 0, 2);
        }

        private void WriteSecond(int vectors)
        {
            for (int p = 0; p < vectors; p++)
            {
                writer.Line($"TVector first{p} = TSimd.Load(ref s, {At("h", p, PendingRow)}), u{p} = TSimd.Load(in v, {At("h", p, 0)});");
                writer.Line($"TVector sum{p} = {SecondInput($"first{p}", $"u{p}", Constant("h", p, 0), Constant("h", p, 1))};");
            }

            WriteSingle(
                vectors,
                (mode, p) =>
                {
                    writer.Line($"sum{p} = {mode.Second($"sum{p}")};");
                    writer.Line($"TSimd.Store({mode.NextRe($"first{p}", $"u{p}")}, ref s, {At("n", p, 0)});");
                    writer.Line($"TSimd.Store({mode.NextIm($"first{p}")}, ref s, {At("n", p, 1)});");
                },
                2,
                LookAhead.ModeRows - 2);
        }

        /// <summary>The modes one after another, for some vectors of channels side by side, and the sums at the end.</summary>
        private void WriteSingle(int vectors, Action<Mode, int> body, int firstRow, int rows)
        {
            writer.Block(
                $"for (nuint n = h, m = h + {CSharp.Int(LookAhead.InputRows * columns)}; n < {CSharp.Int(2 * step.Modes * columns)}; n += {CSharp.Int(2 * columns)}, m += {CSharp.Int(LookAhead.ModeRows * columns)})",
                () =>
                {
                    for (int p = 0; p < vectors; p++)
                    {
                        var mode = new Mode(CSharp.Int(p));
                        writer.Line($"TVector {mode.Re} = TSimd.Load(ref s, {At("n", p, 0)}), {mode.Im} = TSimd.Load(ref s, {At("n", p, 1)});");
                        writer.Line($"TVector {string.Join(", ", Enumerable.Range(firstRow, rows).Select(r => $"{mode.Constants[r]} = {Constant("m", p, r)}"))};");
                        body(mode, p);
                    }
                });
            for (int p = 0; p < vectors; p++)
            {
                writer.Line($"TSimd.Store(sum{p}, ref o, {At("h", p, 0)});");
            }
        }

        private string At(string start, int vector, int row) => ChannelTiles.At(start, vector, row, columns);

        private string Constant(string start, int vector, int row) => $"TSimd.Load(in k, {At(start, vector, row)})";

        private static string Sum(string start, int offset) => offset == 0 ? start : $"{start} + {CSharp.Int(offset)}";
    }

    // What both forms of the loop write, in the order in which both compute it.
    private static string FirstInput(string u1, string k0 = "k0") => $"TSimd.Multiply({k0}, {u1})";

    private static string SecondInput(string u1, string u2, string k0 = "k0", string k1 = "k1") => $"TSimd.MultiplyAdd({k1}, {u1}, {FirstInput(u2, k0)})";

    /// <summary>How the numbers of a mode are spelled, and what is computed of them: the same operations in whole blocks and in single steps, which give the same bits.</summary>
    private sealed record Mode(string Suffix)
    {
        public string Re => "re" + Suffix;

        public string Im => "im" + Suffix;

        /// <summary>In the order of the table's rows.</summary>
        public string[] Constants { get; } = [.. new[] { "c", "d", "e", "f", "p", "q", "br", "bi" }.Select(constant => constant + Suffix)];

        public string First(string sum) => Read(Constants[0], Constants[1], sum);

        public string Second(string sum) => Read(Constants[2], Constants[3], sum);

        public string NextRe(string u1, string u2) => $"TSimd.MultiplyAdd({Constants[4]}, {Re}, TSimd.NegateMultiplyAdd({Constants[5]}, {Im}, TSimd.MultiplyAdd({Constants[6]}, {u1}, {u2})))";

        public string NextIm(string u1) => $"TSimd.MultiplyAdd({Constants[4]}, {Im}, TSimd.MultiplyAdd({Constants[7]}, {u1}, {Re}))";

        private string Read(string re, string im, string sum) => $"TSimd.NegateMultiplyAdd({im}, {Im}, TSimd.MultiplyAdd({re}, {Re}, {sum}))";
    }
}
