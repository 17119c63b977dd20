using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Packing;

/// <summary>
/// Makes the tables of code with external weights: by the plan of the compiler, and so by its arithmetic. The plan of the shapes and that of the numbers must have
/// the same tables; a model whose numbers decide about its tables is refused.
/// </summary>
public static class WeightPacker
{
    /// <summary>Packs a model.</summary>
    /// <param name="shapes">The model that the code is made of: shapes and formats.</param>
    /// <param name="numbers">The same model with numbers.</param>
    /// <param name="precision">The precision of the code: single or double.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The tables, or what prevents them; numbers that are no numbers, and all that the architecture says of them, are among the faults.</returns>
    public static StageResult<PackedWeights> Pack(ModelDeclaration shapes, ModelDeclaration numbers, Precision precision, CancellationToken cancellation = default) =>
        CompilerStages.Guard("pack", () => Packed(shapes, numbers, precision, cancellation));

    /// <summary>A declaration with numbers, whose tensors have the formats of the shapes.</summary>
    /// <param name="shapes">The shapes.</param>
    /// <param name="numbers">The tensors by name, with numbers.</param>
    public static ModelDeclaration WithNumbers(ModelDeclaration shapes, IReadOnlyDictionary<string, Tensor> numbers) => shapes with
    {
        ByShapes = true,
        Tensors = shapes.Tensors.Select(tensor => tensor with { Value = numbers[tensor.Name].WithFormat(tensor.Value.Format) }).ToEquatableArray(),
    };

    /// <summary>A declaration without its numbers.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="format">The format of tensors that have none of their own.</param>
    public static ModelDeclaration WithoutNumbers(ModelDeclaration declaration, WeightFormat format) => declaration with
    {
        Calibration = null,
        Tensors = declaration.Tensors.Select(tensor => tensor with { Value = Tensor.OfShape(tensor.Value.Shape).WithFormat(tensor.Value.Format ?? format) }).ToEquatableArray(),
    };

    private static StageResult<PackedWeights> Packed(ModelDeclaration shapes, ModelDeclaration numbers, Precision precision, CancellationToken cancellation)
    {
        ElementType element = precision == Precision.Double ? ElementType.Double : ElementType.Single;
        StageResult<SequenceModel> shaped = CompilerStages.Resolve(shapes, cancellation), numbered = CompilerStages.Resolve(numbers, cancellation);
        if (shaped.Value is not { } code || numbered.Value is not { } model)
        {
            return new StageResult<PackedWeights>(null, shaped.Faults.Concat(numbered.Faults).Distinct().ToEquatableArray());
        }

        StageResult<EvaluationPlan> expected = Planner.Plan(code, element, cancellation), made = Planner.Plan(model, element, TableMode.Packing, cancellation);
        if (expected.Value is not { } wanted || made.Value is not { } plan)
        {
            return new StageResult<PackedWeights>(null, expected.Faults.Concat(made.Faults).Distinct().ToEquatableArray());
        }

        if (Different(wanted, plan) is { } name)
        {
            return new StageResult<PackedWeights>(null, EquatableArray.Of(PlanFaults.DecidedByNumbers($"the table {name} is another one with these numbers than with their shapes alone")));
        }

        double effect = element == ElementType.Single ? ConstantRounding.Effect(model) : 0;
        Fault[] rounding = effect > CompilerStages.RoundingThreshold ? [PlanFaults.ConstantRounding(effect, null)] : [];
        return new StageResult<PackedWeights>(
            new PackedWeights(shapes.ShapeHash(), element, plan.PackedOrder().Select(i => new PackedTable(PackedFormat.NameOf(i, plan.Tables[i].Name), plan.Tables[i])).ToEquatableArray()),
            numbered.Faults.Concat(rounding).ToEquatableArray());
    }

    /// <summary>The first table that only one of two plans has; null where they have the same.</summary>
    private static string? Different(EvaluationPlan wanted, EvaluationPlan made)
    {
        for (int i = 0; i < wanted.Tables.Count || i < made.Tables.Count; i++)
        {
            ConstantTable? left = i < wanted.Tables.Count ? wanted.Tables[i] : null, right = i < made.Tables.Count ? made.Tables[i] : null;
            if ((left?.Name, left?.Rows, left?.Columns, left?.IsBFloat16) != (right?.Name, right?.Rows, right?.Columns, right?.IsBFloat16))
            {
                return (left ?? right)!.Name;
            }
        }

        return null;
    }
}
