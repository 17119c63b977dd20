using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes oscillators: oscillators are lanes. Real and imaginary parts go through time together, and two vectors of oscillators where there are as many, since
/// each step waits for the one before it.
/// </summary>
internal sealed class OscillatorScanKernel : StepWriter<OscillatorScanStep>
{
    private static readonly string[] s_parts = ["r", "i"];

    /// <inheritdoc/>
    protected override void Write(StepScope scope, OscillatorScanStep step)
    {
        scope.Comment(step, "(z, x)_t[p] = M[p] (z, x)_(t-1)[p] + f[p] u_t[p]");
        scope.Call(
            $"OscillatorScan{CSharp.Int(step.Oscillators)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, scope.Plan[step.Slot].Columns, scope.Stride(step.Sources[0]), scope.Stride(step.Targets[0])),
            StepScope.Ref(step.Sources[0]),
            StepScope.Ref(step.Targets[0]),
            scope.Table(step.Transition),
            scope.Slot(step.Slot));
    }

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, OscillatorScanStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        writer.Line("/// <summary>");
        writer.Line($"/// <c>(z, x)_t[p] = M[p] (z, x)_{{t-1}}[p] + f[p] u_t[p]</c>, of which x is written, for {CSharp.Count(step.Oscillators, "oscillator")} with complex states; {CSharp.Grouped(step.Operations)} flops per time step.");
        writer.Line("/// </summary>");
        writer.Kernel(name, element, $"ref {type} u, ref {type} y, ref readonly {type} m, ref {type} s", () =>
        {
            writer.Line("nuint lanes = (nuint)TSimd.Count;");
            writer.Line("nuint end = (nuint)steps;");
            writer.Line("nuint h = 0;");
            writer.Block($"for (; h + (2 * lanes) <= {CSharp.Int(columns)}; h += 2 * lanes)", () => WriteVectors(writer, 2, columns, sourceStride, targetStride));
            writer.Line();
            writer.Block($"for (; h < {CSharp.Int(columns)}; h += lanes)", () => WriteVectors(writer, 1, columns, sourceStride, targetStride));
        });
    }

    private static void WriteVectors(CodeWriter writer, int count, int columns, int sourceStride, int targetStride)
    {
        string At(string start, int vector, int row) => start + (vector == 0 ? "" : " + lanes") + (row == 0 ? "" : $" + {CSharp.Int(row * columns)}");
        string[] names = ["a", "b", "c", "d", "e", "f"]; // M11, M12, M21, M22, f1, f2
        for (int i = 0; i < count; i++)
        {
            for (int row = 0; row < names.Length; row++)
            {
                writer.Line($"TVector {names[row]}{i} = TSimd.Load(in m, {At("h", i, row)});");
            }

            for (int part = 0; part < 2; part++)
            {
                writer.Line($"TVector z{s_parts[part]}{i} = TSimd.Load(ref s, {At("h", i, part)}), x{s_parts[part]}{i} = TSimd.Load(ref s, {At("h", i, 2 + part)});");
            }
        }

        writer.Block($"for (nuint t = 0, i = h, o = h; t < end; t++, i += {CSharp.Int(sourceStride)}, o += {CSharp.Int(targetStride)})", () =>
        {
            for (int i = 0; i < count; i++)
            {
                for (int part = 0; part < 2; part++)
                {
                    string p = s_parts[part] + CSharp.Int(i);
                    writer.Line($"TVector u{p} = TSimd.Load(ref u, {At("i", i, part)});");
                    writer.Line($"TVector n{p} = TSimd.MultiplyAdd(a{i}, z{p}, TSimd.MultiplyAdd(b{i}, x{p}, TSimd.Multiply(e{i}, u{p})));");
                    writer.Line($"x{p} = TSimd.MultiplyAdd(c{i}, z{p}, TSimd.MultiplyAdd(d{i}, x{p}, TSimd.Multiply(f{i}, u{p})));");
                    writer.Line($"z{p} = n{p};");
                    writer.Line($"TSimd.Store(x{p}, ref y, {At("o", i, part)});");
                }
            }
        });
        for (int i = 0; i < count; i++)
        {
            for (int part = 0; part < 2; part++)
            {
                string p = s_parts[part] + CSharp.Int(i);
                writer.Line($"TSimd.Store(z{p}, ref s, {At("h", i, part)});");
                writer.Line($"TSimd.Store(x{p}, ref s, {At("h", i, 2 + part)});");
            }
        }
    }
}
