using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes how the operator's description is made at run time: from the constants that the code computes with, so that the description
/// costs no data of its own and tells the truth about the rounded model.
/// </summary>
internal sealed class OperatorCode
{
    private const string Analysis = "global::OperatorGen.Analysis.";

    private readonly EvaluationPlan _plan;
    private readonly string _helper;

    private OperatorCode(EvaluationPlan plan, string helper)
    {
        _plan = plan;
        _helper = helper;
    }

    /// <summary>Writes the method.</summary>
    public static void Write(CodeWriter writer, EmissionInput input, EvaluationPlan plan, string helper)
    {
        var code = new OperatorCode(plan, helper);
        SequenceModel model = input.Model;
        writer.Line($"private static {Analysis}OperatorDescription CreateOperator() => new()");
        writer.Initializer(";", () =>
        {
            Part(writer, "Architecture", CSharp.Literal(model.Architecture));
            Part(writer, "Text", "OperatorText");
            Part(writer, "Order", CSharp.Int(input.Operator.Options.Order));
            Part(writer, "InputWidth", "InputWidth");
            Part(writer, "Pooled", "Pooled");
            Part(writer, "Labels", "Labels");
            Part(writer, "Scaling", code.Scaling(model));
            Part(writer, "Encoder", code.Linear("Encoder", model.Encoder));
            writer.Line($"Layers = new {Analysis}LayerDescription[]");
            writer.Initializer(",", () =>
            {
                for (int i = 0; i < model.Layers.Count; i++)
                {
                    code.Layer(writer, model.Layers[i], plan.Recurrences[i], "Layer" + NumberText.Format(i));
                }
            });
            Part(writer, "Head", code.Linear("Head", model.Head));
            Part(writer, "DeclaredExpansion", code.Expansion(input.Operator));
        });
    }

