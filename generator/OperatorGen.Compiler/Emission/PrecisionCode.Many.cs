using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>The member that takes one sample, or token, of each of many streams.</summary>
internal sealed partial class PrecisionCode
{
    private string ManyMethod =>
        $"ForwardMany(System.ReadOnlySpan<{_state}>, System.ReadOnlySpan<{(_plan.Vocabulary is null ? _type : "int")}>, System.Span<{_type}>, OperatorGen.VectorWidth)";

    /// <summary>Writes the step of many streams, and an empty line behind it.</summary>
    private void WriteMany(CodeWriter writer)
    {
        bool tokens = _plan.Vocabulary is not null;
        (string stream, string sample, string samples, string outputs) = tokens ? ("text", "token", "tokens", "logits") : ("stream", "sample", "samples", "outputs");
        writer.Line($"/// <summary>Takes one {sample} of each of many independent {stream}s and gives what <c>Step</c> gives for each, to the bit; the constants are read once for many {stream}s. Allocates nothing.</summary>");
        writer.Line($"/// <param name=\"states\">One state per {stream}, each different; how many {samples} they have seen may differ. Large products are shared by the threads of the first.</param>");
        writer.Line($"/// <param name=\"{samples}\">{(tokens ? "Ids, [text]" : "[stream, InputWidth], row-major")}.</param>");
        writer.Line($"/// <param name=\"{outputs}\">[{stream}, OutputWidth], row-major.</param>");
        writer.Line("/// <param name=\"width\">The vector width.</param>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A state is null{(_input.IsExternal ? ", was made by another instance" : "")} or is given twice{(_input.Model.Length is null ? "" : ", or its sequence is as long as it may be")}, {(tokens ? "an id is outside of the vocabulary, or a length does not fit" : "a length does not fit, or the spans overlap")}; no state is changed.</exception>");
        writer.Line(CSharp.GeneratedCode);
        string signature = $"global::System.ReadOnlySpan<{_state}> states, global::System.ReadOnlySpan<{(tokens ? "int" : _type)}> {samples}, global::System.Span<{_type}> {outputs}, global::OperatorGen.VectorWidth width = global::OperatorGen.VectorWidth.Widest";
        writer.Block($"public void ForwardMany({signature})", () =>
        {
            string length = _input.Model.Length is { } most ? CSharp.Int(most.Steps) : "null";
            string layout = _input.IsExternal ? "Loaded.StateLayout" : "null";
            writer.Line($"global::OperatorGen.ManyStreams.Check(states, {samples}, {outputs}, {(tokens ? "1" : "InputWidth")}, OutputWidth, {length}, {layout});");
            if (tokens)
            {
                writer.Line("global::OperatorGen.TokenArguments.Check(tokens, Vocabulary);");
            }

            writer.Line($"{_state}.RunMany(states, {samples}, {outputs}, width);");
        });
        writer.Line();
    }
}
