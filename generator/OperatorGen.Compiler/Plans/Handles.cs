namespace OperatorGen.Compiler.Plans;

/// <summary>A table of a plan; the planner makes it, the plan's indexer gives the table.</summary>
/// <param name="Index">Its place in the list of tables.</param>
public readonly record struct TableHandle(int Index);

/// <summary>A slot of a plan's recurrent state; the planner makes it, the plan's indexer gives the slot.</summary>
/// <param name="Index">Its place in the list of slots.</param>
public readonly record struct SlotHandle(int Index);