    // What the model does not have keeps the value of a new description.
    private static void Part(CodeWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.Line($"{name} = {value},");
        }
    }

    /// <summary>The table of fitted polynomials, which stands beside the constants of the first plan; null where there is none.</summary>
    public static ConstantTable? ExpansionTable(SymbolicOperator symbolic)
    {
        if (symbolic is not { Expansion: { } expansion, Options.Expansion: ExpansionKind.Measure or ExpansionKind.Chebyshev })
        {
            return null;
        }

        double[] table = expansion.ToTable();
        int columns = (4 * expansion.Order) + 1;
        const string Summary = "The polynomials of the decoder functions, g(x) ~ sum_k a_k p_k(x), scale_k p_(k+1) = (x - alpha_k) p_k - beta_k p_(k-1), p_0 = 1: "
            + "alpha, beta, scale, a, one row per argument, a layer's readouts before its gates.";
        return new ConstantTable("OperatorExpansion", Summary, table.Length / columns, columns, new TableValues(table));
    }

    /// <summary>How the description makes its expansion: null for Taylor polynomials about 0; fitted ones come out of a table.</summary>
    private string? Expansion(SymbolicOperator symbolic)
    {
        OperatorOptions options = symbolic.Options;
        string order = CSharp.Int(options.Order);
        if (symbolic.Expansion is null || options is { Expansion: ExpansionKind.Taylor, Centre: 0 })
        {
            return null;
        }

        string made = ExpansionTable(symbolic) is { } table
            ? $"FromTable(operators, global::OperatorGen.Symbolics.ExpansionKind.{options.Expansion}, {order}, {_helper}.{table.Name})"
            : options.Expansion == ExpansionKind.Taylor
                ? $"Taylor(operators, {order}, {CSharp.Literal(options.Centre, ElementType.Double)})"
                : $"Of(operators, new {Analysis}ExpansionRequest(global::OperatorGen.Symbolics.ExpansionKind.Exact, {order}))";
        return $"static operators => {Analysis}OperatorExpansion.{made}";
    }

    private void Layer(CodeWriter writer, Layer layer, DescriptionCall recurrence, string prefix)
    {
        string name = CSharp.Literal(layer.Name);
        Decoder decoder = layer.Decoder;
        int[] halves = decoder is { Glu: true, Mixing: { } mixing } ? [mixing.Outputs / 2, mixing.Outputs / 2] : [decoder.Mixing?.Outputs ?? 0];
        writer.Line($"new {Analysis}LayerDescription");
        writer.Initializer(",", () =>
        {
            Part(writer, "Name", name);
            Part(writer, "Width", CSharp.Int(layer.Width));
            Part(writer, "PreNorm", Norm(prefix + "PreNorm", layer.PreNorm));
            Part(writer, "Input", Input(prefix, layer.Input));
            Part(writer, "Recurrence", Call(recurrence));
            Part(writer, "Decoder", Function(decoder.Activation));
            Part(writer, "Gate", decoder.Gate is null ? null : Function(decoder.Gate));
            Part(writer, "Mixing", Linear(prefix + "Mixing", decoder.Mixing, halves));
            Part(writer, "Glu", decoder.Glu ? "true" : null);
            Part(writer, "Residual", layer.Residual ? "true" : null);
            Part(writer, "PostNorm", Norm(prefix + "PostNorm", layer.PostNorm));
        });
    }

    /// <summary>The call that makes a recurrence's description.</summary>
    private string Call(DescriptionCall call)
    {
        string method = call.Method.StartsWith("new ", System.StringComparison.Ordinal) ? "new " + Analysis + call.Method.Substring(4) : Analysis + call.Method;
        return method + "(" + string.Join(", ", call.Arguments.Select(argument => argument.Literal ?? Read(_plan.Tables[argument.Table].Name, [.. argument.Segments]))) + ")";
    }

    private string? Scaling(SequenceModel model) => model.Scaling is null
        ? null
        : $"new {Analysis}ScalingDescription({Read("InputScale", model.InputWidth)}, {Read("InputOffset", model.InputWidth)})";

    private string? Norm(string name, LayerNorm? norm)
    {
        if (norm is null)
        {
            return null;
        }

        LayerNormStep step = _plan.Steps.OfType<LayerNormStep>().First(s => _plan.Tables[s.Table].Name == name);
        return $"{Analysis}NormDescription.FromRows({CSharp.Int(norm.Width)}, {Read(name, norm.Width)}, {CSharp.Literal(step.Epsilon, ElementType.Double)})";
    }

    private string? Input(string prefix, InputStage input)
    {
        if (input == InputStage.None)
        {
            return null;
        }

        int width = (input.Projection?.Outputs ?? 0) - input.GateWidth;
        string convolution = input.Convolution is { } c
            ? $"new {Analysis}ConvolutionDescription({CSharp.Int(c.Channels)}, {CSharp.Int(c.Width)}, {Read(prefix + "Convolution", c.Channels)}, {Read(prefix + "ConvolutionBias", c.Channels)})"
            : "null";
        int[] segments = input.GateWidth == 0 ? [width] : [width, input.GateWidth];
        return $"new {Analysis}InputDescription({Linear(prefix + "Projection", input.Projection, segments) ?? "null"}, {CSharp.Int(input.GateWidth)}, {convolution}, {Function(input.Activation)})";
    }

    private string? Linear(string prefix, Linear? linear, params int[] segments)
    {
        if (linear is null)
        {
            return null;
        }

        int[] widths = segments.Length == 0 ? [linear.Outputs] : segments;
        return $"{Analysis}LinearDescription.FromTransposed({CSharp.Int(linear.Inputs)}, {CSharp.Int(linear.Outputs)}, {Read(prefix + "Weight", widths)}, {Read(prefix + "Bias", widths)})";
    }

    /// <summary>The numbers of a table without padding; each segment starts at a whole vector. A table that the plan has not is null.</summary>
    private string Read(string name, params int[] segments)
    {
        ConstantTable? table = _plan.Tables.FirstOrDefault(t => t.Name == name);
        if (table is null)
        {
            return "null";
        }

        List<string> places = [];
        int start = 0;
        foreach (int width in segments)
        {
            places.Add($"({CSharp.Int(start)}, {CSharp.Int(width)})");
            start += _plan.Pad(width);
        }

        return $"{Analysis}PaddedTable.Read({_helper}.{name}, {CSharp.Int(table.Rows)}, {CSharp.Int(table.Columns)}, {string.Join(", ", places)})";
    }

    private static string Function(DecoderFunction function) => $"global::OperatorGen.Symbolics.DecoderFunctions.Find({CSharp.Literal(function.Name)})!";

    private static string Bool(bool value) => value ? "true" : "false";
}
