using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>A step that computes every element of its target from the same element of its sources.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Target">What is written; may be written over a source.</param>
public abstract record ElementwiseStep(string Heading, PlanView Target) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override bool WorksInPlace => true;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => Reads.Select(source => PlanClaim.SameWidth(source, Target));
}

/// <summary>y = f(x), element by element.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y.</param>
/// <param name="Function">f.</param>
public sealed record MapStep(string Heading, PlanView Source, PlanView Target, DecoderFunction Function) : ElementwiseStep(Heading, Target)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source], [Target]) { Operations = FunctionCost.Of(Function) * Source.Width };

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {Function.Name}({Source})";
}

/// <summary>h = value * f(gate), element by element.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Value">The value.</param>
/// <param name="Gate">The gate's argument.</param>
/// <param name="Function">The gate's function f.</param>
/// <param name="Target">h.</param>
public sealed record GateStep(string Heading, PlanView Value, PlanView Gate, DecoderFunction Function, PlanView Target) : ElementwiseStep(Heading, Target)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Value, Gate], [Target]) { Operations = (FunctionCost.Of(Function) + 1) * Value.Width };

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {Value} * {Function.Name}({Gate})";
}

/// <summary>y = x + stream, element by element: the residual, or the readouts of both directions.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x, what is added.</param>
/// <param name="Stream">The stream so far.</param>
/// <param name="Target">y, the stream from here on.</param>
public sealed record AddStep(string Heading, PlanView Source, PlanView Stream, PlanView Target) : ElementwiseStep(Heading, Target)
{
    /// <summary>What the sum is, for the comment over it.</summary>
    public string Meaning { get; init; } = "the residual";

    /// <inheritdoc/>
    public override StepUses Uses => new([Source, Stream], [Target]) { Operations = Source.Width };

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {Source} + {Stream}";
}
