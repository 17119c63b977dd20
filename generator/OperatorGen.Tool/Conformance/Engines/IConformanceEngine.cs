using System.Collections.Generic;

namespace OperatorGen.Tool.Conformance;

/// <summary>What evaluates a model.</summary>
public interface IConformanceEngine
{
    /// <summary>A whole sequence through Forward, from a fresh state.</summary>
    /// <param name="input">The samples, [time, channel].</param>
    /// <param name="state">The state afterwards: the parts that upstream names, in upstream's layout.</param>
    /// <returns>[time, output], or [output] of a pooled model.</returns>
    NumberBlock Forward(NumberBlock input, out IReadOnlyDictionary<string, NumberBlock> state);

    /// <summary>A whole sequence through Step, sample by sample, from a fresh state.</summary>
    /// <param name="input">The samples, [time, channel].</param>
    /// <returns>[time, output].</returns>
    NumberBlock Steps(NumberBlock input);
}
