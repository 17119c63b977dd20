using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.MeanGates;

/// <summary>The recurrences of a model that is expanded about its mean gates.</summary>
internal static class SelectiveLayers
{
    /// <summary>Whether a model is expanded about its mean gates: all its layers are selective, and their gates have centres.</summary>
    /// <param name="operators">The model's operator.</param>
    public static bool HaveMeanGates(OperatorDescription operators) =>
        SelectivePass.Refusal(operators) is null && operators.Layers.All(layer => ((SelectiveRecurrence)layer.Recurrence).MeanGateRefusal is null);

    /// <summary>The recurrences, layer by layer.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="UnusableInputException">A layer is not selective, or its gates have no centres to expand about.</exception>
    public static IReadOnlyList<SelectiveRecurrence> Of(StudiedModel model)
    {
        if (SelectivePass.Refusal(model.Operator) is { } obstacle)
        {
            throw new UnusableInputException($"{model.Path} has no waves of the mean gate: {obstacle}.");
        }

        SelectiveRecurrence[] recurrences = [.. model.Operator.Layers.Select(layer => (SelectiveRecurrence)layer.Recurrence)];
        return recurrences.Select(recurrence => recurrence.MeanGateRefusal).FirstOrDefault(reason => reason is not null) is { } reason
            ? throw new UnusableInputException($"{model.Path} is a model of architecture {model.Model.Architecture}, whose recurrence has no waves of the mean gate: {reason}. attention and explain work for it.")
            : recurrences;
    }
}
