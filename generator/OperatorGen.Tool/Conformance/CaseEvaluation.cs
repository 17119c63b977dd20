using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Conformance;

/// <summary>What an engine computes for all sequences of a case, by the names that cases use.</summary>
internal sealed class CaseEvaluation
{
    private readonly Dictionary<string, IReadOnlyList<NumberBlock>> _byName = new(StringComparer.Ordinal);

    /// <summary>Runs the engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="inputs">The sequences, [time, channel] each.</param>
    /// <param name="steps">Whether Step is asked for too.</param>
    public CaseEvaluation(IConformanceEngine engine, IReadOnlyList<NumberBlock> inputs, bool steps)
    {
        var states = new List<IReadOnlyDictionary<string, NumberBlock>>();
        var outputs = new List<NumberBlock>();
        foreach (NumberBlock input in inputs)
        {
            outputs.Add(engine.Forward(input, out IReadOnlyDictionary<string, NumberBlock> state));
            states.Add(state);
        }

        _byName["y"] = _byName["logits"] = outputs;
        if (steps)
        {
            _byName["y_step"] = [.. inputs.Select(engine.Steps)];
        }

        foreach (string name in states.SelectMany(state => state.Keys).Distinct())
        {
            _byName[name] = [.. states.Select(state => state[name])];
        }
    }

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>A tensor, one block per sequence; null where the model computes no such.</summary>
    public IReadOnlyList<NumberBlock>? Find(string name) => _byName.GetValueOrDefault(name);
}
