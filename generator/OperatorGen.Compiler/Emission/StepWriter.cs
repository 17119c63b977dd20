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

    /// <summary>Whether the step reads rows from the caller's input, and writes them to the caller's output, at the strides that these have (<see cref="DirectRows"/>).</summary>
    public virtual bool TakesDirectRows => false;

    /// <summary>Whether a step of one sequence is done with several streams together.</summary>
    public virtual bool WritesMany => false;

    /// <summary>
    /// Writes what the step does with one sample of each of <c>count</c> streams, whose <c>states</c> have an even number of samples behind them in the places that the first
    /// <c>even</c> of <c>order</c> name, and an odd one in the others.
    /// </summary>
    /// <exception cref="InvalidOperationException">The step does one stream after another.</exception>
    public abstract void WriteMany(StepScope scope, PlanStep step);
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

    /// <inheritdoc/>
    public sealed override void WriteMany(StepScope scope, PlanStep step) => WriteMany(scope, (TStep)step);

    /// <summary>Writes what the step does with a chunk of <c>count</c> time steps.</summary>
    protected abstract void Write(StepScope scope, TStep step);

    /// <summary>Writes what the step does with one sample of each of many streams.</summary>
    protected virtual void WriteMany(StepScope scope, TStep step) => throw new InvalidOperationException($"A {typeof(TStep).Name} does one stream after another.");
}
