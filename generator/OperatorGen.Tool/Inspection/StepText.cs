using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>A plan's step as a formula over its views: <c>b1[0..8)</c> are eight columns of buffer 1.</summary>
internal static class StepText
{
    /// <summary>One line.</summary>
    public static string Of(PlanStep step, EvaluationPlan plan)
    {
        string Table(int index) => plan.Tables[index].Name;
        string Plus(int index) => index < 0 ? "" : " + " + Table(index);
        return step switch
        {
            LoadInputStep s => $"{View(s.Target)} = {(s.Scale < 0 ? "input" : $"{Table(s.Scale)} input + {Table(s.Offset)}")}",
            LinearStep s => $"{View(s.Target)} = {Table(s.Weight)} {View(s.Source)}{Plus(s.Bias)}",
            LayerNormStep s => $"{View(s.Target)} = norm({View(s.Source)}; {Table(s.Table)}, epsilon {NumberText.Format(s.Epsilon)})",
            AffineStep s => $"{View(s.Target)} = affine({View(s.Source)}; {Table(s.Table)})",
            ConvolutionStep s => $"{View(s.Target)} = {s.Taps} taps of {View(s.Source)}; {Table(s.Weight)}{Plus(s.Bias)}, history s{s.Slot}",
            MapStep s => $"{View(s.Target)} = {s.Function}({View(s.Source)})",
            ScanStep s => $"{View(s.Target)} = scan of {s.Modes} {(s.Complex ? "complex" : "real")} modes of {View(s.Source)}; {Table(s.Transition)}, {Table(s.Weight)}{Plus(s.Skip)}, state s{s.Slot}",
            SelectiveScanStep s => $"{View(s.Target)} = selective scan of {s.Modes} modes of {View(s.Source)}; {Table(s.Transition)}, Delta {View(s.Delta)}, B {View(s.B)}, C {View(s.C)}{Plus(s.Skip)}, state s{s.Slot}",
            GateStep s => $"{View(s.Target)} = {View(s.Value)} * {s.Function}({View(s.Gate)})",
            AddStep s => $"{View(s.Target)} += {View(s.Source)}",
            PoolStep s => $"sums += {View(s.Source)}",
            MeanStep s => $"{View(s.Target)} = sums / count",
            KeepStep s => $"s{s.Slot} = the newest of {View(s.Source)}",
            RecallStep s => $"{View(s.Target)} = s{s.Slot}",
            SoftmaxStep s => $"{View(s.Target)} = {(s.Log ? "log-softmax" : "softmax")}({View(s.Source)})",
            StoreOutputStep s => $"output = {View(s.Source)}",
            _ => step.GetType().Name,
        };
    }

    private static string View(PlanView view) => $"b{view.Buffer}[{view.Column}..{view.Column + view.Width})";
}
