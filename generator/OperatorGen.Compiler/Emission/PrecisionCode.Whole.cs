using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <content>The members of a model that is not causal: they evaluate whole sequences, and there is no state that a caller could hold.</content>
internal sealed partial class PrecisionCode
{
    private void WriteWholeMembers(CodeWriter writer)
    {
        string rows = $"global::System.ReadOnlySpan<{_type}> input, global::System.Span<{_type}> output";
        string row = _plan.Pooled ? $"[OutputWidth], that of {(_plan.SumWidth > 0 ? "the mean over all samples" : "the last sample")}" : "[time, OutputWidth], row-major";
        string pool = Pool;
        WriteWholeSummary(writer, row);
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"public void Forward({rows}) => Forward(input, output, global::OperatorGen.VectorWidth.Widest);");
        writer.Line();
        WriteWholeSummary(writer, row, "/// <param name=\"width\">The vector width; results agree between widths up to rounding.</param>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block($"public void Forward({rows}, global::OperatorGen.VectorWidth width)", () =>
        {
            writer.Line("int steps = global::OperatorGen.SequenceArguments.Check(input, output, InputWidth, OutputWidth, Pooled, 0L);");
            CheckLength(writer, "steps", "0L", whole: true);
            writer.Line($"Shared.{_state} state = {pool}.Rent();");
            writer.Line("state.Reset();");
            writer.Line("state.Run(input, output, steps, width);");
            writer.Line($"{pool}.Return(state);");
        });
        writer.Line();
        WriteBatch(writer, pool);
        writer.Line();
        WriteWholeTensors(writer, pool);
        WriteDecisions(writer);
    }

    private static void WriteWholeSummary(CodeWriter writer, string row, params string[] parameters)
    {
        writer.Line("/// <summary>Evaluates a whole sequence: an output depends on later samples too. The memory that it works in grows with the length and is kept for the next call.</summary>");
        writer.Line("/// <param name=\"input\">[time, InputWidth], row-major.</param>");
        writer.Line($"/// <param name=\"output\">{row}.</param>");
        writer.Lines(parameters);
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, the spans overlap, or a pooled model has seen no sample.</exception>");
    }

    private void WriteWholeTensors(CodeWriter writer, string pool)
    {
        writer.Line("/// <summary>Evaluates a batch of whole sequences in tensor spans of any strides.</summary>");
        writer.Line("/// <param name=\"input\">Rank 3, [sequence, time, InputWidth]; or rank 2, one sequence.</param>");
        string rows = _plan.Pooled ? "[sequence, OutputWidth]; or for one sequence [OutputWidth] or [1, OutputWidth]" : "[sequence, time, OutputWidth]; or for one sequence [time, OutputWidth]";
        writer.Line($"/// <param name=\"output\">{rows}.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A shape does not fit.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriorityAttribute(-1)]");
        writer.Block($"public void Forward(in global::System.Numerics.Tensors.ReadOnlyTensorSpan<{_type}> input, in global::System.Numerics.Tensors.TensorSpan<{_type}> output)", () =>
        {
            writer.Line($"Shared.{_state} evaluator = {pool}.Rent();");
            writer.Line("global::OperatorGen.TensorForward.RunWhole(");
            writer.Line("    input, output, evaluator, InputWidth, OutputWidth, Pooled,");
            writer.Line("    static (input, output, state, _) =>");
            writer.Line("    {");
            if (_input.Model.Length is { } length)
            {
                writer.Line($"        global::OperatorGen.SequenceArguments.CheckLength(input.Length / InputWidth, 0L, {CSharp.Int(length.Steps)}, {CSharp.Bool(length.Exact)});");
            }

            writer.Line("        state.Reset();");
            writer.Line("        state.Run(input, output, input.Length / InputWidth, global::OperatorGen.VectorWidth.Widest);");
            writer.Line("    });");
            writer.Line($"{pool}.Return(evaluator);");
        });
    }

    /// <summary>Writes what a call works in, into the class of what all instances share; nothing where the model is causal, since its states do that.</summary>
    public void WriteEvaluator(CodeWriter writer)
    {
        if (_plan.IsCausal)
        {
            return;
        }

        writer.Line();
        writer.Line("/// <summary>What one call works in: recurrent memory, running sums, scratch, and what its passes leave to each other of the whole sequence.</summary>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block($"internal sealed class {_state} : global::OperatorGen.SequenceWorkspace<{_type}>", () =>
        {
            WriteConstructor(writer, $"{CSharp.Int(_plan.StateLength)}, {CSharp.Int(_plan.SumWidth)}, {CSharp.Int(_plan.ScratchLength)}, {CSharp.Int(_plan.SequenceStride)}");
            writer.Line();
            _steps.WriteRun(writer);
        });
    }
}
