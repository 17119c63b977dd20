using System.Collections.Generic;

namespace OperatorGen.Tool.Conformance;

/// <summary>What evaluates a model.</summary>
public interface IConformanceEngine
{
    /// <summary>A whole sequence through Forward.</summary>
    /// <param name="input">The samples, [time, channel].</param>
    /// <param name="from">Parts of the state to start from, by upstream's name and in its layout; the others are 0. Null: a fresh state.</param>
    EngineRun Forward(NumberBlock input, IReadOnlyDictionary<string, NumberBlock>? from = null);

    /// <summary>A whole sequence through Step, sample by sample, from a fresh state.</summary>
    /// <param name="input">The samples, [time, channel].</param>
    EngineRun Steps(NumberBlock input);
}
