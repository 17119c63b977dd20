using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the selective recurrence: channels are lanes, one mode at a time stays in a register while time runs.</summary>
internal sealed class SelectiveScanKernel : StepWriter<SelectiveScanStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, SelectiveScanStep step)
    {
        scope.Comment(step, "s_t[n] = e^(Delta_t A[n]) s_(t-1)[n] + Delta_t B_t[n] v_t; o_t = D v_t + sum_n C_t[n] s_t[n]");
        scope.Call(
            $"SelectiveScan{CSharp.Int(step.Source.Width)}x{CSharp.Int(step.Modes)}",
            (w, n) => WriteKernel(w, n, scope.Plan, step),
            StepScope.In(step.Source),
            StepScope.Ref(step.Target),
            StepScope.In(step.Delta),
            StepScope.Ref(step.B),
            StepScope.Ref(step.C),
            scope.Table(step.Transition),
            scope.Slot(step.Slot),
            scope.Table(step.Skip));
    }

    private static void WriteKernel(CodeWriter writer, string name, EvaluationPlan plan, SelectiveScanStep step)
    {
        ElementType element = plan.Element;
        string type = CSharp.Name(element);
        int columns = plan[step.Transition].Columns;
        string skip = step.Skip is null ? "" : $", ref readonly {type} d";
        string Stride(PlanView view) => CSharp.Int(plan.Buffers[view.Buffer].Stride);
        string loop = $"for (nuint t = 0, x = h, y = h, z = h, i = n, j = n; t < end; t++, x += {Stride(step.Source)}, y += {Stride(step.Target)}, z += {Stride(step.Delta)}, i += {Stride(step.B)}, j += {Stride(step.C)})";

        writer.Line("/// <summary>");
        writer.Line("/// <c>s_t[n] = e^(Delta_t A[n]) s_{t-1}[n] + Delta_t B_t[n] v_t; o_t = D v_t + sum_n C_t[n] s_t[n]</c>");
        writer.Line($"/// for {CSharp.Count(step.Source.Width, "channel")} of {CSharp.Count(step.Modes, "real mode")} each; about {CSharp.Grouped(step.Operations)} flops per time step.");
        writer.Line("/// </summary>");
        writer.Kernel(name, element, $"ref readonly {type} v, ref {type} o, ref readonly {type} delta, ref {type} b, ref {type} c, ref readonly {type} a, ref {type} s{skip}", () =>
        {
            writer.Line("nuint end = (nuint)steps;");
            writer.Block($"for (nuint h = 0; h < {CSharp.Int(columns)}; h += (nuint)TSimd.Count)", () =>
            {
                if (step.Skip is not null)
                {
                    writer.Line("TVector skip = TSimd.Load(in d, h);");
                }

                writer.Block($"for (nuint t = 0, x = h, y = h; t < end; t++, x += {Stride(step.Source)}, y += {Stride(step.Target)})", () => writer.Line(step.Skip is null
                    ? "TSimd.Store(TSimd.Zero, ref o, y);"
                    : "TSimd.Store(TSimd.Multiply(skip, TSimd.Load(in v, x)), ref o, y);"));
                writer.Line();
                writer.Block($"for (nuint n = 0; n < {CSharp.Int(step.Modes)}; n++)", () =>
                {
                    writer.Line($"nuint row = (n * {CSharp.Int(columns)}) + h;");
                    writer.Line("TVector an = TSimd.Load(in a, row), sn = TSimd.Load(ref s, row);");
                    writer.Block(loop, () =>
                    {
                        writer.Line("TVector step = TSimd.Load(in delta, z);");
                        writer.Line($"TVector gate = {CSharp.Exponential("TSimd.Multiply(step, an)", element)};");
                        writer.Line("TVector u = TSimd.Multiply(step, TSimd.Load(in v, x));");
                        writer.Line("TVector bn = TSimd.Broadcast(global::System.Runtime.CompilerServices.Unsafe.Add(ref b, i));");
                        writer.Line("TVector cn = TSimd.Broadcast(global::System.Runtime.CompilerServices.Unsafe.Add(ref c, j));");
                        writer.Line("sn = TSimd.MultiplyAdd(gate, sn, TSimd.Multiply(u, bn));");
                        writer.Line("TSimd.Store(TSimd.MultiplyAdd(cn, sn, TSimd.Load(ref o, y)), ref o, y);");
                    });
                    writer.Line("TSimd.Store(sn, ref s, row);");
                });
            });
        });
    }
}
