using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the constant recurrence. Channels are lanes; a few modes at a time live in registers while time runs through the chunk, so that
/// the inner loop holds six arithmetic instructions per complex mode and step (five fused multiply-adds and a multiplication; counted as
/// 12 flops, as is customary) and two fused multiply-adds per real one.
/// </summary>
internal sealed class ScanKernel : StepWriter<ScanStep>
{
    private const int ModesAtATime = 4;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, ScanStep step)
    {
        scope.Comment(step, $"s_t = lambda s_({TimeLoop.Before(step.Timing)}) + {(step.Input is null ? "" : "b ")}v_t; o_t = {(step.Skip is null ? "" : "D v_t + ")}sum_n Re(w_n s_{State(step)}[n])");
        scope.Call(
            $"{(step.Timing.Backward ? "Backward" : "")}Scan{CSharp.Int(step.Source.Width)}x{CSharp.Int(step.Modes)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, scope.Plan[step.Slot].Columns, scope.Stride(step.Source), scope.Stride(step.Targets[0])),
            StepScope.In(step.Source),
            StepScope.Ref(step.Targets[0]),
            scope.Table(step.Transition),
            scope.Table(step.Input),
            scope.Table(step.Weight),
            scope.Table(step.Skip),
            scope.Slot(step.Slot));
    }

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, ScanStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        string state = step.Complex ? "complex" : "real";
        writer.Line("/// <summary>");
        writer.Line($"/// <c>s_t[n] = lambda[n] s_{{{TimeLoop.Before(step.Timing)}}}[n] + {(step.Input is null ? "" : "b[n] ")}v_t; o_t = {(step.Timing == ModeTiming.Causal ? "D v_t + " : "")}sum_n Re(w[n] s_{Braces(step)}[n])</c>");
        string readouts = step.Readouts == 1 ? "" : $" and {CSharp.Count(step.Readouts, "readout")}";
        writer.Line($"/// for {CSharp.Count(step.Source.Width, "channel")} of {CSharp.Count(step.Modes, state + " mode")}{readouts} each; {CSharp.Grouped(step.Operations)} flops per time step.");
        writer.Line("/// </summary>");
        string input = step.Input is null ? "" : $"ref readonly {type} b, ";
        string skip = step.Skip is null ? "" : $"ref readonly {type} d, ";
        string parameters = $"ref readonly {type} v, ref {type} o, ref readonly {type} lambda, {input}ref readonly {type} w, {skip}ref {type} s";
        writer.Kernel(name, element, parameters, () =>
        {
            writer.Block("if (steps == 1)", () =>
            {
                writer.Line($"{name}Step<TSimd, TVector>(in v, ref o, in lambda, {(step.Input is null ? "" : "in b, ")}in w, {(step.Skip is null ? "" : "in d, ")}ref s);");
                writer.Line("return;");
            });
            writer.Line();
            writer.Line("nuint end = (nuint)steps;");
            writer.Block($"for (nuint h = 0; h < {CSharp.Int(columns)}; h += (nuint)TSimd.Count)", () =>
            {
                WriteSkip(writer, step, columns, sourceStride, targetStride);
                int atATime = Math.Max(1, ModesAtATime / step.Readouts);
                int whole = step.Modes / atATime * atATime;
                int rows = step.Complex ? 2 : 1;
                int row = step.Readouts * columns; // of w
                if (whole > 0)
                {
                    writer.Line();
                    string weights = step.Readouts == 1 ? "" : ", m = h";
                    string next = step.Readouts == 1 ? "" : $", m += {CSharp.Int(atATime * rows * row)}";
                    writer.Block($"for (nuint n = h{weights}; n < {CSharp.Int(whole * rows * columns)}; n += {CSharp.Int(atATime * rows * columns)}{next})", () =>
                        WriteModes(writer, step, atATime, columns, sourceStride, targetStride));
                }

                if (whole < step.Modes)
                {
                    writer.Line();
                    writer.Braces(() =>
                    {
                        string weights = step.Readouts == 1 ? "" : $", m = h + {CSharp.Int(whole * rows * row)}";
                        writer.Line($"nuint n = h + {CSharp.Int(whole * rows * columns)}{weights};");
                        WriteModes(writer, step, step.Modes - whole, columns, sourceStride, targetStride);
                    });
                }
            });
        });
        writer.Line();
        writer.Line("/// <summary>One time step: the sums stay in registers while the modes run, in the order of the loop over time.</summary>");
        int[] vectors = step.Readouts == 1 ? ChannelTiles.Vectors : [1];
        writer.KernelMethod("private", name + "Step", element, parameters, () => ChannelTiles.Write(writer, element, columns, vectors, tile => WriteSingleTile(writer, step, tile, columns)));
    }

    /// <summary>All modes of some vectors of channels.</summary>
    private static void WriteSingleTile(CodeWriter writer, ScanStep step, int vectors, int columns)
    {
        int[] parts = [.. Enumerable.Range(0, vectors)], readouts = [.. Enumerable.Range(0, step.Readouts)];
        int rows = step.Complex ? 2 : 1;
        string At(string start, int part, int row) => ChannelTiles.At(start, part, row, columns);
        string Sum(int part, int readout) => $"sum{part}{Suffix(step, readout)}";
        foreach (int p in parts)
        {
            writer.Line($"TVector u{p} = TSimd.Load(in v, {At("h", p, 0)}){string.Concat(readouts.Select(r => $", {Sum(p, r)} = {(step.Skip is null ? "TSimd.Zero" : $"TSimd.Multiply(TSimd.Load(in d, {At("h", p, r)}), u{p})")}"))};");
        }

        string weights = step.Readouts == 1 ? "" : ", m = h";
        string next = step.Readouts == 1 ? "" : $", m += {CSharp.Int(rows * step.Readouts * columns)}";
        writer.Block($"for (nuint n = h{weights}; n < {CSharp.Int(step.Modes * rows * columns)}; n += {CSharp.Int(rows * columns)}{next})", () =>
        {
            foreach (int p in parts)
            {
                WriteSingleMode(p);
            }
        });
        foreach (int p in parts)
        {
            foreach (int r in readouts)
            {
                writer.Line($"TSimd.Store({Sum(p, r)}, ref o, {At("h", p, r)});");
            }
        }

        void WriteSingleMode(int p)
        {
            writer.Line($"TVector sr{p} = TSimd.Load(ref s, {At("n", p, 0)}){(step.Complex ? $", si{p} = TSimd.Load(ref s, {At("n", p, 1)})" : "")};");
            if (step.Timing.Delay == 0)
            {
                Move();
                Read($"re{p}", $"im{p}");
            }
            else
            {
                Read($"sr{p}", $"si{p}");
                Move();
            }

            writer.Line($"TSimd.Store(re{p}, ref s, {At("n", p, 0)});");
            if (step.Complex)
            {
                writer.Line($"TSimd.Store(im{p}, ref s, {At("n", p, 1)});");
            }

            void Move()
            {
                var mode = new ModeText($"ar{p}", $"ai{p}", $"sr{p}", $"si{p}", $"TSimd.Load(in b, {At("n", p, 0)})", $"TSimd.Load(in b, {At("n", p, 1)})", $"u{p}");
                writer.Line($"TVector ar{p} = TSimd.Load(in lambda, {At("n", p, 0)}){(step.Complex ? $", ai{p} = TSimd.Load(in lambda, {At("n", p, 1)})" : "")};");
                writer.Line($"TVector re{p} = {mode.Re(step)};");
                if (step.Complex)
                {
                    writer.Line($"TVector im{p} = {mode.Im(step)};");
                }
            }

            void Read(string re, string im)
            {
                foreach (int r in readouts)
                {
                    string start = step.Readouts == 1 ? "n" : "m";
                    writer.Line($"{Sum(p, r)} = {Added(step, Sum(p, r), $"TSimd.Load(in w, {At(start, p, r)})", $"TSimd.Load(in w, {At(start, p, step.Readouts + r)})", re, im)};");
                }
            }
        }
    }

    private static void WriteSkip(CodeWriter writer, ScanStep step, int columns, int sourceStride, int targetStride)
    {
        int[] readouts = [.. Enumerable.Range(0, step.Readouts)];
        foreach (int r in readouts.Where(_ => step.Skip is not null))
        {
            writer.Line($"TVector skip{Suffix(step, r)} = TSimd.Load(in d, {Part("h", r, columns)});");
        }

        writer.Block(Loop(step, sourceStride, targetStride), () =>
        {
            foreach (int r in readouts)
            {
                writer.Line(step.Skip is null
                    ? $"TSimd.Store(TSimd.Zero, ref o, {Part("y", r, columns)});"
                    : $"TSimd.Store(TSimd.Multiply(skip{Suffix(step, r)}, TSimd.Load(in v, x)), ref o, {Part("y", r, columns)});");
            }
        });
    }

    private static void WriteModes(CodeWriter writer, ScanStep step, int count, int columns, int sourceStride, int targetStride)
    {
        int[] modes = [.. Enumerable.Range(0, count)];
        int[] readouts = [.. Enumerable.Range(0, step.Readouts)];
        int rows = step.Complex ? 2 : 1;
        string At(int mode, int part) => mode + part == 0 ? "n" : $"n + {CSharp.Int(((mode * rows) + part) * columns)}";
        string Weight(int mode, int part, int readout) =>
            step.Readouts == 1 ? At(mode, part) : Part("m", (((mode * rows) + part) * step.Readouts) + readout, columns);
        string W(int mode, int readout) => step.Readouts == 1 ? $"{mode}" : $"{mode}_{readout}";
        foreach (int i in modes)
        {
            writer.Line($"TVector ar{i} = TSimd.Load(in lambda, {At(i, 0)}), {string.Join(", ", readouts.Select(r => $"wr{W(i, r)} = TSimd.Load(in w, {Weight(i, 0, r)})"))}, sr{i} = TSimd.Load(ref s, {At(i, 0)});");
            if (step.Complex)
            {
                writer.Line($"TVector ai{i} = TSimd.Load(in lambda, {At(i, 1)}), {string.Join(", ", readouts.Select(r => $"wi{W(i, r)} = TSimd.Load(in w, {Weight(i, 1, r)})"))}, si{i} = TSimd.Load(ref s, {At(i, 1)});");
            }

            if (step.Input is not null)
            {
                writer.Line($"TVector br{i} = TSimd.Load(in b, {At(i, 0)}){(step.Complex ? $", bi{i} = TSimd.Load(in b, {At(i, 1)})" : "")};");
            }
        }

        writer.Block(Loop(step, sourceStride, targetStride), () =>
        {
            writer.Line("TVector u = TSimd.Load(in v, x);");
            foreach (int r in readouts)
            {
                writer.Line($"TVector sum{Suffix(step, r)} = TSimd.Load(ref o, {Part("y", r, columns)});");
            }

            foreach (int i in modes)
            {
                if (step.Timing.Delay == 0)
                {
                    Move(i);
                    Read(i);
                }
                else
                {
                    Read(i);
                    Move(i);
                }
            }

            foreach (int r in readouts)
            {
                writer.Line($"TSimd.Store(sum{Suffix(step, r)}, ref o, {Part("y", r, columns)});");
            }
        });
        foreach (int i in modes)
        {
            writer.Line($"TSimd.Store(sr{i}, ref s, {At(i, 0)});");
            if (step.Complex)
            {
                writer.Line($"TSimd.Store(si{i}, ref s, {At(i, 1)});");
            }
        }

        void Move(int i)
        {
            var mode = new ModeText($"ar{i}", $"ai{i}", $"sr{i}", $"si{i}", $"br{i}", $"bi{i}", "u");
            if (step.Complex)
            {
                writer.Line($"TVector re{i} = {mode.Re(step)};");
                writer.Line($"si{i} = {mode.Im(step)};");
                writer.Line($"sr{i} = re{i};");
            }
            else
            {
                writer.Line($"sr{i} = {mode.Re(step)};");
            }
        }

        void Read(int i)
        {
            foreach (int r in readouts)
            {
                writer.Line($"sum{Suffix(step, r)} = {Added(step, $"sum{Suffix(step, r)}", $"wr{W(i, r)}", $"wi{W(i, r)}", $"sr{i}", $"si{i}")};");
            }
        }
    }

    /// <summary>A readout's sum and what a mode adds to it: the same operations in the loop over time and in a single step, which give the same bits.</summary>
    private static string Added(ScanStep step, string sum, string wr, string wi, string re, string im)
    {
        string real = $"TSimd.MultiplyAdd({wr}, {re}, {sum})";
        return step.Complex ? $"TSimd.NegateMultiplyAdd({wi}, {im}, {real})" : real;
    }

    /// <summary>How lambda, s, b and u of a mode are spelled, and the next s of them: the same operations in the loop over time and in a single step, which give the same bits.</summary>
    private sealed record ModeText(string LambdaRe, string LambdaIm, string StateRe, string StateIm, string DriveRe, string DriveIm, string Input)
    {
        public string Re(ScanStep step)
        {
            string drive = step.Input is null ? Input : $"TSimd.Multiply({DriveRe}, {Input})";
            return $"TSimd.MultiplyAdd({LambdaRe}, {StateRe}, {(step.Complex ? $"TSimd.NegateMultiplyAdd({LambdaIm}, {StateIm}, {drive})" : drive)})";
        }

        public string Im(ScanStep step)
        {
            string turned = step.Input is null ? $"TSimd.Multiply({LambdaIm}, {StateRe})" : $"TSimd.MultiplyAdd({LambdaIm}, {StateRe}, TSimd.Multiply({DriveIm}, {Input}))";
            return $"TSimd.MultiplyAdd({LambdaRe}, {StateIm}, {turned})";
        }
    }

    // The step of the state that is read: t, (t+1) or {t+1}.
    private static string State(ScanStep step) => step.Timing.Delay == 0 ? "t" : $"({TimeLoop.Read(step.Timing)})";

    private static string Braces(ScanStep step) => step.Timing.Delay == 0 ? "t" : $"{{{TimeLoop.Read(step.Timing)}}}";

    private static string Suffix(ScanStep step, int readout) => step.Readouts == 1 ? "" : $"{readout}";

    private static string Part(string start, int part, int columns) => part == 0 ? start : $"{start} + {CSharp.Int(part * columns)}";

    private static string Loop(ScanStep step, int sourceStride, int targetStride) => TimeLoop.Of(step.Timing, ("x", "h", sourceStride), ("y", "h", targetStride));
}
