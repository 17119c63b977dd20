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
    protected override void Write(StepScope scope, MatrixScanStep step) => MatrixKernel.Call(
        scope,
        step,
        (step.Complex ? "Complex" : "") + "MatrixScan",
        before => Formula(step, before),
        "",
        [("a", step.Gate), ("f", step.Factor), ("k", step.Key), ("q", step.Query), ("u", Bonus(step)), (MatrixKernel.Skip, MatrixKernel.Readouts(step.Skip, step.Sizes))],
        (writer, kernel) => new Text(writer, kernel, step).Values());

    /// <summary>The bonus, a block per cell; null where there is none.</summary>
    private static ScanOperand? Bonus(MatrixScanStep step) => step.Bonus is null ? null : new ScanOperand(null, step.Bonus, step.Sizes.Cells, step.Sizes.Keys);

    private static string Formula(MatrixScanStep step, string before)
    {
        string drive = $"{(step.Factor is null ? "" : "Delta_t ")}{(step.Key is null ? "" : "k_t[k] ")}v_t";
        string read = (step.Complex ? "Re(" : "") + (step.ReadsBefore ? before : "S_t") + "[k]" + (step.Complex ? ")" : "");
        read = step.Bonus is null ? read : $"({read} + u[k] {drive})";
        return $"S_t[k] = a_t{(step.HasGatePerKey ? "[k]" : "")} {before}[k] + {drive}; o_t = {(step.Skip is null ? "" : "D v_t + ")}sum_k {(step.Query is null ? "" : "q_t[k] ")}{read}";
    }

    /// <summary>The text within the loops of one kernel.</summary>
    private sealed class Text(CodeWriter writer, MatrixKernel kernel, MatrixScanStep step)
    {
        private readonly int _parts = step.Complex ? 2 : 1;

        /// <summary>What is done with a vector of values.</summary>
        public void Values()
        {
            WriteStart();
            int atATime = KeysAtATime / _parts;
            int whole = step.Sizes.Keys / atATime * atATime;
            if (whole > 0)
            {
                writer.Line();
                writer.Block($"for (nuint n = 0; n < {CSharp.Int(whole)}; n += {CSharp.Int(atATime)})", () => Keys(null, atATime));
            }

            if (whole < step.Sizes.Keys)
            {
                writer.Line();
                writer.Braces(() => Keys(whole, step.Sizes.Keys - whole));
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
            string moves = $"{(reads ? $"x += {kernel.Stride(step.Sources)}, " : "")}y += {kernel.Stride(step.Targets)}";
            writer.Block($"for (nuint t = 0, {(reads ? "x = h, " : "")}y = h; t < end; t++, {moves})", () =>
            {
                string start = step.Skip is null ? "TSimd.Zero" : "TSimd.Multiply(skip, TSimd.Load(in v, x))";
                if (Bonus(step) is { } bonus)
                {
                    writer.Line($"{kernel.Type} bonus = 0;");
                    writer.Block($"for (nuint n = 0; n < {CSharp.Int(step.Sizes.Keys)}; n++)", () => writer.Line(
                        $"bonus += {kernel.Number("q", step.Query!, "n")} * {kernel.Number("u", bonus, "n")} * {kernel.Number("k", step.Key!, "n")};"));
                    writer.Line();
                    string factor = step.Factor is null ? "TSimd.Broadcast(bonus)" : $"TSimd.Broadcast(bonus * {kernel.Number("f", step.Factor)})";
                    start = $"TSimd.MultiplyAdd({factor}, TSimd.Load(in v, x), {start})";
                }

                writer.Line($"TSimd.Store({start}, ref o, y);");
            });
        }

        /// <summary>What is done with a few keys.</summary>
        /// <param name="start">The first; null: the loop's n.</param>
        /// <param name="count">How many.</param>
        private void Keys(int? start, int count)
        {
            int[] keys = [.. Enumerable.Range(0, count)];
            string row = kernel.FirstRow(step.Sizes.Keys * _parts);
            string first = start is int number ? CSharp.Int(number) : "n";
            writer.Line($"nuint row = {(start == 0 ? row : $"{row} + ({first} * {CSharp.Int(_parts * kernel.Columns)})")};");
            string Row(int i, int part) => (i * _parts) + part == 0 ? "row" : $"row + {CSharp.Int(((i * _parts) + part) * kernel.Columns)}";
            string Key(int i) => start is int known ? CSharp.Int(known + i) : i == 0 ? "n" : $"n + {CSharp.Int(i)}";
            foreach (int i in keys)
            {
                writer.Line($"TVector s{i} = TSimd.Load(ref s, {Row(i, 0)}){(step.Complex ? $", z{i} = TSimd.Load(ref s, {Row(i, 1)})" : "")};");
            }

            writer.Block($"for (nuint t = 0, x = h, y = h; t < end; t++, x += {kernel.Stride(step.Sources)}, y += {kernel.Stride(step.Targets)})", () =>
            {
                writer.Line($"TVector value = {(step.Factor is null ? "TSimd.Load(in v, x)" : $"TSimd.Multiply({kernel.Broadcast("f", step.Factor)}, TSimd.Load(in v, x))")};");
                writer.Line("TVector sum = TSimd.Load(ref o, y);");
                if (!step.HasGatePerKey)
                {
                    writer.Line($"TVector gate = {kernel.Broadcast("a", step.Gate)}{(step.Complex ? $", turn = {kernel.Broadcast("a", step.Gate, "1")}" : "")};");
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
            writer.Line();
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
            string drive = step.Key is null ? "value" : $"TSimd.Multiply({kernel.Broadcast("k", step.Key, key)}, value)";
            if (!step.Complex)
            {
                string gate = step.HasGatePerKey ? kernel.Broadcast("a", step.Gate, key) : "gate";
                writer.Line(step.Key is null
                    ? $"s{i} = TSimd.MultiplyAdd({gate}, s{i}, value);"
                    : $"s{i} = TSimd.MultiplyAdd({kernel.Broadcast("k", step.Key, key)}, value, TSimd.Multiply({gate}, s{i}));");
                return;
            }

            writer.Line($"TVector r{i} = TSimd.MultiplyAdd(gate, s{i}, TSimd.NegateMultiplyAdd(turn, z{i}, {drive}));");
            writer.Line($"z{i} = TSimd.MultiplyAdd(gate, z{i}, TSimd.Multiply(turn, s{i}));");
            writer.Line($"s{i} = r{i};");
        }

        private void Read(int i, string key) => writer.Line(step.Query is null
            ? $"sum = TSimd.Add(sum, s{i});"
            : $"sum = TSimd.MultiplyAdd({kernel.Broadcast("q", step.Query, key)}, s{i}, sum);");
    }
}
