using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the recurrence of a few channels, two steps at a time (<see cref="LookAhead"/>). Modes are lanes. What the lanes of a vector add to an output is summed at the end, in one
/// order for all vector widths: as many modes as fill the widest vector have a sum per lane, which narrower vectors keep in two or four parts.
/// </summary>
internal sealed class NarrowScanKernel : StepWriter<NarrowScanStep>
{
    /// <inheritdoc/>
    public override bool TakesDirectRows => true;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, NarrowScanStep step)
    {
        scope.Comment(step, "s_t = lambda s_(t-1) + v_t; o_t = D v_t + sum_n Re(w_n s_t[n]), two steps at a time, modes side by side");
        string Caller(string name) => $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({name})";
        string source = $"{StepScope.In(step.Source)}, {CSharp.Int(scope.Stride(step.Source))}", target = $"{StepScope.Ref(step.Target)}, {CSharp.Int(scope.Stride(step.Target))}";
        if (scope.Direct.IsInput(step.Source))
        {
            source = $"in {Caller("input")}, InputWidth";
        }

        if (scope.Direct.IsOutput(step.Target))
        {
            target = $"ref {Caller("output")}, OutputWidth";
        }
        else
        {
            scope.Writer.Line($"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({StepScope.Ref(step.Target)}, count * {CSharp.Int(scope.Stride(step.Target))}).Clear();");
        }

        scope.Call(
            $"NarrowScan{CSharp.Int(step.Source.Width)}x{CSharp.Int(step.Modes)}",
            (w, n) => new Kernel(w, n, scope.Plan, step).Write(),
            "(int)(Steps & 1)",
            source,
            target,
            scope.Table(step.Inputs),
            scope.Table(step.Table),
            scope.Slot(step.Pending),
            scope.Slot(step.Slot));
    }

    /// <summary>The kernel of one shape.</summary>
    private sealed class Kernel(CodeWriter writer, string name, EvaluationPlan plan, NarrowScanStep step)
    {
        private const string Add = "global::System.Runtime.CompilerServices.Unsafe.Add";
        private const string AsRef = "global::System.Runtime.CompilerServices.Unsafe.AsRef";
        private readonly string _type = CSharp.Name(plan.Element);
        private readonly int _parts = Math.Min(4, (step.Modes + EvaluationPlan.NarrowestLanesOf(plan.Element) - 1) / EvaluationPlan.NarrowestLanesOf(plan.Element)); // at the narrowest vector
        private readonly int _columns = plan[step.Slot].Columns; // of modes
        private readonly int _channels = plan[step.Pending].Columns;

        private string Rows => $"ref readonly {_type} v, int vStride, ref {_type} o, int oStride";

        public void Write()
        {
            writer.Line("/// <summary>");
            writer.Line("/// <c>y1 = k0 u1 + sum_n (c re - d im); y2 = k0 u2 + k1 u1 + sum_n (e re - f im)</c> of the state before a block of two steps, which then is");
            writer.Line("/// <c>re' = P re - Q im + (br u1 + u2); im' = P im + (bi u1 + re)</c>, with modes as lanes,");
            writer.Line($"/// for {CSharp.Count(step.Source.Width, "channel")} of {CSharp.Count(step.Modes, "complex mode")} each; {CSharp.Grouped(step.Operations)} flops per time step.");
            writer.Line("/// </summary>");
            writer.Line("/// <param name=\"steps\">The time steps, at least 1.</param>");
            writer.Line("/// <param name=\"phase\">1: the first of them is the second of its block; else 0.</param>");
            writer.Line("/// <param name=\"v\">[time, channel].</param>");
            writer.Line("/// <param name=\"vStride\">Elements of v from one time step to the next.</param>");
            writer.Line("/// <param name=\"o\">[time, channel].</param>");
            writer.Line("/// <param name=\"oStride\">Elements of o from one time step to the next.</param>");
            writer.Line("/// <param name=\"inputs\">k0 and k1, [2, channel].</param>");
            writer.Line("/// <param name=\"k\">c, d, e, f, P, Q, br and bi, [channel, 8, mode].</param>");
            writer.Line("/// <param name=\"pending\">u1, [channel]; 0 between blocks.</param>");
            writer.Line("/// <param name=\"s\">re and im, [channel, 2, mode].</param>");
            writer.Kernel(name, plan.Element, $"int phase, {Rows}, ref readonly {_type} inputs, ref readonly {_type} k, ref {_type} pending, ref {_type} s", () =>
                writer.Block($"for (int i = 0; i < {CSharp.Int(step.Source.Width)}; i++)", WriteChannel));
            writer.Line();
            writer.Line("/// <summary>Whole blocks of a channel.</summary>");
            writer.KernelMethod("private", name + "Blocks", plan.Element, $"int blocks, {Rows}, {_type} k0, {_type} k1, ref readonly {_type} k, ref {_type} s", WriteBlocks);
            WriteSums("First", first: true, second: false, "The output of the first step of a block, without what its sample gives it at once.");
            WriteSums("Second", first: false, second: true, "The output of the second step of a block, without what its samples give it at once, and the state after it.");
        }

        private void WriteChannel()
        {
            string Sums(string method, string arguments) =>
                $"{name}{method}<TSimd, TVector>({arguments}in {Add}(ref {AsRef}(in k), i * {CSharp.Int(LookAhead.ModeRows * _columns)}), ref {Add}(ref s, i * {CSharp.Int(2 * _columns)}))";
            string V(string index) => $"{Add}(ref {AsRef}(in v), {index})";
            string O(string index) => $"{Add}(ref o, {index})";
            writer.Line($"{_type} k0 = {Add}(ref {AsRef}(in inputs), i), k1 = {Add}(ref {AsRef}(in inputs), i + {CSharp.Int(_channels)});");
            writer.Line("int x = i, y = i, left = steps;");
            writer.Block("if (phase != 0)", () =>
            {
                writer.Line($"{_type} u1 = {Add}(ref pending, i), u2 = {V("x")};");
                writer.Line($"{Add}(ref pending, i) = 0;");
                writer.Line($"{Sums("Second", $"u1, u2, out {_type} y2, ")};");
                writer.Line($"{O("y")} = ((k0 * u2) + (k1 * u1)) + y2;");
                writer.Line("x += vStride;");
                writer.Line("y += oStride;");
                writer.Line("left--;");
            });
            writer.Line();
            writer.Line($"{Sums("Blocks", $"left >> 1, in {V("x")}, vStride, ref {O("y")}, oStride, k0, k1, ")};");
            writer.Block("if ((left & 1) != 0)", () =>
            {
                writer.Line("x += (left - 1) * vStride;");
                writer.Line("y += (left - 1) * oStride;");
                writer.Line($"{_type} u1 = {V("x")};");
                writer.Line($"{Add}(ref pending, i) = u1;");
                writer.Line($"{Sums("First", $"out {_type} y1, ")};");
                writer.Line($"{O("y")} = (k0 * u1) + y1;");
            });
        }

        /// <summary>A method that goes through the modes of a channel once.</summary>
        private void WriteSums(string method, bool first, bool second, string summary)
        {
            string parameters = (second ? $"{_type} u1, {_type} u2, " : "") + (first ? $"out {_type} y1, " : "") + (second ? $"out {_type} y2, " : "");
            writer.Line();
            writer.Line($"/// <summary>{summary}</summary>");
            writer.KernelMethod("private", name + method, plan.Element, $"{parameters}ref readonly {_type} k, ref {_type} s", () =>
            {
                string[] sums = [.. first ? ["y1"] : Array.Empty<string>(), .. second ? ["y2"] : Array.Empty<string>()];
                WriteLanes();
                WriteSums(sums, second, () => WriteParts("nuint m", part =>
                {
                    var mode = LookAheadMode.At(part);
                    int from = first ? 0 : LookAhead.FirstRows, to = second ? LookAhead.ModeRows : LookAhead.FirstRows;
                    WriteState("TVector ", mode, part);
                    writer.Line($"TVector {mode.Load(from, to - from, row => $"TSimd.Load(in k, {At(part, row)})")};");
                    WriteReads(sums, mode, part);
                    if (second)
                    {
                        WriteNext(mode, part);
                    }
                }));
                foreach (string sum in sums)
                {
                    writer.Line($"{sum} = {Summed(sum)};");
                }
            });
        }

        /// <summary>States stay in registers where all modes of a channel are in as many lanes as the widest vector has; else they go through memory block by block.</summary>
        private void WriteBlocks()
        {
            bool stays = _columns == plan.Lanes;
            WriteLanes();
            if (stays)
            {
                writer.Line("const nuint m = 0;");
                for (int part = 0; part < _parts; part++)
                {
                    var mode = LookAheadMode.At(part);
                    writer.Line($"TVector {mode.Re} = TSimd.Zero, {mode.Im} = TSimd.Zero, {mode.Load(0, LookAhead.ModeRows, _ => "TSimd.Zero")};");
                }

                WriteParts(null, part =>
                {
                    var mode = LookAheadMode.At(part);
                    WriteState("", mode, part);
                    for (int row = 0; row < LookAhead.ModeRows; row++)
                    {
                        writer.Line($"{mode.Load(row, 1, r => $"TSimd.Load(in k, {At(part, r)})")};");
                    }
                });
                writer.Line();
            }

            writer.Block("for (int t = 0, x = 0, y = 0; t < blocks; t++, x += 2 * vStride, y += 2 * oStride)", () =>
            {
                writer.Line($"{_type} u1 = {Add}(ref {AsRef}(in v), x), u2 = {Add}(ref {AsRef}(in v), x + vStride);");
                string[] sums = ["y1", "y2"];
                WriteSums(sums, true, () => WriteParts(stays ? null : "nuint m", part =>
                {
                    var mode = LookAheadMode.At(part);
                    if (!stays)
                    {
                        WriteState("TVector ", mode, part);
                        writer.Line($"TVector {mode.Load(0, LookAhead.ModeRows, row => $"TSimd.Load(in k, {At(part, row)})")};");
                    }

                    WriteReads(sums, mode, part);
                    if (stays)
                    {
                        writer.Line($"TVector next{CSharp.Int(part)} = {mode.NextRe("v1", "v2")};");
                        writer.Line($"{mode.Im} = {mode.NextIm("v1")};");
                        writer.Line($"{mode.Re} = next{CSharp.Int(part)};");
                    }
                    else
                    {
                        WriteNext(mode, part);
                    }
                }));
                writer.Line($"{Add}(ref o, y) = (k0 * u1) + {Summed("y1")};");
                writer.Line($"{Add}(ref o, y + oStride) = ((k0 * u2) + (k1 * u1)) + {Summed("y2")};");
            });
            if (stays)
            {
                writer.Line();
                WriteParts(null, part =>
                {
                    var mode = LookAheadMode.At(part);
                    writer.Line($"TSimd.Store({mode.Re}, ref s, {At(part, 0)});");
                    writer.Line($"TSimd.Store({mode.Im}, ref s, {At(part, 1)});");
                });
            }
        }

        /// <summary>Declares the sums of all parts, and the samples, around what adds to them.</summary>
        private void WriteSums(string[] sums, bool hasSamples, Action body)
        {
            foreach (string sum in sums)
            {
                writer.Line($"TVector {string.Join(", ", Enumerable.Range(0, _parts).Select(part => $"{sum}_{CSharp.Int(part)} = TSimd.Zero"))};");
            }

            if (hasSamples)
            {
                writer.Line("TVector v1 = TSimd.Broadcast(u1), v2 = TSimd.Broadcast(u2);");
            }

            body();
            writer.Line();
        }

        private void WriteLanes()
        {
            if (_parts > 1)
            {
                writer.Line("nuint lanes = (nuint)TSimd.Count;");
            }
        }

        /// <summary>Writes up to four parts that are as wide together as the widest vector; those behind the last mode are left out.</summary>
        /// <param name="index">The declaration of the index of the first of them, in a loop over all modes; null: there is one such vector, at m.</param>
        /// <param name="body">Writes a part.</param>
        private void WriteParts(string? index, Action<int> body)
        {
            int modes = Math.Min(step.Modes, plan.Lanes);
            void All()
            {
                body(0);
                if (_parts > 1)
                {
                    writer.Line();
                    writer.Block($"if (lanes < {CSharp.Int(modes)})", () => body(1));
                }

                if (_parts > 2)
                {
                    writer.Line();
                    writer.Block($"if (2 * lanes < {CSharp.Int(modes)})", () =>
                    {
                        body(2);
                        if (_parts > 3)
                        {
                            body(3);
                        }
                    });
                }
            }

            if (index is null)
            {
                All();
            }
            else
            {
                writer.Block($"for ({index} = 0; m < {CSharp.Int(_columns)}; m += {CSharp.Int(plan.Lanes)})", All);
            }
        }

        private void WriteState(string declaration, LookAheadMode mode, int part)
        {
            string separator = declaration.Length == 0 ? $";\n{mode.Im} = " : $", {mode.Im} = ";
            writer.Line($"{declaration}{mode.Re} = TSimd.Load(ref s, {At(part, 0)}){separator}TSimd.Load(ref s, {At(part, 1)});");
        }

        private void WriteNext(LookAheadMode mode, int part)
        {
            writer.Line($"TSimd.Store({mode.NextRe("v1", "v2")}, ref s, {At(part, 0)});");
            writer.Line($"TSimd.Store({mode.NextIm("v1")}, ref s, {At(part, 1)});");
        }

        private void WriteReads(string[] sums, LookAheadMode mode, int part)
        {
            foreach (string sum in sums)
            {
                string own = $"{sum}_{CSharp.Int(part)}";
                writer.Line($"{own} = {(sum == "y1" ? mode.First(own) : mode.Second(own))};");
            }
        }

        /// <summary>The sum over all lanes, in the order of the sum within the widest vector: halves, quarters, and so on. A part that a width does not have is 0.</summary>
        private string Summed(string sum) => _parts switch
        {
            1 => $"TSimd.Sum({sum}_0)",
            2 => $"TSimd.Sum(TSimd.Add({sum}_0, {sum}_1))",
            3 => $"TSimd.Sum(lanes < {CSharp.Int(plan.Lanes / 2)} ? TSimd.Add(TSimd.Add({sum}_0, {sum}_2), {sum}_1) : TSimd.Add({sum}_0, {sum}_1))",
            4 => $"TSimd.Sum(lanes < {CSharp.Int(plan.Lanes / 2)} ? TSimd.Add(TSimd.Add({sum}_0, {sum}_2), TSimd.Add({sum}_1, {sum}_3)) : TSimd.Add({sum}_0, {sum}_1))",
            _ => throw new InvalidOperationException($"A vector has no {_parts} parts."),
        };

        /// <summary>The index of a part in a row of the table or the state.</summary>
        private string At(int part, int row) => ChannelTiles.At("m", part, row, _columns);
    }
}
