using System;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the C# of one kind of step; <see cref="StepWriters"/> lists all.</summary>
internal abstract class StepWriter
{
    /// <summary>The kind of step.</summary>
    public abstract Type StepType { get; }

    /// <summary>Writes what the step does with a chunk of <c>count</c> time steps.</summary>
    public abstract void Write(StepScope scope, PlanStep step);
}

/// <summary>Writes the C# of one kind of step.</summary>
/// <typeparam name="TStep">The kind.</typeparam>
internal abstract class StepWriter<TStep> : StepWriter
    where TStep : PlanStep
{
    /// <inheritdoc/>
    public sealed override Type StepType => typeof(TStep);

    /// <inheritdoc/>
    public sealed override void Write(StepScope scope, PlanStep step) => Write(scope, (TStep)step);

    /// <summary>Writes what the step does with a chunk of <c>count</c> time steps.</summary>
    protected abstract void Write(StepScope scope, TStep step);
}
