using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the recurrence of modes that a low-rank part couples. Channels are lanes. One pass over the modes does a time step: it moves a mode on, reads it, and
/// adds up what the low-rank part hears of the new state, which is what the next step needs. A few modes at a time have sums of their own, so that additions do
/// not wait for each other. What is heard before the first step is summed in the same order, so that a sequence may be cut anywhere.
/// </summary>
internal sealed class LowRankScanKernel : StepWriter<LowRankScanStep>
{
    private const int ModesAtATime = 4;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, LowRankScanStep step)
    {
        scope.Comment(step, $"f_r = Re(sum_n h_rn s_({TimeLoop.Before(step.Timing)})[n]); s_t = lambda s_({TimeLoop.Before(step.Timing)}) - sum_r p_r f_r + b v_t; o_t = {(step.Skip is null ? "" : "D v_t + ")}sum_n Re(w_n s_{(step.Timing.Delay == 0 ? "t" : $"({TimeLoop.Read(step.Timing)})")}[n])");
        string type = CSharp.Name(scope.Plan.Element);
        scope.Call(
            $"{(step.Timing.Backward ? "Backward" : "")}LowRankScan{CSharp.Int(step.Source.Width)}x{CSharp.Int(step.Modes)}",
            (writer, name) =>
            {
                writer.Line("/// <summary>");
                writer.Line($"/// <c>f_r = Re(sum_n h_r[n] s_{{{TimeLoop.Before(step.Timing)}}}[n]); s_t[n] = lambda[n] s_{{{TimeLoop.Before(step.Timing)}}}[n] - sum_r p_r[n] f_r + b[n] v_t; o_t = {(step.Skip is null ? "" : "D v_t + ")}sum_n Re(w[n] s_{(step.Timing.Delay == 0 ? "t" : $"{{{TimeLoop.Read(step.Timing)}}}")}[n])</c>");
                string readouts = step.Readouts == 1 ? "" : $" and {CSharp.Count(step.Readouts, "readout")} each";
                writer.Line($"/// for {CSharp.Count(step.Source.Width, "channel")} of {CSharp.Count(step.Modes, "complex mode")}{readouts}, coupled by rank {CSharp.Int(step.Rank)}; {CSharp.Grouped(step.Operations)} flops per time step.");
                writer.Line("/// </summary>");
                string skip = step.Skip is null ? "" : $"ref readonly {type} d, ";
                writer.Kernel(
                    name,
                    scope.Plan.Element,
                    $"ref readonly {type} v, ref {type} o, ref readonly {type} lambda, ref readonly {type} p, ref readonly {type} h, ref readonly {type} b, ref readonly {type} w, {skip}ref {type} s",
                    new Body(writer, step, scope.Plan[step.Slot].Columns, scope.Stride(step.Source), scope.Stride(step.Targets[0])).Write);
            },
            StepScope.In(step.Source),
            StepScope.Ref(step.Targets[0]),
            scope.Table(step.Transition),
            scope.Table(step.Feedback),
            scope.Table(step.Heard),
            scope.Table(step.Input),
            scope.Table(step.Weight),
            scope.Table(step.Skip),
            scope.Slot(step.Slot));
    }

    /// <summary>The text inside of the kernel.</summary>
    private sealed class Body(CodeWriter writer, LowRankScanStep step, int columns, int sourceStride, int targetStride)
    {
        private readonly int _atATime = Math.Min(ModesAtATime, step.Modes);
        private readonly int[] _ranks = [.. Enumerable.Range(0, step.Rank)];
        private readonly int[] _readouts = [.. Enumerable.Range(0, step.Readouts)];

        public void Write()
        {
            writer.Line("nuint end = (nuint)steps;");
            writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
            {
                WriteSums(Heard());
                WriteModes(moves: false);
                foreach (int r in _ranks)
                {
                    writer.Line($"TVector f{r} = {Total($"heard{r}_")};");
                }

                foreach (int r in _readouts.Where(_ => step.Skip is not null))
                {
                    writer.Line($"TVector skip{r} = TSimd.Load(in d, {At("c", r)});");
                }

                writer.Block(TimeLoop.Of(step.Timing, ("x", "c", sourceStride), ("y", "c", targetStride)), () =>
                {
                    writer.Line("TVector u = TSimd.Load(in v, x);");
                    foreach (string sum in Heard())
                    {
                        writer.Line($"{sum} = TSimd.Zero;");
                    }

                    WriteSums(Sums(_readouts, "sum"));
                    WriteModes(moves: true);
                    foreach (int r in _ranks)
                    {
                        writer.Line($"f{r} = {Total($"heard{r}_")};");
                    }

                    foreach (int r in _readouts)
                    {
                        string sum = Total($"sum{r}_");
                        writer.Line($"TSimd.Store({(step.Skip is null ? sum : $"TSimd.MultiplyAdd(skip{r}, u, {sum})")}, ref o, {At("y", r)});");
                    }
                });
            });
        }

        private IEnumerable<string> Heard() => Sums(_ranks, "heard");

        private IEnumerable<string> Sums(int[] of, string name) => of.SelectMany(r => Enumerable.Range(0, _atATime).Select(i => $"{name}{r}_{i}"));

        private void WriteSums(IEnumerable<string> sums) => writer.Line($"TVector {string.Join(", ", sums.Select(sum => sum + " = TSimd.Zero"))};");

        /// <summary>The sum of some modes' sums, in pairs.</summary>
        private string Total(string stem)
        {
            string[] parts = [.. Enumerable.Range(0, _atATime).Select(i => stem + i)];
            while (parts.Length > 1)
            {
                parts = [.. Enumerable.Range(0, (parts.Length + 1) / 2).Select(i => (2 * i) + 1 < parts.Length ? $"TSimd.Add({parts[2 * i]}, {parts[(2 * i) + 1]})" : parts[2 * i])];
            }

            return parts[0];
        }

        private void WriteModes(bool moves)
        {
            int whole = step.Modes / _atATime * _atATime;
            int row = 2 * columns; // of a mode
            string further = $"{(step.Rank > 1 ? ", m = c" : "")}{(moves && step.Readouts > 1 ? ", k = c" : "")}";
            string next = $"{(step.Rank > 1 ? $", m += {CSharp.Int(_atATime * step.Rank * row)}" : "")}{(moves && step.Readouts > 1 ? $", k += {CSharp.Int(_atATime * step.Readouts * row)}" : "")}";
            writer.Block($"for (nuint n = c{further}; n < {CSharp.Int(whole * row)}; n += {CSharp.Int(_atATime * row)}{next})", () => WriteModes(_atATime, moves));
            if (whole < step.Modes)
            {
                writer.Braces(() =>
                {
                    string rest = $"{(step.Rank > 1 ? $", m = c + {CSharp.Int(whole * step.Rank * row)}" : "")}{(moves && step.Readouts > 1 ? $", k = c + {CSharp.Int(whole * step.Readouts * row)}" : "")}";
                    writer.Line($"nuint n = c + {CSharp.Int(whole * row)}{rest};");
                    WriteModes(step.Modes - whole, moves);
                });
            }
        }

        private void WriteModes(int count, bool moves)
        {
            foreach (int i in Enumerable.Range(0, count))
            {
                string re = At("n", 2 * i), im = At("n", (2 * i) + 1);
                if (moves)
                {
                    writer.Line($"TVector ar{i} = TSimd.Load(in lambda, {re}), ai{i} = TSimd.Load(in lambda, {im}), sr{i} = TSimd.Load(ref s, {re}), si{i} = TSimd.Load(ref s, {im});");
                    string drivenRe = $"TSimd.Multiply(TSimd.Load(in b, {re}), u)", drivenIm = $"TSimd.Multiply(TSimd.Load(in b, {im}), u)";
                    foreach (int r in _ranks)
                    {
                        drivenRe = $"TSimd.NegateMultiplyAdd(TSimd.Load(in p, {Coupled(i, r, 0)}), f{r}, {drivenRe})";
                        drivenIm = $"TSimd.NegateMultiplyAdd(TSimd.Load(in p, {Coupled(i, r, 1)}), f{r}, {drivenIm})";
                    }

                    writer.Line($"TVector re{i} = TSimd.MultiplyAdd(ar{i}, sr{i}, TSimd.NegateMultiplyAdd(ai{i}, si{i}, {drivenRe}));");
                    writer.Line($"TVector im{i} = TSimd.MultiplyAdd(ar{i}, si{i}, TSimd.MultiplyAdd(ai{i}, sr{i}, {drivenIm}));");
                    writer.Line($"TSimd.Store(re{i}, ref s, {re});");
                    writer.Line($"TSimd.Store(im{i}, ref s, {im});");
                    (string seenRe, string seenIm) = step.Timing.Delay == 0 ? ("re", "im") : ("sr", "si");
                    foreach (int r in _readouts)
                    {
                        writer.Line($"sum{r}_{i} = TSimd.NegateMultiplyAdd(TSimd.Load(in w, {Weight(i, r, 1)}), {seenIm}{i}, TSimd.MultiplyAdd(TSimd.Load(in w, {Weight(i, r, 0)}), {seenRe}{i}, sum{r}_{i}));");
                    }
                }
                else
                {
                    writer.Line($"TVector re{i} = TSimd.Load(ref s, {re}), im{i} = TSimd.Load(ref s, {im});");
                }

                foreach (int r in _ranks)
                {
                    writer.Line($"heard{r}_{i} = TSimd.NegateMultiplyAdd(TSimd.Load(in h, {Coupled(i, r, 1)}), im{i}, TSimd.MultiplyAdd(TSimd.Load(in h, {Coupled(i, r, 0)}), re{i}, heard{r}_{i}));");
                }
            }
        }

        private string Coupled(int mode, int rank, int part) => step.Rank == 1 ? At("n", (2 * mode) + part) : At("m", (2 * ((mode * step.Rank) + rank)) + part);

        private string Weight(int mode, int readout, int part) => step.Readouts == 1 ? At("n", (2 * mode) + part) : At("k", (((2 * mode) + part) * step.Readouts) + readout);

        private string At(string start, int rows) => rows == 0 ? start : $"{start} + {CSharp.Int(rows * columns)}";
    }
}
