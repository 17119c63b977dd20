using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>What a declaration's options mean for the operator.</summary>
public static class ExpansionRequests
{
    /// <summary>
    /// The options with what follows from the model. No sequence is longer than the model allows. An expansion that is named counts; a centre without an expansion asks for
    /// Taylor's; else a model with a calibration is expanded in its measure.
    /// </summary>
    /// <param name="options">What is declared.</param>
    /// <param name="model">The model.</param>
    public static ModelOptions For(this ModelOptions options, SequenceModel model) => options.Within(model.Length) with
    {
        Expansion = options.Expansion ?? (model.Calibration is { HasMeasures: true } && options.Centre is null ? ExpansionKind.Measure : null),
    };

    /// <summary>The expansion that is asked for; Taylor's about 0 of the default order where nothing is said.</summary>
    /// <param name="options">The options, with what follows from the model.</param>
    public static ExpansionRequest Request(this ModelOptions options) =>
        new(options.Expansion ?? ExpansionKind.Taylor, options.Order ?? ModelOptions.DefaultOrder, options.Centre ?? 0);
}
