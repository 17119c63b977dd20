using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the delta rule: the values of a cell are lanes; the state stays in memory, and each of its rows is read and written once per step: what the next step asks of
/// it, k_{t+1}^T S_t, is summed on the way.
/// </summary>
internal sealed class DeltaScanKernel : StepWriter<DeltaScanStep>
{
    private const int MostKeysAtATime = 4;
    private const int Sums = 2;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, DeltaScanStep step) => MatrixKernel.Call(
        scope,
        step,
        "DeltaScan",
        before => Formula(step, before),
        "The sums over the keys that the next step needs are made while a step writes the state.",
        [("b", step.Beta), ("a", step.Gate), ("k", step.Key), ("q", step.Query), (MatrixKernel.Skip, MatrixKernel.Readouts(step.Skip, step.Sizes))],
        (writer, kernel) => new Text(writer, kernel, step).Values());

    private static string Formula(DeltaScanStep step, string before)
    {
        string gate = step.Gate is null ? "" : "alpha_t ";
        return $"S_t[k] = {gate}{before}[k] + k_t[k] beta_t (v_t - {gate}sum_j k_t[j] {before}[j]); o_t = {(step.Skip is null ? "" : "D v_t + ")}sum_k q_t[k] S_t[k]";
    }

    /// <summary>The text within the loops of one kernel.</summary>
    private sealed class Text(CodeWriter writer, MatrixKernel kernel, DeltaScanStep step)
    {
        private readonly int _whole = step.Sizes.Keys / MostKeysAtATime * MostKeysAtATime;

        /// <summary>What is done with a vector of values.</summary>
        public void Values()
        {
            writer.Line($"nuint row = {kernel.FirstRow(step.Sizes.Keys)};");
            if (step.Skip is not null)
            {
                writer.Line("TVector skip = TSimd.Load(in d, h);");
            }

            writer.Line("TVector p0 = TSimd.Zero, p1 = TSimd.Zero; // sum_j k_t[j] S_(t-1)[j], even and odd keys");
            Rows((i, key) => writer.Line($"p{i % Sums} = TSimd.MultiplyAdd({kernel.Broadcast("k", step.Key, key, "0")}, TSimd.Load(ref s, {Row(i)}), p{i % Sums});"));
            writer.Line();
            writer.Block($"for (nuint t = 0, x = h, y = h; t < end; t++, x += {kernel.Stride(step.Sources)}, y += {kernel.Stride(step.Targets)})", Step);
        }

        private void Step()
        {
            writer.Line("nuint next = t + 1 < end ? t + 1 : t; // what is summed for a step after the chunk is made again there");
            if (step.Gate is not null)
            {
                writer.Line($"TVector gate = {kernel.Broadcast("a", step.Gate)};");
            }

            writer.Line("TVector value = TSimd.Load(in v, x), p = TSimd.Add(p0, p1);");
            string missing = step.Gate is null ? "TSimd.Subtract(value, p)" : "TSimd.NegateMultiplyAdd(gate, p, value)";
            writer.Line($"TVector change = TSimd.Multiply({kernel.Broadcast("b", step.Beta)}, {missing});");
            writer.Line($"TVector sum0 = {(step.Skip is null ? "TSimd.Zero" : "TSimd.Multiply(skip, value)")}, sum1 = TSimd.Zero;");
            writer.Line("p0 = TSimd.Zero;");
            writer.Line("p1 = TSimd.Zero;");
            Rows((i, key) =>
            {
                string state = $"TSimd.Load(ref s, {Row(i)})";
                writer.Line($"TVector s{i} = TSimd.MultiplyAdd({kernel.Broadcast("k", step.Key, key)}, change, {(step.Gate is null ? state : $"TSimd.Multiply(gate, {state})")});");
                writer.Line($"TSimd.Store(s{i}, ref s, {Row(i)});");
                writer.Line($"sum{i % Sums} = TSimd.MultiplyAdd({kernel.Broadcast("q", step.Query, key)}, s{i}, sum{i % Sums});");
                writer.Line($"p{i % Sums} = TSimd.MultiplyAdd({kernel.Broadcast("k", step.Key, key, "next")}, s{i}, p{i % Sums});");
            });
            writer.Line();
            writer.Line("TSimd.Store(TSimd.Add(sum0, sum1), ref o, y);");
        }

        /// <summary>Writes what is done with every key, a few at a time; even keys go to the even sums wherever they are.</summary>
        private void Rows(System.Action<int, string> write)
        {
            int[] few = [.. Enumerable.Range(0, MostKeysAtATime)];
            if (_whole > 0)
            {
                writer.Block($"for (nuint n = 0, m = row; n < {CSharp.Int(_whole)}; n += {MostKeysAtATime}, m += {CSharp.Int(MostKeysAtATime * kernel.Columns)})", () =>
                {
                    foreach (int i in few)
                    {
                        write(i, i == 0 ? "n" : $"n + {i}");
                    }
                });
            }

            if (_whole < step.Sizes.Keys)
            {
                writer.Line();
                writer.Braces(() =>
                {
                    writer.Line($"nuint m = row{(_whole == 0 ? "" : $" + {CSharp.Int(_whole * kernel.Columns)}")};");
                    foreach (int i in few.Take(step.Sizes.Keys - _whole))
                    {
                        write(i, CSharp.Int(_whole + i));
                    }
                });
            }
        }

        private string Row(int i) => i == 0 ? "m" : $"m + {CSharp.Int(i * kernel.Columns)}";
    }
}
