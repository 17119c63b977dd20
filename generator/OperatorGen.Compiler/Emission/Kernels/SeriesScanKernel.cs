using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes a state that the series of a matrix moves on: the rows are lanes, and each number of the term before is multiplied with its column. Only columns and vectors of rows
/// that have numbers are in the code. A series without an end counts its terms and substeps from a bound of the norm, which is summed one by one: the same at every width.
/// </summary>
internal sealed class SeriesScanKernel : StepWriter<SeriesScanStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, SeriesScanStep step)
    {
        scope.Comment(step, Formula(step, "(t-1)"));
        string type = CSharp.Name(scope.Plan.Element);
        scope.Call(
            $"SeriesScan{CSharp.Int(step.States)}",
            (writer, name) =>
            {
                var body = new Body(writer, name, step, scope.Plan, scope.Stride);
                writer.Line("/// <summary>");
                writer.Line($"/// <c>{Formula(step, "{t-1}")}</c> for {CSharp.Count(step.States, "state")} and a 1 behind them, {CSharp.Grouped(step.Pattern.Count)} of {CSharp.Grouped((long)step.States * (step.States + 1))} numbers of M;");
                writer.Line(step.Increment is null
                    ? $"/// {CSharp.Grouped(step.Operations)} flops per time step."
                    : $"/// {CSharp.Grouped(step.Operations)} flops per time step with one substep and all {CSharp.Int(step.Terms)} terms. A substep has a norm of at most {CSharp.Int(TaylorLimits.Largest)}; beyond {CSharp.Int(TaylorLimits.MostSubsteps)} substeps x is not a number.");
                writer.Line("/// </summary>");
                string norm = step.Increment is null ? "" : $"ref readonly {type} h, ref readonly {type} a, ";
                writer.Kernel(
                    name,
                    scope.Plan.Element,
                    $"ref readonly {type} m, {norm}ref readonly {type} start, ref {type} y, ref {type} s",
                    body.Write);
                body.WriteMethods();
            },
            StepScope.In(step.Matrix[0]),
            step.Increment is { } increment ? StepScope.In(increment) : "",
            scope.Table(step.Norms),
            scope.Table(step.Start),
            StepScope.Ref(step.Targets[0]),
            scope.Slot(step.Slot));
    }

    private static string Formula(SeriesScanStep step, string before) =>
        !step.KeepsState ? $"x_t = M_t x_{before}"
        : step.Terms == 1 ? $"x_t = x_{before} + M_t x_{before}"
        : $"x_t = sum_(k = 0..{(step.Increment is null ? CSharp.Int(step.Terms) : "K")}) M_t^k x_{before} / k!";

    /// <summary>The text inside of the kernel of a series.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The kernel's name.</param>
    /// <param name="step">The step.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="stride">Elements from one time step of a view to the next.</param>
    private sealed class Body(CodeWriter writer, string name, SeriesScanStep step, EvaluationPlan plan, Func<PlanView, int> stride)
    {
        private const int MostUnrolled = 8;
        private const int MostRuns = 48;
        private const int Together = 4;
        private const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

        private readonly string _type = CSharp.Name(plan.Element);
        private readonly int _columns = plan.Pad(step.States);
        private readonly IReadOnlyList<ColumnPart> _parts = step.Pattern.Parts(plan.Lanes);
        private readonly int _together = step.Pattern.RowsTogether(plan.Lanes);
        private readonly List<(Group Group, bool IsFirst)> _methods = [];

        private bool HasMethods => Groups(step.Pattern).Concat(Groups(step.Pattern.Behind())).Any(group => group.Runs.Sum(run => run.Count) > MostUnrolled);

        /// <summary>Writes it.</summary>
        public void Write()
        {
            writer.Line("nuint end = (nuint)steps, lanes = (nuint)TSimd.Count;");
            writer.Block($"if ({Unsafe}.Add(ref s, {CSharp.Int(step.States)}) == 0) // no time step was before", () => writer.Block($"for (nuint c = 0; c < {CSharp.Int(plan[step.Slot].Columns)}; c += lanes)", () => writer.Line("TSimd.Store(TSimd.Load(in start, c), ref s, c);")));
            writer.Line();
            if (HasMethods)
            {
                writer.Line($"ref {_type} matrix = ref {Unsafe}.AsRef(in m);");
            }

            if (step.Increment is not null)
            {
                string limits = string.Join(", ", TaylorLimits.Of(plan.Element).Select(limit => CSharp.Literal(limit, plan.Element)));
                writer.Line($"global::System.ReadOnlySpan<{_type}> limits = [{limits}]; // the largest norm for 1, 2, ... terms");
                writer.Line($"ref {_type} bounds = ref {Unsafe}.AsRef(in a), increments = ref {Unsafe}.AsRef(in h);");
            }

            string next = step.Increment is { } h ? $", g += {CSharp.Int(stride(h))}" : "";
            writer.Block($"for (nuint t = 0, i = 0, o = 0{(next.Length == 0 ? "" : ", g = 0")}; t < end; t++, i += {CSharp.Int(stride(step.Matrix[0]))}, o += {CSharp.Int(stride(step.Targets[0]))}{next})", () =>
            {
                writer.Line($"ref {_type} z = ref {Unsafe}.Add(ref y, o);");
                if (step.Terms > 1)
                {
                    writer.Line($"ref {_type} x = ref {Unsafe}.Add(ref z, {CSharp.Int(_columns)});");
                    writer.Line($"ref {_type} w = ref {Unsafe}.Add(ref z, {CSharp.Int(2 * _columns)});");
                }

                if (step.Increment is null)
                {
                    Whole();
                }
                else
                {
                    Cut(step.Increment.Width);
                }
            });
        }

        /// <summary>All terms of a series with an end.</summary>
        private void Whole()
        {
            First(null);
            IReadOnlyList<ColumnPattern> powers = step.Terms == 1 ? [] : [.. step.Pattern.Powers()!.Skip(1).Take(step.Terms - 1)];
            if (powers.Sum(power => Groups(power).Sum(group => group.Runs.Count)) <= MostRuns)
            {
                for (int k = 2; k <= step.Terms; k++)
                {
                    (string from, string to) = k % 2 == 0 ? ("x", "w") : ("w", "x");
                    Further(powers[k - 2], from, to, $"TSimd.Constant({CSharp.Int(k)}d)", isLast: k == step.Terms);
                }
            }
            else
            {
                writer.Block($"for (int k = 2; k <= {CSharp.Int(step.Terms)}; k++)", () => Next("k"));
            }

            Keep();
        }

        /// <summary>As many substeps and terms as the norm asks for.</summary>
        private void Cut(int increments)
        {
            writer.Line($"{_type} norm = 0;");
            writer.Block($"for (nuint j = 0; j < {CSharp.Int(increments)}; j++)", () => writer.Line($"norm += {Unsafe}.Add(ref bounds, j) * global::System.Math.Abs({Unsafe}.Add(ref increments, g + j));"));
            writer.Line();
            writer.Line($"bool isWithin = norm <= {CSharp.Int(TaylorLimits.Largest * TaylorLimits.MostSubsteps)};");
            writer.Line($"{_type} parts = isWithin ? {_type}.Max(1, {_type}.Ceiling(norm / {CSharp.Int(TaylorLimits.Largest)})) : {_type}.NaN, rest = norm / parts;");
            writer.Block("for (int count = isWithin ? (int)parts : 1; count > 0; count--)", () =>
            {
                First("TSimd.Broadcast(parts)");
                writer.Block($"for (int k = 1; k < {CSharp.Int(step.Terms)} && rest > limits[k - 1];)", () =>
                {
                    writer.Line("k++;");
                    Next("parts * k");
                });
                Keep();
            });
        }

        /// <summary>The first term, and the state plus it.</summary>
        private void First(string? divisor)
        {
            int at = 0;
            foreach (Group group in Groups(step.Pattern))
            {
                Untouched(at, group.First);
                at = group.End;
                Products(group, "s", "x", divisor, isFirst: true, isLast: step.Terms == 1);
            }

            Untouched(at, step.States);
        }

        /// <summary>Rows that the matrix does not reach.</summary>
        private void Untouched(int first, int end)
        {
            if (first < end)
            {
                Blocks(first, end, () => writer.Line($"TSimd.Store({(step.KeepsState ? "TSimd.Load(ref s, c)" : "TSimd.Zero")}, ref z, c);"));
            }
        }

        /// <summary>A further term by the whole matrix, in a loop; the two places of terms change their names.</summary>
        private void Next(string divisor)
        {
            writer.Line($"TVector factor = TSimd.Broadcast({divisor});");
            ColumnPattern behind = step.Pattern.Behind();
            Further(behind, "x", "w", "factor", isLast: false);
            List<Group> still = Groups(behind);
            for (int first = 0; first < _columns; first += _together)
            {
                int start = first;
                if (!still.Any(group => group.First <= start && start < group.End) && Groups(step.Pattern).Any(group => group.First <= start && start < group.End))
                {
                    Blocks(start, start + _together, () => writer.Line("TSimd.Store(TSimd.Zero, ref w, c);"));
                }
            }

            writer.Line($"ref {_type} used = ref x;");
            writer.Line("x = ref w;");
            writer.Line("w = ref used;");
        }

        private void Further(ColumnPattern pattern, string from, string to, string divisor, bool isLast)
        {
            foreach (Group group in Groups(pattern))
            {
                Products(group, from, to, divisor, isFirst: false, isLast);
            }
        }

        /// <summary>The state as the next step finds it, and the 1 behind it.</summary>
        private void Keep()
        {
            Blocks(0, step.States, () => writer.Line("TSimd.Store(TSimd.Load(ref z, c), ref s, c);"));

            // A last vector may have written over the 1: it is no state.
            writer.Line($"{Unsafe}.Add(ref s, {CSharp.Int(step.States)}) = 1;");
        }

        /// <summary>A loop over vectors of rows, from a widest vector on; what is behind the last state is nobody's.</summary>
        private void Blocks(int first, int end, Action body) =>
            writer.Block($"for (nuint c = {CSharp.Int(first)}; c < {CSharp.Int(Math.Min(end, step.States))}; c += lanes)", body);

        /// <summary>
        /// The rows of M of a group times a term, divided, kept for the next term and added to the state. Each row is summed in the order of the columns. Of many columns that is a method of its own, since the
        /// JIT stops inlining in large methods.
        /// </summary>
        private void Products(Group group, string from, string to, string? divisor, bool isFirst, bool isLast)
        {
            if (group.Runs.Sum(run => run.Count) > MostUnrolled)
            {
                int index = _methods.FindIndex(method => method.IsFirst == isFirst && method.Group.First == group.First && method.Group.End == group.End && method.Group.Runs.SequenceEqual(group.Runs));
                if (index < 0)
                {
                    index = _methods.Count;
                    _methods.Add((group, isFirst));
                }

                string others = (step.Terms > 1 ? ", ref " + to : "") + (isFirst ? ", ref s" : "") + ", ref z" + (step.Terms > 1 ? ", " + (divisor ?? "TSimd.Constant(1d)") : "");
                writer.Line($"{name}Rows{CSharp.Int(index)}<TSimd, TVector>(in {Unsafe}.Add(ref matrix, i), ref {from}{others});");
                return;
            }

            Blocks(group.First, group.End, () =>
            {
                string sum = "";
                foreach (Run run in group.Runs)
                {
                    for (int k = 0; k < run.Count; k++)
                    {
                        string number = $"TSimd.Broadcast({Unsafe}.Add(ref {from}, {CSharp.Int(run.Column + k)}))", column = $"TSimd.Load(in m, {At("i + c", run.Base + (k * run.Stride))})";
                        sum = sum.Length == 0 ? $"TSimd.Multiply({column}, {number})" : $"TSimd.MultiplyAdd({column}, {number}, {sum})";
                    }
                }

                writer.Line($"TVector next = {Divided(sum, divisor)};");
                Use("next", "c", isLast ? null : to, isFirst ? "s" : "z");
            });
        }

        private static string Divided(string sum, string? divisor) => divisor switch
        {
            null => sum,
            "TSimd.Constant(2d)" => $"TSimd.Multiply({sum}, TSimd.Constant(0.5d))",
            _ => $"TSimd.Divide({sum}, {divisor})",
        };

        /// <summary>Keeps a vector of a term and adds it.</summary>
        private void Use(string next, string at, string? to, string state)
        {
            if (to is not null)
            {
                writer.Line($"TSimd.Store({next}, ref {to}, {at});");
            }

            writer.Line($"TSimd.Store({(step.KeepsState ? $"TSimd.Add(TSimd.Load(ref {state}, {at}), {next})" : next)}, ref z, {at});");
        }

        /// <summary>Writes the methods of groups of many columns: four vectors of rows are summed together, since each product waits for the one before it.</summary>
        public void WriteMethods()
        {
            for (int i = 0; i < _methods.Count; i++)
            {
                (Group group, bool isFirst) = _methods[i];
                string to = step.Terms > 1 ? $", ref {_type} to" : "", divisor = step.Terms > 1 ? ", TVector divisor" : "";
                writer.Line();
                writer.Line($"/// <summary>{(isFirst ? "The first term" : "A further term")} in the rows {CSharp.Int(group.First)} to {CSharp.Int(Math.Min(group.End, step.States) - 1)}.</summary>");
                writer.KernelMethod("private", $"{name}Rows{CSharp.Int(i)}", plan.Element, $"ref readonly {_type} m, ref {_type} from{to}{(isFirst ? $", ref {_type} s" : "")}, ref {_type} z{divisor}", () =>
                {
                    string limit = CSharp.Int(Math.Min(group.End, step.States));
                    writer.Line($"nuint c = {CSharp.Int(group.First)}, lanes = (nuint)TSimd.Count;");
                    writer.Block($"for (; c + ({CSharp.Int(Together - 1)} * lanes) < {limit}; c += {CSharp.Int(Together)} * lanes)", () => Tile(group, Together, isFirst));
                    writer.Line();
                    writer.Block($"for (; c < {limit}; c += lanes)", () => Tile(group, 1, isFirst));
                });
            }
        }

        private void Tile(Group group, int vectors, bool isFirst)
        {
            int[] all = [.. Enumerable.Range(0, vectors)];
            writer.Line($"TVector {string.Join(", ", all.Select(v => $"sum{v} = TSimd.Zero"))};");
            foreach (Run run in group.Runs)
            {
                writer.Block($"for (nuint j = {CSharp.Int(run.Column)}, k = {At("c", run.Base)}; j < {CSharp.Int(run.Column + run.Count)}; j++, k += {CSharp.Int(run.Stride)})", () =>
                {
                    writer.Line($"TVector number = TSimd.Broadcast({Unsafe}.Add(ref from, j));");
                    foreach (int v in all)
                    {
                        writer.Line($"sum{v} = TSimd.MultiplyAdd(TSimd.Load(in m, {Vector("k", v)}), number, sum{v});");
                    }
                });
                writer.Line();
            }

            foreach (int v in all)
            {
                if (step.Terms > 1)
                {
                    writer.Line($"sum{v} = TSimd.Divide(sum{v}, divisor);");
                }

                Use($"sum{v}", Vector("c", v), step.Terms > 1 ? "to" : null, isFirst ? "s" : "z");
            }
        }

        private static string Vector(string start, int vectors) => vectors == 0 ? start : vectors == 1 ? $"{start} + lanes" : $"{start} + ({CSharp.Int(vectors)} * lanes)";

        private static string At(string index, int start) => start == 0 ? index : start > 0 ? $"{index} + {CSharp.Int(start)}" : $"{index} - {CSharp.Int(-start)}";

        /// <summary>The vectors of rows in which a pattern has numbers, those with the same columns together.</summary>
        private List<Group> Groups(ColumnPattern pattern)
        {
            List<Group> groups = [];
            for (int first = 0; first < _columns; first += _together)
            {
                int start = first;
                int end = Math.Min(first + _together, _columns);
                ColumnPart[] parts = [.. _parts.Where(part => pattern.Rows[part.Column].Any(row => row >= start && row < start + _together))];
                if (parts.Length == 0)
                {
                    continue;
                }

                List<Run> runs = [];
                foreach (ColumnPart part in parts)
                {
                    int place = part.Offset - part.FirstRow;
                    Run? last = runs.Count == 0 ? null : runs[runs.Count - 1];
                    if (last is not null && last.Column + last.Count == part.Column && (last.Count == 1 || last.Base + (last.Count * last.Stride) == place))
                    {
                        runs[runs.Count - 1] = last with { Count = last.Count + 1, Stride = last.Count == 1 ? place - last.Base : last.Stride };
                    }
                    else
                    {
                        runs.Add(new Run(part.Column, 1, place, 0));
                    }
                }

                Group? before = groups.Count == 0 ? null : groups[groups.Count - 1];
                if (before is not null && before.End == first && before.Runs.SequenceEqual(runs))
                {
                    groups[groups.Count - 1] = before with { End = end };
                }
                else
                {
                    groups.Add(new Group(first, end, runs));
                }
            }

            return groups;
        }

        /// <summary>Rows whose numbers are in the same columns.</summary>
        private sealed record Group(int First, int End, IReadOnlyList<Run> Runs);

        /// <summary>Columns side by side, at equal distances in memory: column j begins at Base + (j - Column) Stride, counted as if it had all rows.</summary>
        private sealed record Run(int Column, int Count, int Base, int Stride);
    }
}
