using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Makes a declaration of a checkpoint's tensors, with every mistake named.</summary>
public static class CheckpointImport
{
    /// <summary>Limits without an end as Python writes them into a <c>config.json</c>, <c>[0.0, Infinity]</c>; JSON has no such number.</summary>
    private static readonly Regex s_endless = new(@"\[\s*(?<low>-?[0-9.eE+-]+)\s*,\s*Infinity\s*\]", RegexOptions.CultureInvariant);

    /// <summary>Takes the tensors whose names begin with the prefix, and checks them against the architecture.</summary>
    /// <param name="tensors">The checkpoint's tensors, widened to double, row-major. The arrays are given up.</param>
    /// <param name="architecture">The architecture's name.</param>
    /// <param name="hyper">The hyperparameters, see <see cref="ParseHyper"/>.</param>
    /// <param name="prefix">What comes before upstream's names, for example <c>model.</c>; empty: nothing. Tensors without it belong to something else and are left out.</param>
    /// <param name="source">Where the checkpoint came from.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The declaration, which its architecture accepts, or the errors.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static StageResult<ModelDeclaration> ToDeclaration(
        IEnumerable<(string Name, EquatableArray<int> Shape, double[] Values)> tensors,
        string architecture,
        EquatableArray<HyperParameter> hyper,
        string prefix,
        EquatableArray<SourceEntry> source,
        CancellationToken cancellation)
    {
        var faults = new FaultCollector();
        var declared = new List<DeclaredTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, EquatableArray<int> shape, double[] values) in tensors)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            string local = name.Substring(prefix.Length);
            if (!names.Add(local))
            {
                faults.Add(FileFaults.DuplicateKey(local, null));
            }
            else if (FiniteCheck.Passes(values, shape, $"tensor '{name}'", null, faults))
            {
                declared.Add(new DeclaredTensor(local, new Tensor(shape, values), null));
            }
        }

        if (names.Count == 0 && prefix.Length > 0)
        {
            faults.Add(FileFaults.WrongPrefix(prefix, "a prefix with which tensors of the checkpoint begin"));
        }

        long bytes = declared.Sum(tensor => (long)tensor.Value.Count) * ModelFileFormat.BytesPerWeight(null);
        if (bytes > ModelFileFormat.MaxBakedBytes)
        {
            faults.Add(PlanFaults.WeightsTooLarge(bytes, ModelFileFormat.MaxBakedBytes, null));
        }

        ModelDeclaration declaration = ArchitectureCatalog.Current(new ModelDeclaration(architecture, hyper, declared.ToEquatableArray()) { Source = source });
        ReportDuplicates(declaration.Hyper, faults);
        return faults.HasErrors ? faults.Result(declaration) : Resolved(declaration, faults, cancellation);
    }

    /// <summary>Reads <c>name=value</c> as a model file would have it: a number, true, false, null, or else a string.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The hyperparameter; null where the text has no name or no '='.</returns>
    public static HyperParameter? ParseHyper(string text)
    {
        int equals = text.IndexOf('=');
        if (equals <= 0)
        {
            return null;
        }

        string value = text.Substring(equals + 1);
        HyperKind kind = value switch
        {
            "true" or "false" => HyperKind.Boolean,
            "null" => HyperKind.Null,
            _ => NumberText.TryParse(value.AsSpan(), out _) ? HyperKind.Number : HyperKind.Text,
        };
        return new HyperParameter(text.Substring(0, equals), value, kind, null);
    }

    /// <summary>Reads hyperparameters from a JSON object, as <c>hyper</c> of a model file has them. Limits may be <c>[0.0, Infinity]</c>, as Python writes them.</summary>
    /// <param name="text">The text, for example a training run's <c>config.json</c>.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The hyperparameters in the order of the text, without places, and the faults with their places in the text.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static (EquatableArray<HyperParameter> Hyper, EquatableArray<Fault> Faults) ReadHyper(string text, CancellationToken cancellation)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(s_endless.Replace(text.TrimStart('\uFEFF'), "\"(${low}, inf)\""));
        var source = new JsonSource(bytes, cancellation);
        JsonItem? root = new JsonOutline(bytes, source.Places, source.Faults, cancellation).Read();
        if (root is not null && root.Kind != JsonKind.Object)
        {
            source.Wrong("A file of hyperparameters", root, "an object of numbers, strings, true, false, null and arrays of numbers");
        }

        EquatableArray<HyperParameter> hyper = root is { Kind: JsonKind.Object } ? new HyperReader(source).ReadHyper(root) : EquatableArray<HyperParameter>.Empty;
        return (hyper.Select(entry => entry with { Place = null }).ToEquatableArray(), source.Faults.Result(root).Faults);
    }

    private static StageResult<ModelDeclaration> Resolved(ModelDeclaration declaration, FaultCollector faults, CancellationToken cancellation)
    {
        foreach (Fault fault in ArchitectureCatalog.Resolve(declaration, cancellation).Faults)
        {
            faults.Add(fault);
        }

        return faults.Result(declaration);
    }

    private static void ReportDuplicates(EquatableArray<HyperParameter> hyper, FaultCollector faults)
    {
        foreach (IGrouping<string, HyperParameter> group in hyper.GroupBy(entry => entry.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add(FileFaults.DuplicateKey(group.Key, null));
        }
    }
}
