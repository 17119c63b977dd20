using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Import;

/// <summary>
/// Finds the prefix of a checkpoint whose tensors are those of an architecture inside something else: Lightning's <c>model.</c>, DataParallel's <c>module.</c>, torch.compile's
/// <c>_orig_mod.</c>. Where the prefix is right and the architecture is not, finds that.
/// </summary>
internal static class PrefixAdvice
{
    private const int MostTried = 32;
    private const int MostListed = 8;
    private const int LargestTensor = ModelFileFormat.MaxBakedBytes / sizeof(float);
    private static readonly string[] s_wrappers = ["model.", "module.", "_orig_mod."];
    private static readonly FaultKind[] s_others = [FaultKinds.MissingTensor, FaultKinds.UnknownTensor, FaultKinds.MisshapenTensor, FaultKinds.MissingHyperparameter];

    /// <summary>The one fault that says which prefix or which architecture to use; null where the given ones do, or no other would.</summary>
    /// <param name="tensors">All tensors of the checkpoint.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="hyper">The hyperparameters.</param>
    /// <param name="prefix">The prefix that was given.</param>
    public static Fault? Of(IReadOnlyList<SafetensorsTensor> tensors, string architecture, EquatableArray<HyperParameter> hyper, string prefix)
    {
        if (ArchitectureCatalog.Find(architecture) is null || tensors.Count == 0 || Finds(tensors, architecture, hyper, prefix, FaultKinds.MissingTensor))
        {
            return null;
        }

        (string Prefix, int Count)[] found = [.. Prefixes(tensors)];
        int chosen = tensors.Count(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal));
        string? usable = found.Take(MostTried).Select(each => each.Prefix).Prepend("").FirstOrDefault(each => Finds(tensors, architecture, hyper, each, FaultKinds.MissingTensor)) ?? Wrapped(tensors, prefix);
        if (usable?.Length == 0)
        {
            return FileFaults.WrongPrefix(prefix, "no prefix");
        }

        if (usable is not null)
        {
            int count = tensors.Count(tensor => tensor.Name.StartsWith(usable, StringComparison.Ordinal));
            return FileFaults.WrongPrefix(prefix, $"'{usable}', with which {(count == tensors.Count ? "all" : NumberText.Format((long)count) + " of the")} {NumberText.Format((long)tensors.Count)} tensors of the checkpoint begin,");
        }

        return chosen > 0 ? OtherArchitecture(tensors, architecture, hyper, prefix) : FileFaults.WrongPrefix(prefix, found.Length == 0
            ? "no prefix, since no tensor of the checkpoint has one,"
            : $"one of those with which tensors of the checkpoint begin, {string.Join(", ", found.Take(MostListed).Select(each => $"'{each.Prefix}' ({NumberText.Format((long)each.Count)})"))},");
    }

    /// <summary>The fault that says whose tensors these are, where they are not those of the architecture; null where they are, or no other's.</summary>
    /// <param name="shapes">The tensors, without what comes before upstream's names; numbers do not matter.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="hyper">The hyperparameters, which others may not have.</param>
    public static Fault? Of(IReadOnlyList<DeclaredTensor> shapes, string architecture, EquatableArray<HyperParameter> hyper)
    {
        if (shapes.Count == 0 || Resolves(architecture, hyper, FaultKinds.MissingTensor))
        {
            return null;
        }

        foreach (EquatableArray<HyperParameter> tried in new[] { hyper, EquatableArray<HyperParameter>.Empty })
        {
            string[] others = [.. ArchitectureCatalog.All.Select(other => other.Name).Where(other => Resolves(other, tried, s_others))];
            if (others.Length > 0)
            {
                return FileFaults.WrongArchitecture(architecture, others);
            }
        }

        return null;

        bool Resolves(string name, EquatableArray<HyperParameter> hyper, params FaultKind[] without)
        {
            return !ArchitectureCatalog.Resolve(new ModelDeclaration(name, hyper, shapes.ToEquatableArray()), default).Faults.Any(fault => without.Contains(fault.Kind));
        }
    }

    /// <summary>The fault that names the architectures whose tensors these are, all of them and no others; null where there is none.</summary>
    private static Fault? OtherArchitecture(IReadOnlyList<SafetensorsTensor> tensors, string architecture, EquatableArray<HyperParameter> hyper, string prefix)
    {
        string[] others = [.. ArchitectureCatalog.All
            .Select(other => other.Name)
            .Where(other => Finds(tensors, other, hyper, prefix, s_others))];
        return others.Length == 0 ? null : FileFaults.WrongArchitecture(architecture, others);
    }

    /// <summary>All beginnings of names up to a dot, the most frequent first, of equally frequent ones the longer.</summary>
    private static IEnumerable<(string Prefix, int Count)> Prefixes(IReadOnlyList<SafetensorsTensor> tensors) => tensors
        .SelectMany(tensor => Enumerable.Range(0, tensor.Name.Length).Where(i => tensor.Name[i] == '.').Select(i => tensor.Name[..(i + 1)]))
        .GroupBy(each => each, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Count()))
        .OrderByDescending(each => each.Item2).ThenByDescending(each => each.Key.Length).ThenBy(each => each.Key, StringComparer.Ordinal);

    /// <summary>The given prefix with the wrappers that stand before all names that begin with it; null where there are none.</summary>
    private static string? Wrapped(IReadOnlyList<SafetensorsTensor> tensors, string prefix)
    {
        string[] names = [.. tensors.Select(tensor => tensor.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        string longer = prefix;
        while (names.Length > 0 && s_wrappers.FirstOrDefault(wrapper => names.All(name => name.AsSpan(longer.Length).StartsWith(wrapper))) is { } wrapper)
        {
            longer += wrapper;
        }

        return longer.Length > prefix.Length ? longer : null;
    }

    /// <summary>Whether the architecture finds its tensors behind a prefix, without a fault of some kinds. Their numbers do not matter here, so zeros take their place.</summary>
    private static bool Finds(IReadOnlyList<SafetensorsTensor> tensors, string architecture, EquatableArray<HyperParameter> hyper, string prefix, params FaultKind[] without)
    {
        var zeros = new Dictionary<long, double[]>();
        DeclaredTensor[] declared = [.. tensors
            .Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal) && Volume(tensor) <= LargestTensor)
            .Select(tensor => new DeclaredTensor(tensor.Name[prefix.Length..], new Tensor(tensor.Shape.ToEquatableArray(), Zeros(Volume(tensor))), null))];
        var declaration = new ModelDeclaration(architecture, hyper, declared.ToEquatableArray());
        return declared.Length > 0 && !ArchitectureCatalog.Resolve(declaration, default).Faults.Any(fault => without.Contains(fault.Kind));

        static long Volume(SafetensorsTensor tensor) => tensor.Shape.Aggregate(1L, (volume, size) => Math.Min(volume * size, LargestTensor + 1L));

        double[] Zeros(long count) => zeros.TryGetValue(count, out double[]? known) ? known : zeros[count] = new double[count];
    }
}
