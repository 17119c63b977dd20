using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Functions of one number, one after another, element by element: each number is loaded and stored once, and all functions are done in between.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y.</param>
/// <param name="Functions">The functions, the first one first; at least one.</param>
/// <param name="Summands">The tables of the affine functions among them, in their order: factor and summand of every element.</param>
public sealed record PointwiseStep(string Heading, PlanView Source, PlanView Target, EquatableArray<PointFunction> Functions, EquatableArray<TableHandle> Summands)
    : ElementwiseStep(Heading, Target)
{
    /// <summary>All functions as a formula.</summary>
    /// <param name="x">What they are applied to.</param>
    public string Formula(string x) => Functions.Aggregate(x, (argument, function) => function.Of(argument));

    /// <inheritdoc/>
    public override StepUses Uses => new([Source], [Target])
    {
        Tables = [.. Summands.Select(table => new TableUse(table, 2, Source.Width))],
        Operations = Functions.Sum(function => function.Operations) * Source.Width,
    };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        .. base.Claims(plan),
        new(Functions.Count > 0, "something is done point by point"),
        new(Functions.Count(function => function is AffinePoint) == Summands.Count, "every affine function of a point has a table"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {Formula(Source.ToString())}{string.Concat(Summands.Select(table => "; " + plan[table].Name))}";
}
