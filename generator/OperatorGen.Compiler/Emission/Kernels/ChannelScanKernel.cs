using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the selective recurrence of channels: channels are lanes, one mode at a time stays in a register while time runs.</summary>
internal sealed class ChannelScanKernel : StepWriter<ChannelScanStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, ChannelScanStep step)
    {
        scope.Comment(step, Formula(step, "s_(t-1)"));
        string shape = $"{(step.Complex ? "Complex" : "")}SelectiveScan{CSharp.Int(step.Source.Width)}x{CSharp.Int(step.Modes)}";
        scope.Call(
            shape,
            (w, n) => new Text(w, scope, step).Write(n),
            StepScope.In(step.Source),
            StepScope.Ref(step.Target),
            StepScope.In(step.Gates[0]),
            scope.Table(step.Transition),
            Operand(scope, step.Key),
            Operand(scope, step.Query),
            scope.Table(step.Skip),
            scope.Slot(step.Slot));
    }

    private static string Operand(StepScope scope, ChannelOperand? operand) =>
        operand is null ? "" : operand.Table is { } table ? scope.Table(table) : StepScope.In(operand.Views[0]);

    private static string Formula(ChannelScanStep step, string before)
    {
        string gate = step.Transition is null ? "a_t" : "e^(Delta_t A[n])";
        (string key, string query) = step.Transition is null ? ("k_t[n]", "q_t[n]") : ("B_t[n]", "C_t[n]");
        string drive = $"{(step.Transition is null ? "" : "Delta_t ")}{(step.Key is null ? "" : key + " ")}v_t";
        string read = step.Query is null ? "s_t[n]" : query + " s_t[n]";
        string sum = step.Modes == 1 ? read : "sum_n " + read;
        return $"s_t[n] = {gate} {before}[n] + {drive}; o_t = {(step.Skip is null ? "" : "D v_t + ")}{(step.Complex ? $"Re({sum})" : sum)}";
    }

    /// <summary>The text of one kernel.</summary>
    private sealed class Text(CodeWriter writer, StepScope scope, ChannelScanStep step)
    {
        private readonly ElementType _element = scope.Plan.Element;
        private readonly string _type = CSharp.Name(scope.Plan.Element);
        private readonly int _columns = scope.Plan.Pad(step.Source.Width);
        private readonly int _parts = step.Complex ? 2 : 1;

        public void Write(string name)
        {
            writer.Line("/// <summary>");
            writer.Line($"/// <c>{CSharp.Xml(Formula(step, "s_{t-1}"))}</c>");
            writer.Line($"/// for {CSharp.Count(step.Source.Width, "channel")} of {CSharp.Count(step.Modes, (step.Complex ? "complex" : "real") + " mode")} each; about {CSharp.Grouped(step.Operations)} flops per time step.");
            writer.Line("/// </summary>");
            string a = step.Transition is null ? "" : $", ref readonly {_type} a";
            string k = step.Key is null ? "" : $", ref readonly {_type} k";
            string q = step.Query is null ? "" : $", ref readonly {_type} q";
            string d = step.Skip is null ? "" : $", ref readonly {_type} d";
            writer.Kernel(name, _element, $"ref readonly {_type} v, ref {_type} o, ref readonly {_type} {Gate}{a}{k}{q}{d}, ref {_type} s", () =>
            {
                writer.Line("nuint end = (nuint)steps;");
                writer.Block($"for (nuint h = 0; h < {CSharp.Int(_columns)}; h += (nuint)TSimd.Count)", Channels);
            });
        }

        private string Gate => step.Transition is null ? "gates" : "delta";

        private void Channels()
        {
            if (step.Skip is not null)
            {
                writer.Line("TVector skip = TSimd.Load(in d, h);");
            }

            writer.Block(
                step.Skip is null
                    ? $"for (nuint t = 0, y = h; t < end; t++, y += {Stride(step.Target)})"
                    : $"for (nuint t = 0, x = h, y = h; t < end; t++, x += {Stride(step.Source)}, y += {Stride(step.Target)})",
                () => writer.Line($"TSimd.Store({(step.Skip is null ? "TSimd.Zero" : "TSimd.Multiply(skip, TSimd.Load(in v, x))")}, ref o, y);"));
            writer.Line();
            writer.Block($"for (nuint n = 0; n < {CSharp.Int(step.Modes)}; n++)", Mode);
        }

        private void Mode()
        {
            writer.Line($"nuint row = (n * {CSharp.Int(_parts * _columns)}) + h;");
            if (step.Transition is not null)
            {
                writer.Line($"TVector ar = TSimd.Load(in a, row){(step.Complex ? $", ai = TSimd.Load(in a, row + {CSharp.Int(_columns)})" : "")};");
            }

            Constant("k", step.Key);
            Constant("q", step.Query);
            writer.Line($"TVector sr = TSimd.Load(ref s, row){(step.Complex ? $", si = TSimd.Load(ref s, row + {CSharp.Int(_columns)})" : "")};");
            string indices = $"x = h, y = h, z = h{Start("i", step.Key)}{Start("j", step.Query)}";
            string moves = $"x += {Stride(step.Source)}, y += {Stride(step.Target)}, z += {Stride(step.Gates[0])}{Move("i", step.Key)}{Move("j", step.Query)}";
            writer.Block($"for (nuint t = 0, {indices}; t < end; t++, {moves})", () =>
            {
                GateAndDrive();
                Signal("k", "i", step.Key);
                Update();
                Signal("q", "j", step.Query);
                Read();
            });
            writer.Line("TSimd.Store(sr, ref s, row);");
            if (step.Complex)
            {
                writer.Line($"TSimd.Store(si, ref s, row + {CSharp.Int(_columns)});");
            }
        }

        private void GateAndDrive()
        {
            if (step.Transition is null)
            {
                writer.Line($"TVector gr = TSimd.Load(in gates, z){(step.Complex ? $", gi = TSimd.Load(in gates, z + {CSharp.Int(_columns)})" : "")};");
                writer.Line("TVector u = TSimd.Load(in v, x);");
                return;
            }

            writer.Line("TVector step = TSimd.Load(in delta, z);");
            string magnitude = CSharp.Exponential("TSimd.Multiply(step, ar)", _element);
            if (step.Complex)
            {
                writer.Line($"global::OperatorGen.Vectors.SineCosine.Invoke<TSimd, TVector, {_type}>(TSimd.Multiply(step, ai), out TVector sine, out TVector cosine);");
                writer.Line($"TVector magnitude = {magnitude};");
                writer.Line("TVector gr = TSimd.Multiply(magnitude, cosine), gi = TSimd.Multiply(magnitude, sine);");
            }
            else
            {
                writer.Line($"TVector gr = {magnitude};");
            }

            writer.Line("TVector u = TSimd.Multiply(step, TSimd.Load(in v, x));");
        }

        private void Update()
        {
            string real = step.Key is null ? "u" : "TSimd.Multiply(kr, u)";
            if (!step.Complex)
            {
                writer.Line($"sr = TSimd.MultiplyAdd(gr, sr, {real});");
                return;
            }

            string turned = step.Key is { Complex: true } ? "TSimd.MultiplyAdd(gi, sr, TSimd.Multiply(ki, u))" : "TSimd.Multiply(gi, sr)";
            writer.Line($"TVector re = TSimd.MultiplyAdd(gr, sr, TSimd.NegateMultiplyAdd(gi, si, {real}));");
            writer.Line($"si = TSimd.MultiplyAdd(gr, si, {turned});");
            writer.Line("sr = re;");
        }

        private void Read()
        {
            string sum = step.Query is null ? "TSimd.Add(sr, TSimd.Load(ref o, y))" : "TSimd.MultiplyAdd(qr, sr, TSimd.Load(ref o, y))";
            writer.Line($"TSimd.Store({(step.Query is { Complex: true } ? $"TSimd.NegateMultiplyAdd(qi, si, {sum})" : sum)}, ref o, y);");
        }

        /// <summary>A constant key or query, loaded once per mode.</summary>
        private void Constant(string name, ChannelOperand? operand)
        {
            if (operand?.Table is not null)
            {
                int parts = operand.Complex ? 2 : 1;
                string row = parts == _parts ? "row" : $"(n * {CSharp.Int(parts * _columns)}) + h";
                writer.Line($"TVector {name}r = TSimd.Load(in {name}, {row}){(operand.Complex ? $", {name}i = TSimd.Load(in {name}, {row} + {CSharp.Int(_columns)})" : "")};");
            }
        }

        /// <summary>A key or query that is a signal, loaded at every step.</summary>
        private void Signal(string name, string index, ChannelOperand? operand)
        {
            if (operand is null or { Table: not null })
            {
                return;
            }

            if (operand.Shared)
            {
                writer.Line($"TVector {name}r = {Broadcast(name, index)}{(operand.Complex ? $", {name}i = {Broadcast(name, index + " + 1")}" : "")};");
            }
            else
            {
                writer.Line($"TVector {name}r = TSimd.Load(in {name}, {index}){(operand.Complex ? $", {name}i = TSimd.Load(in {name}, {index} + {CSharp.Int(_columns)})" : "")};");
            }
        }

        private static string Broadcast(string name, string index) =>
            $"TSimd.Broadcast(global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in {name}), {index}))";

        private string Start(string index, ChannelOperand? operand)
        {
            if (operand is null or { Table: not null })
            {
                return "";
            }

            int numbers = operand.Complex ? 2 : 1;
            return operand.Shared
                ? $", {index} = {(numbers == 1 ? "n" : $"n * {CSharp.Int(numbers)}")}"
                : $", {index} = (n * {CSharp.Int(numbers * _columns)}) + h";
        }

        private string Move(string index, ChannelOperand? operand) => operand is null or { Table: not null } ? "" : $", {index} += {Stride(operand.Views[0])}";

        private string Stride(PlanView view) => CSharp.Int(scope.Stride(view));
    }
}
