using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes what a type's states hold: sizes, and the parts that can be read by name.</summary>
internal static class StateText
{
    /// <summary>What follows <c>new StateLayout(...)</c>: the form of the state, where the recurrences have several.</summary>
    public static string Form(EvaluationPlan plan) => plan.StateForm.Length == 0 ? "" : $" {{ Form = {CSharp.Literal(plan.StateForm)} }}";

    /// <summary>The arguments of a <c>StateLayout</c>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="hash">The expression of the model's identity.</param>
    public static IEnumerable<string> Arguments(EvaluationPlan plan, string hash)
    {
        yield return $"{hash}, {CSharp.Int(plan.StateLength)}, {CSharp.Int(plan.SumWidth)}, {CSharp.Int(plan.ScratchLength)}";
        foreach (StateSlot slot in plan.Slots)
        {
            if (slot.Name is { } name)
            {
                string shape = string.Join(", ", slot.Axes.Select(a => CSharp.Int(a.Size)));
                string strides = string.Join(", ", slot.Axes.Select(a => CSharp.Int(a.Stride)));
                yield return $"new global::OperatorGen.StateTensor({CSharp.Literal(name)}, {CSharp.Int(slot.Offset)}, new int[] {{ {shape} }}, new int[] {{ {strides} }})";
            }
        }
    }
}
