using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace OperatorGen.TestKit;

/// <summary>Where the conformance cases lie.</summary>
public static class ConformanceFolders
{
    private const string CaseFile = "case.json";

    /// <summary>The project's own cases; they are there in every clone, in double precision.</summary>
    public static string Own { get; } = Path.Combine(RepositoryFolder.Path, "tests", "OperatorGen.Conformance", "cases");

    /// <summary><c>shared/reference/vectors</c> beside the repository or further up; null where there is none.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>The names of the own cases.</summary>
    public static IReadOnlyList<string> OwnNames { get; } = Names(Own, []);

    /// <summary>The names of the shared cases that begin with one of the prefixes; none where the folder is absent.</summary>
    public static IReadOnlyList<string> SharedNames(params string[] prefixes) => Shared is null ? [] : Names(Shared, prefixes);

    /// <summary>The key of a tensor on whose every element the outputs of a case depend: D where there is one, else a weight, else an input.</summary>
    /// <param name="keys">The keys of the case.</param>
    public static string Changeable(IEnumerable<string> keys) =>
        keys.OrderBy(key => !key.StartsWith("w.", StringComparison.Ordinal)).ThenBy(key => !key.EndsWith('D')).First(key => key[0] is 'w' or 'i');

    private static string[] Names(string folder, string[] prefixes) =>
        [.. Directory.GetDirectories(folder)
            .Where(path => File.Exists(Path.Combine(path, CaseFile)))
            .Select(path => Path.GetFileName(path)!)
            .Where(name => prefixes.Length == 0 || prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    private static string? FindShared()
    {
        for (DirectoryInfo? folder = new(RepositoryFolder.Path); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "reference", "vectors");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
