using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Makes the polynomials of a model's decoder functions as its options ask for them.</summary>
internal static class ExpansionBuilder
{
    /// <summary>
    /// The expansion, and the operator with numbers that it belongs to. It is null where layers are selective or have symbols, or a function has no Taylor series: other diagnostics say so. It is
    /// null with an error where what the declaration asks for is not possible.
    /// </summary>
    public static (OperatorDescription Description, OperatorExpansion Expansion)? Expand(SequenceModel model, ModelOptions options, List<Fault> faults)
    {
        ExpansionRequest request = options.Request();
        if (ModelSymbols.Of(model).Any())
        {
            if (request.Kind is ExpansionKind.Chebyshev or ExpansionKind.Measure)
            {
                faults.Add(OperatorFaults.ExpansionImpossible(OptionNames.Expansions.Of(request.Kind), "the model has symbols, and only taylor and exact expand without numbers", null));
            }

            return null;
        }

        OperatorDescription description = OperatorDescriptions.Of(model, request.Order);
        IReadOnlyList<ArgumentRanges>? ranges = options is { Expansion: ExpansionKind.Chebyshev, InputLow: { } low, InputHigh: { } high } && model.Calibration is null
            ? ArgumentRanges.Of(OperatorEnclosure.Of(description, InputRange.Uniform(description, low, high), options.MaxLength))
            : null;
        if (OperatorExpansion.Obstacle(description, request.Kind, model.Calibration, ranges) is not { } obstacle)
        {
            return (description, OperatorExpansion.Of(description, request, model.Calibration, ranges));
        }

        if (request.Kind != ExpansionKind.Taylor && !description.Layers.Any(layer => layer.IsSelective))
        {
            faults.Add(OperatorFaults.ExpansionImpossible(OptionNames.Expansions.Of(request.Kind), obstacle, null));
        }

        return null;
    }
}
