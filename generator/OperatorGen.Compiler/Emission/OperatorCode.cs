using System;
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
    private const int LongestCall = 400;

    private readonly string _helper;
    private readonly TableReader _tables;

    private OperatorCode(EvaluationPlan plan, string helper)
    {
        _helper = helper;
        _tables = new TableReader(plan, helper);
    }

    /// <summary>Writes the method.</summary>
    public static void Write(CodeWriter writer, EmissionInput emission, EvaluationPlan plan, string helper)
    {
        var code = new OperatorCode(plan, helper);
        SequenceModel model = emission.Model;
        writer.Line($"private {(emission.IsExternal ? "" : "static ")}{Analysis}OperatorDescription CreateOperator() => new()");
        writer.Initializer(";", () =>
        {
            Part(writer, "Architecture", CSharp.Literal(model.Architecture));
            Part(writer, "Order", CSharp.Int(emission.Request.Order));
            Part(writer, "Vocabulary", model.Embedding is null ? null : "Vocabulary");
            Part(writer, "InputWidth", "InputWidth");
            Part(writer, "Length", model.Length is null ? null : $"new global::OperatorGen.Symbolics.SequenceLength(Steps: {CSharp.Int(model.Length.Steps)}, Exact: {CSharp.Bool(model.Length.Exact)})");
            Part(writer, "Pooling", model.Pooling == Pooling.None ? null : Enumeration(model.Pooling));
            Part(writer, "Output", model.Output == OutputFunction.Scores ? null : Enumeration(model.Output));
            Part(writer, "Labels", "Labels");
            Part(writer, "Scaling", plan.Parts.Input is { } input ? code.Scaling(input) : null);
            Part(writer, "Encoder", code.Linear(plan.Parts.Encoder));
            writer.Line($"Layers = new {Analysis}LayerDescription[]");
            writer.Initializer(",", () =>
            {
                for (int i = 0; i < model.Layers.Count; i++)
                {
                    code.Layer(writer, model.Layers[i], plan.Parts.Layers[i]);
                }
            });
            Part(writer, "Head", code.Linear(plan.Parts.Head));
            Part(writer, "DeclaredExpansion", code.Expansion(emission));
            Part(writer, "Bounds", Bounds(emission.Operator?.Bounds()));
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

    private static string? Bounds(ProvenBounds? bounds) => bounds is null
        ? null
        : $"new {Analysis}ProvenBounds({CSharp.Number(bounds.InputLow)}, {CSharp.Number(bounds.InputHigh)}, {CSharp.Number(bounds.OutputLow)}, {CSharp.Number(bounds.OutputHigh)}, {(bounds.Truncation is { } most ? CSharp.Number(most) : "null")}, {(bounds.Reason is { } reason ? CSharp.Literal(reason) : "null")}, new {Analysis}ProvenLayerBounds[] {{ {string.Join(", ", bounds.Layers.Select(Bounds))} }})";

    private static string Bounds(ProvenLayerBounds layer) =>
        $"new {Analysis}ProvenLayerBounds({CSharp.Number(layer.ReadoutLow)}, {CSharp.Number(layer.ReadoutHigh)}, {(layer.Function is { } error ? $"({CSharp.Number(error.Low)}, {CSharp.Number(error.High)})" : "null")})";

    /// <summary>The table of fitted polynomials, which is beside the constants of the first plan; null where there is none.</summary>
    public static ConstantTable? ExpansionTable(SymbolicOperator? symbolic)
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
    private string? Expansion(EmissionInput emission)
    {
        ExpansionRequest request = emission.Request;
        string order = CSharp.Int(request.Order);
        if (!emission.Explains || request is { Kind: ExpansionKind.Taylor, Centre: 0 })
        {
            return null;
        }

        string made = ExpansionTable(emission.Operator) is { } table
            ? $"FromTable(operators, global::OperatorGen.Symbolics.ExpansionKind.{request.Kind}, {order}, {_helper}.{table.Name})"
            : request.Kind == ExpansionKind.Taylor
                ? $"Taylor(operators, {order}, {CSharp.Literal(request.Centre, ElementType.Double)})"
                : $"Of(operators, new {Analysis}ExpansionRequest(global::OperatorGen.Symbolics.ExpansionKind.Exact, {order}))";
        return $"static operators => {Analysis}OperatorExpansion.{made}";
    }

    private void Layer(CodeWriter writer, Layer layer, LayerSteps steps)
    {
        Decoder decoder = layer.Decoder;
        writer.Line($"new {Analysis}LayerDescription");
        writer.Initializer(",", () =>
        {
            Part(writer, "Name", CSharp.Literal(layer.Name));
            Part(writer, "Width", CSharp.Int(layer.Width));
            Part(writer, "PreNorm", Norm(steps.PreNorm));
            Part(writer, "Input", Input(layer.Input, steps));
            Part(writer, "Recurrence", Call(steps.Recurrence));
            Part(writer, "Decoder", CSharp.Find(decoder.Activation));
            Part(writer, "Gate", decoder.Gate is null ? null : CSharp.Find(decoder.Gate));
            Part(writer, "DecoderNorm", Norm(steps.DecoderNorm));
            Part(writer, "NormAfterGate", decoder.NormAfterGate ? "true" : null);
            Part(writer, "Side", decoder.Side is null ? null : CSharp.Find(decoder.Side));
            Part(writer, "Mixing", Mixing(layer, steps.Mixing));
            Part(writer, "Glu", Glu(decoder.Unit));
            Part(writer, "Residual", layer.Residual ? "true" : null);
            Part(writer, "FeedForward", steps.FeedForward is { } part ? FeedForward(part, layer.FeedForward!.Function) : null);
            Part(writer, "PostNorm", Norm(steps.PostNorm));
        });
    }

    /// <summary>A call in one line, or, where it is long and has calls in it, with an argument per line.</summary>
    private string Call(DescriptionCall call)
    {
        const string New = "new ";
        string method = call.Method.StartsWith(New, StringComparison.Ordinal) ? New + Analysis + call.Method.Substring(New.Length) : Analysis + call.Method;
        string[] arguments = [.. call.Arguments.Select(Argument)];
        string line = $"{method}({string.Join(", ", arguments)})";
        return line.Length <= LongestCall || call.Arguments.All(argument => argument.Call is null)
            ? line
            : $"{method}({string.Concat(arguments.Select((argument, i) => (i == 0 ? "\n    " : ",\n    ") + argument.Replace("\n", "\n    ")))})";
    }

    private string Argument(DescriptionArgument argument) =>
        (argument.Name.Length == 0 ? "" : argument.Name + ": ") + (argument.Call is { } inner ? Call(inner) : argument.Literal ?? _tables.Read(argument.Table, argument.Segments));

    private string? Scaling(LoadInputStep step) => step.Scaling is { } scaling
        ? $"new {Analysis}ScalingDescription({_tables.Read(scaling.Scale, step.Target.Width)}, {_tables.Read(scaling.Offset, step.Target.Width)})"
        : null;

    private string? Norm(NormStep? step) => step switch
    {
        null => null,
        LayerNormStep s => $"{Analysis}LayerNormDescription.FromRows({CSharp.Int(s.Source.Width)}, {_tables.Read(s.Table, s.Source.Width)}, {CSharp.Literal(s.Epsilon, ElementType.Double)})",
        AffineStep s => $"{Analysis}BatchNormDescription.FromRows({CSharp.Int(s.Source.Width)}, {_tables.Read(s.Table, s.Source.Width)})",
        RmsNormStep s => $"{Analysis}RmsNormDescription.FromRows({CSharp.Int(s.Source.Width)}, {_tables.Read(s.Table, s.Source.Width)}, {CSharp.Literal(s.Epsilon, ElementType.Double)}, {CSharp.Int(s.GroupWidth)})",
        LengthNormStep s => $"{Analysis}LengthNormDescription.FromRows({CSharp.Int(s.Source.Width)}, {_tables.Read(s.Table, s.Source.Width)}, {CSharp.Literal(s.Floor, ElementType.Double)})",
        _ => throw new ArgumentException($"No description is known for a {step.GetType().Name}.", nameof(step)),
    };

    private string FeedForward(FeedForwardSteps part, DecoderFunction function) =>
        $"new {Analysis}FeedForwardDescription({Norm(part.Norm) ?? "null"}, {Linear(part.Up)}, {CSharp.Find(function)}, {Linear(part.Down)})";

    // As OperatorDescriptions does it, with the plan's constants.
    private string? Mixing(Layer layer, LinearStep? step)
    {
        Decoder decoder = layer.Decoder;
        int outputs = decoder.Mixing?.Outputs ?? layer.Cell.OutputWidth;
        string mixing = Linear(step) ?? $"{Analysis}LinearDescription.Identity({CSharp.Int(outputs)})";
        return decoder.Unit switch
        {
            null => decoder.Mixing is null ? null : mixing,
            SplitGlu => mixing,
            HalfGlu => $"{Analysis}GluDescription.ValueBeside({mixing})",
            FinalActivation => $"{Analysis}GluDescription.OneBeside({mixing})",
            _ => throw new ArgumentException($"No description is known for a {decoder.Unit.GetType().Name}.", nameof(layer)),
        };
    }

    private static string? Glu(DecoderUnit? unit) =>
        unit is null ? null : $"new {Analysis}GluDescription({CSharp.Find(unit.Function)}{(unit is HalfGlu { Value: GluValue.Readout } ? ", ReadsReadouts: true" : "")})";

    private static string Enumeration<T>(T value)
        where T : struct, Enum => $"global::OperatorGen.Symbolics.{typeof(T).Name}.{value}";

    private string? Input(InputStage input, LayerSteps steps)
    {
        if (input == InputStage.None)
        {
            return null;
        }

        string convolution = steps.Convolution is { Source.Width: int channels } c
            ? $"new {Analysis}ConvolutionDescription({CSharp.Int(channels)}, {CSharp.Int(c.Taps)}, {_tables.Read(c.Weight, channels)}, {_tables.Read(c.Bias, channels)})"
            : "null";
        return $"new {Analysis}InputDescription(Projection: {Linear(steps.Projection) ?? "null"}, GateWidth: {CSharp.Int(input.GateWidth)}, Convolution: {convolution}, Activation: {CSharp.Find(input.Activation)}){Streams(input)}";
    }

    // Streams that a layer seldom has.
    private static string Streams(InputStage input)
    {
        string[] parts = [.. new[] { ("PassedWidth", input.PassedWidth), ("SideWidth", input.SideWidth) }.Where(part => part.Item2 > 0).Select(part => $"{part.Item1} = {CSharp.Int(part.Item2)}")];
        return parts.Length == 0 ? "" : $" {{ {string.Join(", ", parts)} }}";
    }

    private string? Linear(LinearStep? step) => step is null
        ? null
        : $"{Analysis}LinearDescription.FromTransposed({CSharp.Int(step.Inputs)}, {CSharp.Int(step.Outputs)}, {_tables.Read(step.Weight, step.Widths)}, bias: {_tables.Read(step.Bias, step.Widths)})";
}
