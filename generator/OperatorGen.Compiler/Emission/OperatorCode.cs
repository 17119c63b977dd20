using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes how the operator's description is made at run time: from the constants that the code computes with, so that the description
/// costs no data of its own and tells the truth about the rounded model.
/// </summary>
internal static class OperatorCode
{
    /// <summary>Writes the method.</summary>
    public static void Write(CodeWriter writer, EmissionInput input, EvaluationPlan plan, string helper)
    {
        SequenceModel model = input.Model;
        string Table(int index) => index < 0 ? "default" : $"{helper}.{plan.Tables[index].Name}";
        string Linear(string heading, Linear? linear)
        {
            LinearStep? step = linear is null ? null : (heading == "head" ? plan.HeadSteps.Concat(plan.Steps.Reverse()) : plan.Steps).OfType<LinearStep>().First(s => s.Heading == heading);
            return step is null
                ? "null"
                : $"global::OperatorGen.LinearDescription.Create<{CSharp.Name(plan.Element)}>({CSharp.Int(linear!.Inputs)}, {CSharp.Int(linear.Outputs)}, {CSharp.Int(plan.Tables[step.Weight].Columns)}, {Table(step.Weight)}, {Table(step.Bias)})";
        }

        Queue<ScanStep> scans = new(plan.Steps.OfType<ScanStep>());
        List<string> layers = [];
        for (int i = 0; i < model.Layers.Count; i++)
        {
            Layer layer = model.Layers[i];
            string decoder = CSharp.Literal(layer.Decoder.Activation.Name);
            string name = CSharp.Literal(layer.Name);
            string size = $"{CSharp.Int(layer.Cell.OutputWidth)}, {CSharp.Int(layer.Cell.KeyWidth)}";
            if (!layer.Cell.IsConstant)
            {
                layers.Add($"global::OperatorGen.LayerDescription.Selective({name}, {size}, {decoder})");
                continue;
            }

            ScanStep scan = scans.Dequeue();
            bool direct = layer.PreNorm is null && layer.PostNorm is null && !layer.Residual && layer.Input == InputStage.None
                && layer.Decoder is { Gate: null, Mixing: null };
            layers.Add($"global::OperatorGen.LayerDescription.Waves<{CSharp.Name(plan.Element)}>({name}, {size}, {Bool(scan.Complex)}, {CSharp.Int(plan.Slots[scan.Slot].Columns)}, {Table(scan.Transition)}, {Table(scan.Weight)}, {Table(scan.Skip)}, {decoder}, {Bool(direct)})");
        }

        LoadInputStep load = plan.Steps.OfType<LoadInputStep>().First();
        string scaling = load.Scale < 0
            ? "null"
            : $"global::OperatorGen.ScalingDescription.Create<{CSharp.Name(plan.Element)}>(InputWidth, {Table(load.Scale)}, {Table(load.Offset)})";
        writer.Line("private static global::OperatorGen.OperatorDescription CreateOperator() => new(");
        writer.Line($"    {CSharp.Literal(model.Architecture)}, OperatorText, {CSharp.Int(input.Operator.Options.Order)}, InputWidth, Pooled, Labels,");
        writer.Line($"    {scaling},");
        writer.Line($"    {Linear("encoder", model.Encoder)},");
        writer.Line("    new global::OperatorGen.LayerDescription[]");
        writer.Line("    {");
        foreach (string layer in layers)
        {
            writer.Line($"        {layer},");
        }

        writer.Line("    },");
        writer.Line($"    {Linear("head", model.Head)});");
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
