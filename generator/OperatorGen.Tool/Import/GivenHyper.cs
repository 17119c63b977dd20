using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Import;

/// <summary>The hyperparameters of an import: what a file says and what the command line says, which counts more, by whatever name either says it.</summary>
/// <param name="Read">Those of the file; empty: there is none.</param>
/// <param name="Given">Those of the command line.</param>
internal sealed record GivenHyper(EquatableArray<HyperParameter> Read, EquatableArray<HyperParameter> Given)
{
    // Names are exchanged with all entries at hand, since some of them decide about others; an entry keeps its place meanwhile, which tells where it came from.
    private static readonly TextPlace s_given = new(1, 1, 1);

    /// <summary>One entry for each hyperparameter that both say, by the architecture's names where both say some.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="tensors">The checkpoint's tensors.</param>
    public EquatableArray<HyperParameter> For(string architecture, IEnumerable<DeclaredTensor> tensors)
    {
        if (Read.Count == 0 || Given.Count == 0)
        {
            return Read.Concat(Given).ToEquatableArray();
        }

        IEnumerable<HyperParameter> all = [.. Given.Select(entry => entry with { Place = s_given }), .. Read];
        HyperParameter[] current = [.. ArchitectureCatalog.Current(new ModelDeclaration(architecture, all.ToEquatableArray(), tensors.ToEquatableArray())).Hyper];
        HyperParameter[] given = [.. current.Where(entry => entry.Place is not null)];
        return current.Where(entry => entry.Place is null && given.All(other => other.Name != entry.Name))
            .Concat(given.Select(entry => entry with { Place = null }))
            .ToEquatableArray();
    }
}
