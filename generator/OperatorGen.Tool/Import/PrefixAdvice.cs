using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Import;

/// <summary>Finds the prefix of a checkpoint whose tensors are those of an architecture inside something else: Lightning's <c>model.</c>, DataParallel's <c>module.</c>, torch.compile's <c>_orig_mod.</c>.</summary>
internal static class PrefixAdvice
{
    private const int MostTried = 32;
    private const int MostListed = 8;
    private const int LargestTensor = ModelFileFormat.MaxBakedBytes / sizeof(float);
    private static readonly string[] s_wrappers = ["model.", "module.", "_orig_mod."];

    /// <summary>The one fault that says which prefix to use; null where the given one does.</summary>
    /// <param name="tensors">All tensors of the checkpoint.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="hyper">The hyperparameters.</param>
    /// <param name="prefix">The prefix that was given.</param>
    public static Fault? Of(IReadOnlyList<SafetensorsTensor> tensors, string architecture, EquatableArray<HyperParameter> hyper, string prefix)
    {
        if (ArchitectureCatalog.Find(architecture) is null || tensors.Count == 0 || HasAllTensors(tensors, architecture, hyper, prefix))
        {
            return null;
        }

        (string Prefix, int Count)[] found = [.. Prefixes(tensors)];
        int chosen = tensors.Count(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal));
        string? usable = found.Take(MostTried).Select(each => each.Prefix).Prepend("").FirstOrDefault(each => HasAllTensors(tensors, architecture, hyper, each)) ?? Wrapped(tensors, prefix);
        if (usable?.Length == 0)
        {
            return FileFaults.WrongPrefix(prefix, "no prefix");
        }

        if (usable is not null)
        {
            int count = tensors.Count(tensor => tensor.Name.StartsWith(usable, StringComparison.Ordinal));
            return FileFaults.WrongPrefix(prefix, $"'{usable}', with which {(count == tensors.Count ? "all" : NumberText.Format((long)count) + " of the")} {NumberText.Format((long)tensors.Count)} tensors of the checkpoint begin,");
        }

        return chosen > 0 ? null : FileFaults.WrongPrefix(prefix, found.Length == 0
            ? "no prefix, since no tensor of the checkpoint has one,"
            : $"one of those with which tensors of the checkpoint begin, {string.Join(", ", found.Take(MostListed).Select(each => $"'{each.Prefix}' ({NumberText.Format((long)each.Count)})"))},");
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

    /// <summary>Whether the architecture finds all its tensors behind a prefix. Their numbers do not matter here, so zeros take their place.</summary>
    private static bool HasAllTensors(IReadOnlyList<SafetensorsTensor> tensors, string architecture, EquatableArray<HyperParameter> hyper, string prefix)
    {
        var zeros = new Dictionary<long, double[]>();
        DeclaredTensor[] declared = [.. tensors
            .Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal) && Volume(tensor) <= LargestTensor)
            .Select(tensor => new DeclaredTensor(tensor.Name[prefix.Length..], new Tensor(tensor.Shape.ToEquatableArray(), Zeros(Volume(tensor))), null))];
        var declaration = new ModelDeclaration(architecture, hyper, declared.ToEquatableArray());
        return declared.Length > 0 && !ArchitectureCatalog.Resolve(declaration, default).Faults.Any(fault => fault.Kind == FaultKinds.MissingTensor);

        static long Volume(SafetensorsTensor tensor) => tensor.Shape.Aggregate(1L, (volume, size) => Math.Min(volume * size, LargestTensor + 1L));

        double[] Zeros(long count) => zeros.TryGetValue(count, out double[]? known) ? known : zeros[count] = new double[count];
    }
}
