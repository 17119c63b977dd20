using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// The interfaces that generated types share. They are implemented explicitly: the type's own members are constants and take the type's own states, and a
/// member that the user declares cannot collide.
/// </summary>
internal static class InterfaceCode
{
    private const string Model = "global::OperatorGen.ISequenceModel";

    /// <summary>The list behind the type's colon. A model with symbols has no plan and is not evaluated.</summary>
    public static string List(EquatableArray<EvaluationPlan> plans) =>
        plans.Count == 0 ? Model : string.Join(", ", plans.Select(plan => plan.Vocabulary is not null ? Language(CSharp.Name(plan.Element)) : plan.IsCausal ? Streaming(CSharp.Name(plan.Element)) : $"{Model}<{CSharp.Name(plan.Element)}>"));

    /// <summary>Writes what is known before a model runs.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="external">Whether the weights are external: what has numbers is no static member.</param>
    public static void WriteMetadata(CodeWriter writer, bool external)
    {
        writer.Line("// The members of the shared interfaces, for generic code and dependency injection.");
        if (!external)
        {
            Write(writer, $"static string {Model}.ModelHash => ModelHash;");
            Write(writer, $"static string {Model}.OperatorText => OperatorText;");
        }

        Write(writer, $"static int {Model}.InputWidth => InputWidth;");
        Write(writer, $"static int {Model}.OutputWidth => OutputWidth;");
        Write(writer, $"static global::System.Collections.Generic.IReadOnlyList<string> {Model}.Labels => Labels;");
        Write(writer, $"static bool {Model}.IsCausal => IsCausal;");
        Write(writer, $"static bool {Model}.Pooled => Pooled;");
        Write(writer, $"global::OperatorGen.ModelMetadata {Model}.Metadata => {(external ? "new(ModelHash, InputWidth, OutputWidth, Labels, IsCausal, Pooled)" : "Shared.Metadata")};");
    }

    /// <summary>Writes evaluation in one precision. Without a state, the type's public members are the interface's.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="type">The number type.</param>
    /// <param name="streaming">The type of states and the method that makes one; null: the model is not causal and has none.</param>
    /// <param name="external">Whether the weights are external: what has numbers is no static member.</param>
    public static void WriteEvaluation(CodeWriter writer, string type, (string State, string Create)? streaming, bool external)
    {
        if (!external)
        {
            Write(writer, $"static global::OperatorGen.Analysis.OperatorDescription {Model}<{type}>.Operator => Operator;");
        }

        if (streaming is not (string state, string create))
        {
            return;
        }

        string face = Streaming(type);
        string arguments = $"global::OperatorGen.SequenceState<{type}> state, global::OperatorGen.VectorWidth width";
        string own = $"global::OperatorGen.SequenceArguments.StateOf<{state}>(state)";
        Write(writer, $"global::OperatorGen.SequenceState<{type}> {face}.CreateState() => {create}();");
        Write(writer, $"void {face}.Forward(global::System.ReadOnlySpan<{type}> input, global::System.Span<{type}> output, {arguments}) => Forward(input, output, {own}, width);");
        Write(writer, $"void {face}.Step(global::System.ReadOnlySpan<{type}> sample, global::System.Span<{type}> output, {arguments}) => Step(sample, output, {own}, width);");
        WriteMany(writer, face, type, state, type, "samples", "outputs");
    }

    /// <summary>Writes evaluation of tokens in one precision.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="type">The number type.</param>
    /// <param name="streaming">The type of states and the method that makes one.</param>
    public static void WriteTokens(CodeWriter writer, string type, (string State, string Create) streaming)
    {
        string face = Language(type);
        string logits = $"global::System.Span<{type}> logits, global::OperatorGen.SequenceState<{type}> state, global::OperatorGen.VectorWidth width";
        string own = $"logits, global::OperatorGen.SequenceArguments.StateOf<{streaming.State}>(state), width";
        Write(writer, $"int {face}.Vocabulary => Vocabulary;");
        Write(writer, $"global::OperatorGen.SequenceState<{type}> {face}.CreateState() => {streaming.Create}();");
        Write(writer, $"void {face}.Forward(global::System.ReadOnlySpan<int> tokens, {logits}) => Forward(tokens, {own});");
        Write(writer, $"void {face}.Prefill(global::System.ReadOnlySpan<int> tokens, {logits}) => Prefill(tokens, {own});");
        Write(writer, $"void {face}.Step(int token, {logits}) => Step(token, {own});");
        WriteMany(writer, face, type, streaming.State, "int", "tokens", "logits");
    }

    private static void WriteMany(CodeWriter writer, string face, string type, string state, string sample, string samples, string outputs) =>
        Write(writer, $"void {face}.ForwardMany(global::System.ReadOnlySpan<global::OperatorGen.SequenceState<{type}>> states, global::System.ReadOnlySpan<{sample}> {samples}, global::System.Span<{type}> {outputs}, global::OperatorGen.VectorWidth width) => ForwardMany(global::OperatorGen.ManyStreams.StatesOf<{type}, {state}>(states), {samples}, {outputs}, width);");

    private static void Write(CodeWriter writer, string declaration)
    {
        writer.Line(CSharp.GeneratedCode);
        writer.Line(declaration);
    }

    private static string Language(string type) => $"global::OperatorGen.ILanguageModel<{type}>";

    private static string Streaming(string type) => $"global::OperatorGen.IStreamingModel<{type}>";
}
