using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Conformance;

/// <summary>Which room may see which: the project files say it, and this is where it is decided.</summary>
public sealed class ArchitectureTests
{
    /// <summary>Every project of the product with all that it may reference directly.</summary>
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["runtime/OperatorGen.Symbolics"] = [],
        ["runtime/OperatorGen.Safetensors"] = [],
        ["runtime/OperatorGen.Analysis"] = ["OperatorGen.Symbolics"],
        ["runtime/OperatorGen"] = ["OperatorGen.Symbolics", "OperatorGen.Analysis", "OperatorGen.Safetensors"],
        ["runtime/OperatorGen.Orleans"] = ["OperatorGen"],
        ["generator/OperatorGen.Models"] = ["OperatorGen.Symbolics"],
        ["generator/OperatorGen.Design"] = ["OperatorGen.Analysis"],
        ["generator/OperatorGen.Compiler"] = ["OperatorGen.Models", "OperatorGen.Design"],
        ["generator/OperatorGen.Reference"] = ["OperatorGen.Models"],
        ["generator/OperatorGen.Generator"] = ["OperatorGen.Compiler"],
        ["generator/OperatorGen.AngouriMath"] = ["OperatorGen.Symbolics"],
        ["generator/OperatorGen.Packing"] = ["OperatorGen.Compiler", "OperatorGen", "OperatorGen.Safetensors"],
        ["generator/OperatorGen.Tool"] = ["OperatorGen.Compiler", "OperatorGen.Packing", "OperatorGen.Reference", "OperatorGen", "OperatorGen.Safetensors", "OperatorGen.AngouriMath"],
    };

    /// <summary>The packages that a room may use; the pure rooms use no other library at all.</summary>
    private static readonly Dictionary<string, string[]> s_packages = new(StringComparer.Ordinal)
    {
        ["runtime/OperatorGen.Symbolics"] = ["System.Memory"],
        ["runtime/OperatorGen.Analysis"] = ["System.Memory"],
        ["generator/OperatorGen.Design"] = [],
        ["generator/OperatorGen.Models"] = ["System.Text.Json"],
        ["generator/OperatorGen.Compiler"] = [],
        ["generator/OperatorGen.Reference"] = [],
        ["generator/OperatorGen.Generator"] = ["Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Analyzers"],
    };

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    public static TheoryData<string> PureProjects => [.. s_packages.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_sees_only_the_rooms_that_it_may_see(string project) =>
        Assert.Equal(s_allowed[project].Order(StringComparer.Ordinal), References(project).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(PureProjects))]
    public void A_room_uses_only_the_packages_that_it_may_use(string project) =>
        Assert.Empty(Items(project, "PackageReference").Except(s_packages[project]));

    [Fact]
    public void Every_project_of_the_product_is_decided_about()
    {
        IEnumerable<string> found = new[] { "runtime", "generator" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(RepositoryFolder.Path, Path.GetDirectoryName(path)!).Replace('\\', '/'));
        Assert.Equal(s_allowed.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_tool_references_AngouriMath_and_only_on_request()
    {
        Assert.DoesNotContain("OperatorGen.AngouriMath", File.ReadAllText(Path.Combine(RepositoryFolder.Path, "OperatorGen.sln")), StringComparison.Ordinal);
        XElement reference = Load("generator/OperatorGen.Tool").Descendants("ProjectReference")
            .Single(e => ((string)e.Attribute("Include")!).Contains("AngouriMath", StringComparison.Ordinal));
        Assert.Equal("'$(UseAngouriMath)' == 'true'", (string?)reference.Parent!.Attribute("Condition"));
        Assert.All(s_allowed.Keys.Except(["generator/OperatorGen.Tool"]), project => Assert.DoesNotContain("OperatorGen.AngouriMath", References(project)));
    }

    [Fact]
    public void Only_the_benchmarks_use_what_generated_code_is_compared_with()
    {
        const string Benchmarks = "tests/OperatorGen.Benchmarks";
        string[] peers = ["BenchmarkDotNet", "Google.Protobuf", "Microsoft.ML.OnnxRuntime", "OnnxSharp"];
        string[] seen = ["OperatorGen.Generator", "OperatorGen", "OperatorGen.Tool"];
        Assert.Equal(seen.Order(StringComparer.Ordinal), References(Benchmarks).Order(StringComparer.Ordinal));
        Assert.Empty(peers.Except(Items(Benchmarks, "PackageReference")));
        string[] others = [.. new[] { "runtime", "generator", "package", "tests", "examples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(path => Path.GetFileName(path) is not ("OperatorGen.Benchmarks.csproj" or "BenchmarkDotNet.Autogenerated.csproj"))];
        Assert.All(others, path => Assert.DoesNotContain(XDocument.Load(path).Descendants("PackageReference"), e => peers.Contains((string?)e.Attribute("Include"))));
        Assert.Equal(
            ["OperatorGen.Benchmarks.Tests.csproj"],
            others.Where(path => XDocument.Load(path).Descendants("ProjectReference").Any(e => ((string)e.Attribute("Include")!).EndsWith("OperatorGen.Benchmarks.csproj", StringComparison.Ordinal))).Select(Path.GetFileName));
    }

    [Fact]
    public void What_a_users_program_carries_has_a_list_of_its_public_members()
    {
        string[] carried = ["OperatorGen", "OperatorGen.Analysis", "OperatorGen.Safetensors", "OperatorGen.Symbolics"];
        IEnumerable<string> packed = XDocument.Load(Path.Combine(RepositoryFolder.Path, "package/OperatorGen.Packaging.csproj")).Descendants("ProjectReference")
            .Select(e => Path.GetFileNameWithoutExtension((string)e.Attribute("Include")!)).Where(name => name != "OperatorGen.Generator");
        string[] shipped = [.. packed.SelectMany(Closure).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(carried, shipped);
        Assert.All(carried.Select(name => "runtime/" + name).Append("generator/OperatorGen.Packing").Append("runtime/OperatorGen.Orleans"), project =>
        {
            Assert.Contains(Load(project).Descendants("ShippedApi"), e => e.Value == "true");
            Assert.True(File.Exists(Path.Combine(RepositoryFolder.Path, project, "PublicAPI.Unshipped.txt")), project);
        });
    }

    [Fact]
    public void The_reference_shares_no_arithmetic_with_the_compiler()
    {
        // It may read models, which bring numbers and shapes; it computes with the platform's mathematics and its own formulas.
        string[] forbidden = ["RealMath", "ComplexNumber", ".Value(", "DecoderExpansion", "OperatorGen.Compiler"];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "generator", "OperatorGen.Reference"), "*.cs", SearchOption.AllDirectories))
        {
            if (!file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            {
                string text = File.ReadAllText(file);
                Assert.DoesNotContain(forbidden, word => text.Contains(word, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_pure_rooms_ban_platform_mathematics_and_cultures()
    {
        foreach (string project in new[] { "runtime/OperatorGen.Symbolics", "runtime/OperatorGen.Analysis", "generator/OperatorGen.Design", "generator/OperatorGen.Models", "generator/OperatorGen.Compiler", "generator/OperatorGen.Generator" })
        {
            Assert.Contains(Load(project).Descendants("PureRoom"), e => e.Value == "true");
        }
    }

    [Fact]
    public void Names_of_tests_are_claims_in_words_with_underscores()
    {
        var test = new Regex(@"\[\w*(Fact|Theory)\b[^\n]*\n(\s*\[[^\n]*\n)*\s*public (static )?(async )?(void|Task) (?<name>\w+)\(");
        string[] names = [.. Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => test.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)];
        Assert.Contains(nameof(Names_of_tests_are_claims_in_words_with_underscores), names);
        Assert.All(names, name => Assert.Contains('_', name));
    }

    /// <summary>A runtime assembly and all that it references.</summary>
    private static IEnumerable<string> Closure(string name) => References("runtime/" + name).SelectMany(Closure).Append(name);

    private static IEnumerable<string> References(string project) =>
        Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>What a project includes; an element without it says something of all.</summary>
    private static IEnumerable<string> Items(string project, string name) =>
        Load(project).Descendants(name).Select(e => (string?)e.Attribute("Include")).OfType<string>();

    private static XDocument Load(string project) =>
        XDocument.Load(Path.Combine(RepositoryFolder.Path, project, Path.GetFileName(project) + ".csproj"));
}
