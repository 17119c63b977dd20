using System.Collections.Generic;

namespace OperatorGen.Tool.Conformance;

/// <summary>What an engine made of one sequence.</summary>
/// <param name="Output">[time, output], or [output] of Forward of a pooled model.</param>
/// <param name="State">The state afterwards: the parts that upstream names, in upstream's layout.</param>
public sealed record EngineRun(NumberBlock Output, IReadOnlyDictionary<string, NumberBlock> State);
