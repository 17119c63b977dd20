namespace OperatorGen.Compiler.Plans;

/// <summary>A step that runs the recurrence of a layer: each kind of recurrence has its own.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v, the cells' input.</param>
/// <param name="Target">o, the readout; not v.</param>
public abstract record RecurrenceStep(string Heading, PlanView Source, PlanView Target) : PlanStep(Heading);
