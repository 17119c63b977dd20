using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes how the states of many streams take one sample each. The rows of the buffers are the streams: what knows of no sequence is done with all rows at a time, as if they were
/// time steps, and so reads its constants once. What belongs to a sequence is done stream by stream, or with several together where its writer knows how.
/// </summary>
/// <param name="plan">The plan, which is causal.</param>
/// <param name="helper">The class that holds kernels and tables.</param>
/// <param name="kernels">The kernels of the file.</param>
/// <param name="state">The type of states.</param>
/// <param name="code">Writes what a single sequence needs too.</param>
internal sealed class ManyCode(EvaluationPlan plan, string helper, KernelSet kernels, string state, StepCode code)
{
    private readonly string _type = CSharp.Name(plan.Element);
    private readonly List<(IReadOnlyList<PlanStep> Steps, bool IsHead)> _runs = []; // of steps of one sequence each, which have a method

    private bool HasTokens => plan.Vocabulary is not null;

    private string Input => HasTokens ? "global::System.ReadOnlySpan<int> tokens" : $"global::System.ReadOnlySpan<{_type}> input";

    private string Output => $"global::System.Span<{_type}> {OutputName}";

    private string InputName => HasTokens ? "tokens" : "input";

    private string OutputName => HasTokens ? "logits" : "output";

    private string States => $"global::System.ReadOnlySpan<{state}> states";

    private string Constraints => "\n    " + CSharp.WidthConstraints(plan.Element);

    /// <summary>Writes RunMany and what it calls.</summary>
    public void Write(CodeWriter writer)
    {
        string arguments = $"states, {InputName}, {OutputName}{code.Weights("in weights")}";
        writer.Block($"internal static void RunMany({States}, {Input}, {Output}, global::OperatorGen.VectorWidth width)", () =>
        {
            writer.Block("if (states.IsEmpty)", () => writer.Line("return;"));
            writer.Line();
            code.WriteLease(writer, "states[0]._model");
            code.WriteWidths(writer, "RunMany", arguments);
        });
        writer.Line();
        writer.Line(CSharp.Kernel);
        writer.Block($"private static void RunMany<TSimd, TVector>({States}, {Input}, {Output}{code.Weights("ref readonly byte weights")}){Constraints}", () =>
        {
            writer.Line($"const int chunk = {CSharp.Int(plan.ChunkLength)};");
            writer.Block("for (int start = 0, count; start < states.Length; start += count)", () =>
            {
                string samples = HasTokens ? "tokens.Slice(start, count)" : "input.Slice(start * InputWidth, count * InputWidth)";
                writer.Line("count = global::System.Math.Min(chunk, states.Length - start);");
                writer.Line($"states[0].Many<TSimd, TVector>(states.Slice(start, count), {samples}, {OutputName}.Slice(start * OutputWidth, count * OutputWidth), count{code.Weights("in weights")});");
            });
        });
        writer.Line();
        writer.Line("// One sample of each of some streams, which are the rows of the buffers; the state whose method this is gives scratch memory and threads.");
        writer.Line(CSharp.Kernel);
        writer.Block($"private void Many<TSimd, TVector>({States}, {Input}, {Output}, int count{code.Weights("ref readonly byte weights")}){Constraints}", () =>
        {
            PlanStep[] steps = [.. plan.Passes.Single().Steps];
            PlanStep[] head = plan.Pooled ? [.. plan.HeadSteps] : [];
            code.WriteReferences(writer, [.. steps, .. head], null, DirectRows.None, memory: false);
            if (steps.Any(WritesMany))
            {
                writer.Line("global::System.Span<int> order = stackalloc int[count];");
                writer.Line($"int even = global::OperatorGen.ManyStreams.EvenFirst<{_type}, {state}>(states, order);");
            }

            WriteSteps(writer, steps, isHead: false);
            writer.Line();
            if (HasTokens)
            {
                writer.Line("// the head, a few rows at a time");
                writer.Block("for (int first = 0, rows; first < count; first += rows)", () =>
                {
                    writer.Line($"rows = global::System.Math.Min({CSharp.Int(EvaluationPlan.HeadRows)}, count - first);");
                    writer.Line($"Head<TSimd, TVector>(logits.Slice(first * OutputWidth, rows * OutputWidth), first, rows{code.Weights("in weights")});");
                });
                writer.Line();
            }

            writer.Block($"foreach ({state} each in states)", () => writer.Line("each.Advance(1);"));
            WriteSteps(writer, head, isHead: true);
        });
        for (int i = 0; i < _runs.Count; i++)
        {
            (IReadOnlyList<PlanStep> run, bool isHead) = _runs[i];
            writer.Line();
            writer.Line(CSharp.Kernel);
            writer.Block($"private void One{CSharp.Int(i)}<TSimd, TVector>(ref {_type} scratch, int row{code.Weights("ref readonly byte weights")}){Constraints}", () =>
            {
                // The head begins with what was pooled, and knows of no time steps.
                if (!isHead)
                {
                    writer.Line("const int count = 1;");
                }

                code.WriteSteps(writer, run, "row", scratch: false);
            });
        }
    }

    private static bool WritesMany(PlanStep step) => StepWriters.Of(step).WritesMany;

    private void WriteSteps(CodeWriter writer, PlanStep[] steps, bool isHead)
    {
        var scope = new StepScope(writer, plan, helper, kernels);
        for (int i = 0; i < steps.Length;)
        {
            writer.Line();
            PlanStep step = steps[i];
            if (WritesMany(step))
            {
                StepWriters.Of(step).WriteMany(scope, step);
                i++;
                continue;
            }

            if (!step.IsOfOneSequence)
            {
                StepWriters.Of(step).Write(scope, step);
                i++;
                continue;
            }

            PlanStep[] run = [.. steps.Skip(i).TakeWhile(next => next.IsOfOneSequence && !WritesMany(next))];
            writer.Line($"// {string.Join("; ", run.Select(next => next.Heading.Replace('\n', ' ').Replace('\r', ' ')).Distinct())}: what belongs to a stream");
            writer.Block("for (int i = 0; i < count; i++)", () => writer.Line($"states[i].One{CSharp.Int(_runs.Count)}<TSimd, TVector>(ref scratch, i{code.Weights("in weights")});"));
            _runs.Add((run, isHead));
            i += run.Length;
        }
    }
}
