using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Conformance;

/// <summary>What only a few files may know, by name: the kinds of recurrence and upstream's tensors.</summary>
public sealed class SeamTests
{
    private const string Architectures = "generator/OperatorGen.Models/Architectures/";

    /// <summary>The lists of all kinds of recurrence; each room that treats kinds differently has one.</summary>
    private static readonly string[] s_lists =
    [
        "generator/OperatorGen.Models/Cells/ICellVisitor.cs",
        "generator/OperatorGen.Compiler/Recurrences/Lowerings.cs",
        "generator/OperatorGen.Reference/Formulas/Cells/CellFormulas.cs",
    ];

    /// <summary>Kinds that another kind's files may know, since it is compiled as them.</summary>
    private static readonly (string Kind, string User)[] s_compiledAs = [("ChannelModes", "LowRankModes")];

    public static TheoryData<string> Kinds =>
        [.. typeof(Cell).Assembly.GetTypes().Where(type => type.IsSealed && type.IsSubclassOf(typeof(Cell))).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_of_recurrence_is_known_to_its_own_files_and_the_lists_only(string kind)
    {
        var word = new Regex($@"\b{kind}");
        string[] found = [.. Sources().Where(file => word.IsMatch(Code(file)))];

        // Its record, and every list.
        Assert.Contains($"generator/OperatorGen.Models/Cells/{kind}.cs", found);
        Assert.All(s_lists, list => Assert.Contains(list, found));
        Assert.All(
            found.Except(s_lists).Where(file => !file.StartsWith(Architectures, StringComparison.Ordinal)),
            file => Assert.True(
                s_compiledAs.Where(pair => pair.Kind == kind).Select(pair => pair.User).Append(kind).Any(name => Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal)),
                $"{file} knows {kind}."));
    }

    [Fact]
    public void Only_architectures_know_upstreams_tensors()
    {
        string[] names = TensorNames();

        // One of every family, so that the names are found at all.
        Assert.All(new[] { "log_A_real", "A_log", "inv_dt", "Lambda_re", "nu_log" }, name => Assert.Contains(name, names));
        var word = new Regex($@"\b({string.Join('|', names)})\b");
        Assert.All(Sources().Where(file => !file.StartsWith(Architectures, StringComparison.Ordinal)), file => Assert.DoesNotMatch(word, Code(file)));
    }

    /// <summary>
    /// What architectures take by name, as far as it is upstream's alone: the parts with an underscore. Words like encoder are everybody's.
    /// </summary>
    private static string[] TensorNames()
    {
        IEnumerable<string> literals = Sources().Where(file => file.StartsWith(Architectures, StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(Code(file), @"\b(Take\w*|Has|Linear|Dense|Name)\((\w+, )?(\w+ \+ )?""(?<name>[^""]+)"""))
            .Select(match => match.Groups["name"].Value);
        return [.. literals.SelectMany(name => name.Split('.')).Where(part => part.Contains('_', StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The product's C# files, relative to the repository.</summary>
    private static IEnumerable<string> Sources() => new[] { "runtime", "generator" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, folder), "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(RepositoryFolder.Path, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>A file without its comments.</summary>
    private static string Code(string file) => Regex.Replace(File.ReadAllText(Path.Combine(RepositoryFolder.Path, file)), "//.*", "");
}
