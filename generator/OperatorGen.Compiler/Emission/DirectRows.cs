using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Which rows a step reads from the caller's input, and writes to the caller's output, itself (<see cref="StepWriter.TakesDirectRows"/>). A buffer's rows are whole widest vectors: to
/// fill one with a single number, and to take the number out of it, costs as much as a recurrence of a few modes.
/// </summary>
internal sealed class DirectRows
{
    private readonly int? _input, _output;

    private DirectRows(int? input, int? output) => (_input, _output) = (input, output);

    /// <summary>None: all rows are in buffers.</summary>
    public static DirectRows None { get; } = new(null, null);

    /// <summary>Those of a pass.</summary>
    public static DirectRows Of(IReadOnlyList<PlanStep> steps)
    {
        int? input = steps.OfType<LoadInputStep>().Where(step => step.Scaling is null).Select(step => (int?)step.Target.Value).FirstOrDefault();
        int? output = steps.OfType<StoreOutputStep>().Select(step => (int?)step.Source.Value).FirstOrDefault();
        bool Only(PlanStep[] users) => users.Length == 1 && StepWriters.Of(users[0]).TakesDirectRows;
        return new(
            Only([.. steps.Where(step => step.Reads.Any(view => view.Value == input))]) ? input : null,
            Only([.. steps.Where(step => step.Writes.Any(view => view.Value == output))]) && steps.Count(step => step.Reads.Any(view => view.Value == output)) == 1 ? output : null);
    }

    /// <summary>Whether a view is the caller's input.</summary>
    public bool IsInput(PlanView view) => view.Value == _input;

    /// <summary>Whether a view is the caller's output.</summary>
    public bool IsOutput(PlanView view) => view.Value == _output;
}
