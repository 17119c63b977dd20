using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Complex gates of pairs: y = sigmoid(|x|) x / |x|, and 1/2 where x is 0.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Re">The real parts of x, over which those of y are written.</param>
/// <param name="Im">The imaginary parts.</param>
/// <param name="TargetRe">The real parts of y.</param>
/// <param name="TargetIm">The imaginary parts of y.</param>
public sealed record PolarStep(string Heading, PlanView Re, PlanView Im, PlanView TargetRe, PlanView TargetIm) : PlanStep(Heading)
{
    private const long OperationsPerPair = FunctionCost.Elementary + 8;

    /// <inheritdoc/>
    public override StepUses Uses => new([Re, Im], [TargetRe, TargetIm]) { Operations = OperationsPerPair * Re.Width };

    /// <inheritdoc/>
    public override bool WorksInPlace => true;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
        [PlanClaim.SameWidth(Re, Im), PlanClaim.SameWidth(Re, TargetRe), PlanClaim.SameWidth(Re, TargetIm)];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{TargetRe}, {TargetIm} = polar({Re}, {Im})";
}

/// <summary>Pairs of their parts: y[2 i] = re[i], y[2 i + 1] = im[i].</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Re">Real parts.</param>
/// <param name="Im">Imaginary parts.</param>
/// <param name="Target">y.</param>
public sealed record PairStep(string Heading, PlanView Re, PlanView Im, PlanView Target) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Re, Im], [Target]) { OneByOne = [Re, Im] };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Re, Im), PlanClaim.SameWidth(2 * Re.Width, Target.Width)];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = pairs({Re}, {Im})";
}
