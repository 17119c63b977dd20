using System;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the recurrence of cells with keys and values: the values of a cell are lanes; a few keys at a time live in registers while time runs through the chunk.
/// </summary>
internal sealed class MatrixScanKernel : StepWriter<MatrixScanStep>
{
    private const int KeysAtATime = 8;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, MatrixScanStep step)
    {
        scope.Comment(step, Formula(step, "S_(t-1)"));
        scope.Call(
            $"{(step.Complex ? "Complex" : "")}MatrixScan{CSharp.Int(step.Sizes.Cells)}x{CSharp.Int(step.Sizes.Keys)}x{CSharp.Int(step.Sizes.Values)}",
            (w, n) => new Text(w, scope, step).Write(n),
            StepScope.In(step.Sources[0]),
            StepScope.Ref(step.Targets[0]),
            MatrixKernel.Argument(scope, step.Gate),
            MatrixKernel.Argument(scope, step.Factor),
            MatrixKernel.Argument(scope, step.Key),
            MatrixKernel.Argument(scope, step.Query),
            scope.Table(step.Bonus),
            scope.Table(step.Skip),
            scope.Slot(step.Slot));
    }

    private static string Formula(MatrixScanStep step, string before)
    {
        string drive = $"{(step.Factor is null ? "" : "Delta_t ")}{(step.Key is null ? "" : "k_t[k] ")}v_t";
        string read = (step.Complex ? "Re(" : "") + (step.ReadsBefore ? before : "S_t") + "[k]" + (step.Complex ? ")" : "");
        read = step.Bonus is null ? read : $"({read} + u[k] {drive})";
        return $"S_t[k] = a_t{(step.HasGatePerKey ? "[k]" : "")} {before}[k] + {drive}; o_t = {(step.Skip is null ? "" : "D v_t + ")}sum_k {(step.Query is null ? "" : "q_t[k] ")}{read}";
    }

    /// <summary>The text of one kernel.</summary>
    private sealed class Text(CodeWriter writer, StepScope scope, MatrixScanStep step)
    {
        private readonly MatrixKernel _kernel = new(writer, scope, step.Sizes);
        private readonly string _type = CSharp.Name(scope.Plan.Element);
        private readonly int _parts = step.Complex ? 2 : 1;

        public void Write(string name)
        {
            writer.Line("/// <summary>");
            writer.Line($"/// <c>{CSharp.Xml(Formula(step, "S_{t-1}"))}</c>");
            writer.Line($"/// for {_kernel.Text}; {CSharp.Grouped(step.Operations)} flops per time step.");
            writer.Line("/// </summary>");
            string parameters = $"ref readonly {_type} v, ref {_type} o, ref readonly {_type} a{_kernel.Parameter("f", step.Factor)}{_kernel.Parameter("k", step.Key)}{_kernel.Parameter("q", step.Query)}"
                + $"{_kernel.Parameter("u", step.Bonus)}{_kernel.Parameter("d", step.Skip)}, ref {_type} s";
            writer.Kernel(name, scope.Plan.Element, parameters, () =>
            {
                writer.Line("nuint end = (nuint)steps;");
                writer.Block(_kernel.Cells, () =>
                {
                    _kernel.Block("a", step.Gate);
                    _kernel.Block("f", step.Factor);
                    _kernel.Block("k", step.Key);
                    _kernel.Block("q", step.Query);
                    _kernel.Block("u", step.Bonus is null ? null : BonusOperand);
                    writer.Block(_kernel.Values, Values);
                });
            });
        }

        private void Values()
        {
            WriteStart();
            int rows = step.Sizes.Keys * _parts;
            int atATime = KeysAtATime / _parts;
            int whole = step.Sizes.Keys / atATime * atATime;
            if (whole > 0)
            {
                writer.Line();
                writer.Block($"for (nuint n = 0; n < {CSharp.Int(whole)}; n += {CSharp.Int(atATime)})", () => Keys("n", atATime, rows));
            }

            if (whole < step.Sizes.Keys)
            {
                writer.Line();
                writer.Braces(() => Keys(CSharp.Int(whole), step.Sizes.Keys - whole, rows));
            }
        }

        /// <summary>What is in the readouts before the keys are added: the skip, and the bonus of the present input.</summary>
        private void WriteStart()
        {
            if (step.Skip is not null)
            {
                writer.Line("TVector skip = TSimd.Load(in d, h);");
            }

            bool reads = step.Skip is not null || step.Bonus is not null;
            string moves = $"{(reads ? $"x += {_kernel.Stride(step.Sources)}, " : "")}y += {_kernel.Stride(step.Targets)}";
            writer.Block($"for (nuint t = 0, {(reads ? "x = h, " : "")}y = h; t < end; t++, {moves})", () =>
            {
                string start = step.Skip is null ? "TSimd.Zero" : "TSimd.Multiply(skip, TSimd.Load(in v, x))";
                if (step.Bonus is not null)
                {
                    writer.Line($"{_type} bonus = 0;");
                    writer.Block($"for (nuint n = 0; n < {CSharp.Int(step.Sizes.Keys)}; n++)", () => writer.Line(
                        $"bonus += {_kernel.Number("q", step.Query!, "n")} * {_kernel.Number("u", BonusOperand, "n")} * {_kernel.Number("k", step.Key!, "n")};"));
                    writer.Line();
                    string factor = step.Factor is null ? "TSimd.Broadcast(bonus)" : $"TSimd.Broadcast(bonus * {_kernel.Number("f", step.Factor)})";
                    start = $"TSimd.MultiplyAdd({factor}, TSimd.Load(in v, x), {start})";
                }

                writer.Line($"TSimd.Store({start}, ref o, y);");
            });
        }

        /// <summary>The bonus, a block per cell.</summary>
        private ScanOperand BonusOperand => new(null, step.Bonus, step.Sizes.Cells, step.Sizes.Keys);

        private void Keys(string first, int count, int rows)
        {
            int[] keys = [.. Enumerable.Range(0, count)];
            string row = _kernel.FirstRow(rows);
            string origin = first == "0" ? row : $"{row} + ({first} * {CSharp.Int(_parts * _kernel.Columns)})";
            writer.Line($"nuint row = {origin};");
            string Row(int i, int part) => (i * _parts) + part == 0 ? "row" : $"row + {CSharp.Int(((i * _parts) + part) * _kernel.Columns)}";
            string Key(int i) => first == "n" ? i == 0 ? "n" : $"n + {CSharp.Int(i)}" : first == "0" ? CSharp.Int(i) : CSharp.Int(int.Parse(first, System.Globalization.CultureInfo.InvariantCulture) + i);
            foreach (int i in keys)
            {
                writer.Line($"TVector s{i} = TSimd.Load(ref s, {Row(i, 0)}){(step.Complex ? $", z{i} = TSimd.Load(ref s, {Row(i, 1)})" : "")};");
            }

            writer.Block($"for (nuint t = 0, x = h, y = h; t < end; t++, x += {_kernel.Stride(step.Sources)}, y += {_kernel.Stride(step.Targets)})", () =>
            {
                writer.Line($"TVector value = {(step.Factor is null ? "TSimd.Load(in v, x)" : $"TSimd.Multiply({_kernel.Broadcast("f", step.Factor)}, TSimd.Load(in v, x))")};");
                writer.Line("TVector sum = TSimd.Load(ref o, y);");
                if (!step.HasGatePerKey)
                {
                    writer.Line($"TVector gate = {_kernel.Broadcast("a", step.Gate)}{(step.Complex ? $", turn = {_kernel.Broadcast("a", step.Gate, "1")}" : "")};");
                }

                foreach (int i in keys)
                {
                    Action<int, string>[] order = step.ReadsBefore ? [Read, Move] : [Move, Read];
                    foreach (Action<int, string> write in order)
                    {
                        write(i, Key(i));
                    }
                }

                writer.Line("TSimd.Store(sum, ref o, y);");
            });
            foreach (int i in keys)
            {
                writer.Line($"TSimd.Store(s{i}, ref s, {Row(i, 0)});");
                if (step.Complex)
                {
                    writer.Line($"TSimd.Store(z{i}, ref s, {Row(i, 1)});");
                }
            }
        }

        private void Move(int i, string key)
        {
            string drive = step.Key is null ? "value" : $"TSimd.Multiply({_kernel.Broadcast("k", step.Key, key)}, value)";
            if (!step.Complex)
            {
                string gate = step.HasGatePerKey ? _kernel.Broadcast("a", step.Gate, key) : "gate";
                writer.Line(step.Key is null
                    ? $"s{i} = TSimd.MultiplyAdd({gate}, s{i}, value);"
                    : $"s{i} = TSimd.MultiplyAdd({_kernel.Broadcast("k", step.Key, key)}, value, TSimd.Multiply({gate}, s{i}));");
                return;
            }

            writer.Line($"TVector r{i} = TSimd.MultiplyAdd(gate, s{i}, TSimd.NegateMultiplyAdd(turn, z{i}, {drive}));");
            writer.Line($"z{i} = TSimd.MultiplyAdd(gate, z{i}, TSimd.Multiply(turn, s{i}));");
            writer.Line($"s{i} = r{i};");
        }

        private void Read(int i, string key) => writer.Line(step.Query is null
            ? $"sum = TSimd.Add(sum, s{i});"
            : $"sum = TSimd.MultiplyAdd({_kernel.Broadcast("q", step.Query, key)}, s{i}, sum);");
    }
}
