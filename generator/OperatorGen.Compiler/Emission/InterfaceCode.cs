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
        plans.Count == 0 ? Model : string.Join(", ", plans.Select(plan => Streaming(CSharp.Name(plan.Element))));

    /// <summary>Writes what is known before a model runs.</summary>
    public static void WriteMetadata(CodeWriter writer)
    {
        writer.Line("// The members of the shared interfaces, for generic code and dependency injection.");
        Write(writer, $"static string {Model}.ModelHash => ModelHash;");
        Write(writer, $"static string {Model}.OperatorText => OperatorText;");
        Write(writer, $"static int {Model}.InputWidth => InputWidth;");
        Write(writer, $"static int {Model}.OutputWidth => OutputWidth;");
        Write(writer, $"static global::System.Collections.Generic.IReadOnlyList<string> {Model}.Labels => Labels;");
        Write(writer, $"static bool {Model}.IsCausal => IsCausal;");
        Write(writer, $"static bool {Model}.Pooled => Pooled;");
        Write(writer, $"global::OperatorGen.ModelMetadata {Model}.Metadata => Shared.Metadata;");
    }

    /// <summary>Writes evaluation with a state in one precision; without one, the type's public members are the interface's.</summary>
    public static void WriteEvaluation(CodeWriter writer, string type, string state, string create)
    {
        string streaming = Streaming(type);
        string arguments = $"global::OperatorGen.SequenceState<{type}> state, global::OperatorGen.VectorWidth width";
        string own = $"global::OperatorGen.SequenceArguments.StateOf<{state}>(state)";
        Write(writer, $"static global::OperatorGen.Analysis.OperatorDescription {Model}<{type}>.Operator => Operator;");
        Write(writer, $"global::OperatorGen.SequenceState<{type}> {streaming}.CreateState() => {create}();");
        Write(writer, $"void {streaming}.Forward(global::System.ReadOnlySpan<{type}> input, global::System.Span<{type}> output, {arguments}) => Forward(input, output, {own}, width);");
        Write(writer, $"void {streaming}.Step(global::System.ReadOnlySpan<{type}> sample, global::System.Span<{type}> output, {arguments}) => Step(sample, output, {own}, width);");
    }

    private static void Write(CodeWriter writer, string declaration)
    {
        writer.Line(CSharp.GeneratedCode);
        writer.Line(declaration);
    }

    private static string Streaming(string type) => $"global::OperatorGen.IStreamingModel<{type}>";
}
