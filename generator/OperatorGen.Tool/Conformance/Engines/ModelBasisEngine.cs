using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;

namespace OperatorGen.Tool.Conformance;

/// <summary>Generated code whose states are in other bases than the model's: they are written in the model's, as upstream has them.</summary>
/// <param name="engine">The code.</param>
/// <param name="model">The model.</param>
/// <param name="element">The precision of the code.</param>
public sealed class ModelBasisEngine(IConformanceEngine engine, SequenceModel model, ElementType element) : IConformanceEngine
{
    /// <inheritdoc/>
    public EngineRun Forward(NumberBlock input, IReadOnlyDictionary<string, NumberBlock>? from = null)
    {
        Dictionary<string, NumberBlock> start = (from ?? new Dictionary<string, NumberBlock>()).ToDictionary();
        foreach ((string name, string generated, Cell cell, StateBasis basis) in Bases())
        {
            if (start.Remove(name, out NumberBlock? block))
            {
                start.Add(generated, new NumberBlock([], basis.FromModel(block.Values)));
            }
        }

        return InModelBasis(engine.Forward(input, start));
    }

    /// <inheritdoc/>
    public EngineRun Steps(NumberBlock input) => InModelBasis(engine.Steps(input));

    private EngineRun InModelBasis(EngineRun run)
    {
        Dictionary<string, NumberBlock> state = run.State.ToDictionary();
        foreach ((string name, string generated, Cell cell, StateBasis basis) in Bases())
        {
            if (state.Remove(generated, out NumberBlock? block))
            {
                state.Add(name, new NumberBlock([.. cell.StateSizes, 2], basis.ToModel(block.Values)));
            }
        }

        return run with { State = state };
    }

    private IEnumerable<(string Name, string Generated, Cell Cell, StateBasis Basis)> Bases()
    {
        foreach (Layer layer in model.Layers)
        {
            if (layer.Cell.StateName is { } name && Lowerings.Of(layer.Cell).BasisOf(element) is { } basis)
            {
                yield return (StateNames.Of(layer, name), StateNames.Of(layer, basis.Name), layer.Cell, basis);
            }
        }
    }
}
