using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// The members of a type whose weights are external: how it is loaded, what it keeps, and how it is disposed. Such a type has one precision; what others keep in the
/// class <c>Shared</c> is kept by the instance where it depends on the numbers.
/// </summary>
/// <param name="input">All that the file depends on.</param>
/// <param name="plan">The plan.</param>
/// <param name="state">The name of the class that a call works in: the type's states.</param>
internal sealed class ExternalCode(EmissionInput input, EvaluationPlan plan, string state)
{
    private const string WeightsType = "global::OperatorGen.ExternalWeights";
    private const string LayoutType = "global::OperatorGen.WeightLayout";
    private const string TableType = "global::OperatorGen.WeightTable";

    /// <summary>The methods that are written, as <see cref="TypeTarget.Methods"/> has those of the user.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["Load(string, bool)", "Load(System.IO.Stream)", "Load(System.ReadOnlyMemory<byte>)", "Dispose()"];

    private string Type => CSharp.Identifier(input.Target.Name);

    /// <summary>Writes the members.</summary>
    public void Write(CodeWriter writer)
    {
        writer.Block($"private {Type}({WeightsType} weights)", () => writer.Line("Loaded = new LoadedWeights(this, weights);"));
        writer.Line();
        WriteLoad(
            writer,
            "Loads a packed file of weights. The header, hashes, names, types and shapes are checked; the numbers are not looked at.",
            [
                "<param name=\"path\">The file that <c>operatorgen pack</c> wrote for this model.</param>",
                "<param name=\"copy\">False to map the file: a file that is cut or rewritten meanwhile then ends the process. True to read it whole into memory.</param>",
            ],
            "string path, bool copy = false",
            "Open(path, copy, LoadedWeights.Layout)",
            ["<exception cref=\"global::System.IO.IOException\">There is no such file, or it cannot be read.</exception>"]);
        WriteLoad(
            writer,
            "Reads a packed file of weights into memory.",
            ["<param name=\"stream\">The file, from where the stream stands to its end; it stays open.</param>"],
            "global::System.IO.Stream stream",
            "Read(stream, LoadedWeights.Layout)",
            []);
        WriteLoad(
            writer,
            "Copies a packed file of weights.",
            ["<param name=\"file\">The whole file, which is not used afterwards.</param>"],
            "global::System.ReadOnlyMemory<byte> file",
            "Read(file, LoadedWeights.Layout)",
            []);
        writer.Member(
            "The model file of shapes that the code was made of: all that packing weights for the type needs.",
            $"public static string ModelFile =>\n    {CSharp.Lines(input.ModelFile!)};");
        writer.Line();
        writer.Member("The identity of the model with these numbers: the weights hash of the file, 64 hexadecimal digits.", "public string ModelHash => Loaded.Weights.Hash;");
        writer.Line();
        writer.Line("/// <summary>Gives the weights back as soon as no call computes with them any more. Later calls throw an <see cref=\"global::System.ObjectDisposedException\"/>.</summary>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line("public void Dispose() => Loaded.Weights.Dispose();");
        writer.Line();
        writer.Line("private LoadedWeights Loaded { get; }");
        writer.Line();
        writer.Line("/// <summary>The weights of one instance, and what depends on them, made at first use.</summary>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block("private sealed class LoadedWeights", () => WriteLoaded(writer));
    }

    private void WriteLoaded(CodeWriter writer)
    {
        writer.Line($"internal readonly {WeightsType} Weights;");
        writer.Line($"internal readonly global::OperatorGen.StatePool<{state}> States;");
        if (plan.IsCausal)
        {
            writer.Line("internal readonly global::OperatorGen.StateLayout StateLayout;");
        }

        writer.Line("internal readonly global::System.Lazy<global::OperatorGen.Analysis.OperatorDescription> Operator;");
        if (input.Explains)
        {
            writer.Line("internal readonly global::System.Lazy<global::OperatorGen.OperatorExplainer> Explainer;");
        }

        if (input.Attributes)
        {
            writer.Line("internal readonly global::System.Lazy<global::OperatorGen.OperatorAttributor> Attributor;");
        }

        writer.Line();
        WriteLayout(writer);
        writer.Line();
        writer.Block($"internal LoadedWeights({Type} model, {WeightsType} weights)", () =>
        {
            writer.Line("Weights = weights;");
            if (plan.IsCausal)
            {
                writer.Line($"StateLayout = new({string.Join(", ", StateText.Arguments(plan, "weights.Hash"))}){StateText.Form(plan)};");
            }

            writer.Line($"States = new(() => new {state}(model));");
            writer.Line("Operator = new(model.CreateOperator);");
            if (input.Explains)
            {
                writer.Line("Explainer = new(() => new global::OperatorGen.OperatorExplainer(model.Operator));");
            }

            if (input.Attributes)
            {
                writer.Line("Attributor = new(() => new global::OperatorGen.OperatorAttributor(model.Operator));");
            }
        });
    }

    private void WriteLoad(CodeWriter writer, string summary, string[] parameters, string signature, string call, string[] further)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Lines([.. parameters.Select(text => "/// " + text)]);
        writer.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">The file is not packed, or packed for another model; the message says what differs.</exception>");
        writer.Line("/// <exception cref=\"global::OperatorGen.Safetensors.SafetensorsException\">The file is malformed.</exception>");
        writer.Lines([.. further.Select(text => "/// " + text)]);
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"public static {Type} Load({signature}) => new({WeightsType}.{call});");
        writer.Line();
    }

    /// <summary>The tables in the order of the file, which is that of the kernels.</summary>
    private void WriteLayout(CodeWriter writer)
    {
        writer.Line($"internal static readonly {LayoutType} Layout = new(");
        List<string> lines = ["ShapeHash"];
        foreach (int i in plan.PackedOrder())
        {
            ConstantTable table = plan.Tables[i];
            lines.Add($"new {TableType}({CSharp.Int(i)}, {CSharp.Literal(table.Name)}, {CSharp.Literal(table.StoredType(plan.Element))}, {CSharp.Int(table.Rows)}, {CSharp.Int(table.Columns)})");
        }

        writer.Line("    " + string.Join(",\n    ", lines) + ");");
    }
}
