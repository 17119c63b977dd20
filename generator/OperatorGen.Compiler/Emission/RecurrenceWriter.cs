using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>What the writer of a recurrence gives besides the step's code.</summary>
internal interface IRecurrenceWriter
{
    /// <summary>The expression of the recurrence's waves in the operator's description; null where it is selective and has no waves.</summary>
    string? Waves(TableReader tables, RecurrenceStep step);
}

/// <summary>Writes one kind of recurrence.</summary>
/// <typeparam name="TStep">The kind.</typeparam>
internal abstract class RecurrenceWriter<TStep> : StepWriter<TStep>, IRecurrenceWriter
    where TStep : RecurrenceStep
{
    /// <inheritdoc/>
    public string? Waves(TableReader tables, RecurrenceStep step) => Waves(tables, (TStep)step);

    /// <inheritdoc cref="IRecurrenceWriter.Waves"/>
    protected abstract string? Waves(TableReader tables, TStep step);
}
