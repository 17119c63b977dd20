using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// What is known of the operator of a model whose numbers come from a file at run time: what its decoder functions are expanded in, once it is loaded. Taylor's polynomials and
/// exact ones are made of the functions alone; polynomials that are fitted, and bounds, are made of numbers where the code is made, and there are none.
/// </summary>
/// <param name="Request">Kind, order and centre.</param>
/// <param name="Expands">Whether every layer has waves and every decoder function such a polynomial.</param>
public sealed record LoadedOperator(ExpansionRequest Request, bool Expands)
{
    /// <summary>What a model's options ask for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What is declared. A calibration that is in the model file asks for nothing.</param>
    /// <returns>The operator, or why what is asked for is not possible.</returns>
    public static StageResult<LoadedOperator> Of(SequenceModel model, ModelOptions options)
    {
        ExpansionRequest request = options.Request();
        List<Fault> faults = [];
        if (request.Order is < 1 or > DecoderExpansion.GreatestOrder)
        {
            faults.Add(OperatorFaults.OrderOutOfRange(request.Order, 1, DecoderExpansion.GreatestOrder, null));
        }

        bool hasWaves = model.Layers.All(layer => layer.Cell.IsConstant);
        if (hasWaves && Obstacle(model, request) is { } obstacle)
        {
            faults.Add(OperatorFaults.ExpansionImpossible(OptionNames.Expansions.Of(request.Kind), obstacle, null));
        }

        if (hasWaves && options.InputLow is not null)
        {
            faults.Add(OperatorFaults.RangeUnused(null));
        }

        if (hasWaves && request.Kind == ExpansionKind.Taylor)
        {
            faults.AddRange(model.Layers.Select(layer => layer.Decoder.Activation).Where(function => !function.HasTaylorSeries).Select(function => OperatorFaults.NoTaylorSeries(function.Name, null)));
        }

        bool failed = faults.Any(fault => fault.Kind.Severity == FaultSeverity.Error);
        bool expands = hasWaves && (request.Kind == ExpansionKind.Exact || Functions(model).All(function => function.HasTaylorSeries));
        return new StageResult<LoadedOperator>(failed ? null : new LoadedOperator(request, expands), faults.Distinct().ToEquatableArray());
    }

    private static string? Obstacle(SequenceModel model, ExpansionRequest request) => request.Kind switch
    {
        ExpansionKind.Taylor => null,
        ExpansionKind.Exact => Functions(model).FirstOrDefault(function => !function.IsPolynomial) is { } function
            ? $"the decoder function '{function.Name}' is no polynomial; use taylor, since the weights are external"
            : null,
        _ => "the weights are external, and its polynomials are fitted to numbers where the code is made; use taylor, or put the numbers into the model file",
    };

    private static IEnumerable<DecoderFunction> Functions(SequenceModel model) =>
        model.Layers.SelectMany(layer => new[] { layer.Decoder.Activation, layer.Decoder.Unit?.Function ?? layer.Decoder.Gate }).OfType<DecoderFunction>();
}
