using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Package;

/// <summary>What is in the packages.</summary>
[Collection(PackageTests.Name)]
public sealed class PackageContentTests(PackageFixture packages)
{
    private static readonly string s_version = XDocument.Load(Path.Combine(RepositoryFolder.Path, "Directory.Build.props")).Descendants("Version").Single().Value;

    private static readonly string[] s_ids = ["OperatorGen", "OperatorGen.Orleans", "OperatorGen.Packing", "OperatorGen.Tool"];

    public static TheoryData<string> Ids => [.. s_ids];

    [Fact]
    public void The_packages_are_four_with_their_symbols() => Assert.Equal(
        s_ids.SelectMany(id => new[] { $"{id}.{packages.Version}.nupkg", $"{id}.{packages.Version}.snupkg" }).Order(StringComparer.Ordinal),
        Directory.GetFiles(packages.Feed).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Only_these_four_projects_are_packable()
    {
        string[] packable = [.. Directory.EnumerateFiles(RepositoryFolder.Path, "*.csproj", SearchOption.AllDirectories)
            .Where(path => XDocument.Load(path).Descendants("IsPackable").Any(element => element.Value == "true"))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["OperatorGen.Packaging", "OperatorGen.PackingPackage", "OperatorGen.StreamsPackage", "OperatorGen.Tool"], packable);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_has_readme_licence_and_icon(string id)
    {
        var archive = new PackageArchive(packages.PackagePath(id));
        XElement metadata = archive.Metadata();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal("MIT", Value("license"));
        Assert.NotEqual("", Value("description"));
        Assert.Equal("\u0089PNG", Encoding.Latin1.GetString(archive[Value("icon")].AsSpan(0, 4)));
        Assert.StartsWith("# ", Encoding.UTF8.GetString(archive[Value("readme")]), StringComparison.Ordinal);
    }

    /// <summary>Everything for a compiler is in folders of net10.0: one file for any framework, and NuGet would take the package into projects that cannot use it.</summary>
    [Fact]
    public void A_project_of_an_older_framework_is_refused_by_restore() => Assert.Equal(
        ["build/net10.0", "lib/net10.0"],
        new PackageArchive(packages.PackagePath("OperatorGen")).Paths
            .Where(path => path.StartsWith("build", StringComparison.Ordinal) || path.StartsWith("lib/", StringComparison.Ordinal))
            .Select(path => Path.GetDirectoryName(path)!.Replace('\\', '/')).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_runtime_has_documentation_and_symbols_for_every_assembly()
    {
        string[] Names(string path, string extension) =>
            [.. new PackageArchive(path).Folder("lib/net10.0").Keys.Where(name => Path.GetExtension(name) == extension).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];

        string[] assemblies = Names(packages.PackagePath("OperatorGen"), ".dll");
        Assert.Equal(["OperatorGen", "OperatorGen.Analysis", "OperatorGen.Safetensors", "OperatorGen.Symbolics"], assemblies);
        Assert.Equal(assemblies, Names(packages.PackagePath("OperatorGen"), ".xml"));
        Assert.Equal(assemblies, Names(packages.PackagePath("OperatorGen", "snupkg"), ".pdb"));
    }

    [Fact]
    public void The_runtime_needs_nothing_that_the_package_does_not_bring()
    {
        var archive = new PackageArchive(packages.PackagePath("OperatorGen"));
        AssemblyFile[] runtime = [.. archive.Folder("lib/net10.0").Where(file => file.Key.EndsWith(".dll", StringComparison.Ordinal)).Select(file => AssemblyFile.Read(file.Value))];
        string[] dependencies = [.. archive.Metadata().Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!)];
        Assert.Equal(["System.Numerics.Tensors"], dependencies);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (AssemblyName reference in runtime.SelectMany(file => file.References))
        {
            Assert.True(
                runtime.Any(file => file.Name.Name == reference.Name) || dependencies.Contains(reference.Name) || File.Exists(Path.Combine(framework, reference.Name + ".dll")),
                reference.FullName);
        }
    }

    [Fact]
    public void A_program_is_compiled_against_the_packer_and_carries_the_rooms_that_it_needs()
    {
        var archive = new PackageArchive(packages.PackagePath("OperatorGen.Packing"));
        Assert.Equal(["OperatorGen.Packing.dll", "OperatorGen.Packing.xml"], archive.Folder("ref/net10.0").Keys.Order(StringComparer.Ordinal));
        AssemblyFile[] rooms = [.. archive.Folder("lib/net10.0").Values.Select(AssemblyFile.Read)];
        Assert.Equal(["OperatorGen.Compiler", "OperatorGen.Design", "OperatorGen.Models", "OperatorGen.Packing"], rooms.Select(room => room.Name.Name).Order(StringComparer.Ordinal));
        string[] runtime = [.. new PackageArchive(packages.PackagePath("OperatorGen")).Folder("lib/net10.0").Keys.Select(Path.GetFileNameWithoutExtension).Distinct()!];
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(rooms.SelectMany(room => room.References), reference => Assert.True(
            rooms.Any(room => room.Name.Name == reference.Name) || runtime.Contains(reference.Name) || File.Exists(Path.Combine(framework, reference.Name + ".dll")), reference.FullName));
        Assert.Equal(rooms.Length, new PackageArchive(packages.PackagePath("OperatorGen.Packing", "snupkg")).Folder("lib/net10.0").Count);
    }

    /// <summary>The rooms know each other's internals, so that another version of either would fail when the program runs.</summary>
    [Fact]
    public void The_packer_needs_the_runtime_of_its_own_version()
    {
        XElement dependency = Assert.Single(new PackageArchive(packages.PackagePath("OperatorGen.Packing")).Metadata().Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal(("OperatorGen", $"[{packages.Version}]"), ((string?)dependency.Attribute("id"), (string?)dependency.Attribute("version")));
    }

    [Fact]
    public void The_streams_are_one_assembly_that_brings_Orleans_and_the_runtime_of_its_own_version()
    {
        var archive = new PackageArchive(packages.PackagePath("OperatorGen.Orleans"));
        Assert.Equal(["OperatorGen.Orleans.nuspec", "README.md", "icon.png", "lib/net10.0/OperatorGen.Orleans.dll", "lib/net10.0/OperatorGen.Orleans.xml"], archive.Paths);
        Assert.Equal(["OperatorGen.Orleans.nuspec", "lib/net10.0/OperatorGen.Orleans.pdb"], new PackageArchive(packages.PackagePath("OperatorGen.Orleans", "snupkg")).Paths);
        XDocument versions = XDocument.Load(Path.Combine(RepositoryFolder.Path, "Directory.Packages.props"));
        XDocument project = XDocument.Load(Path.Combine(RepositoryFolder.Path, "runtime", "OperatorGen.Orleans", "OperatorGen.Orleans.csproj"));
        (string? Id, string? Version)[] needed =
        [
            ("OperatorGen", $"[{packages.Version}]"),
            .. project.Descendants("PackageReference").Select(element => (string?)element.Attribute("Include"))
                .Select(id => (id, (string?)versions.Descendants("PackageVersion").Single(element => (string?)element.Attribute("Include") == id).Attribute("Version"))),
        ];
        (string? Id, string? Version)[] dependencies = [.. archive.Metadata().Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => ((string?)element.Attribute("id"), (string?)element.Attribute("version")))];
        Assert.Equal(needed.Order(), dependencies.Order());
    }

    [Fact]
    public void The_version_is_that_of_the_repository()
    {
        byte[] generator = new PackageArchive(packages.PackagePath("OperatorGen"))["analyzers/dotnet/cs/OperatorGen.Compiler.dll"];
        Assert.Equal(s_version, AssemblyFile.Read(generator).Name.Version!.ToString(3));
    }

    [SkippableFact]
    public void No_assembly_knows_where_it_was_built()
    {
        Skip.If(PackageFixture.Configuration != "Release", "Debug builds keep real paths.");
        foreach (string path in s_ids.SelectMany(id => new[] { packages.PackagePath(id), packages.PackagePath(id, "snupkg") }))
        {
            var archive = new PackageArchive(path);
            Assert.All(
                archive.Paths.Where(file => Path.GetFileName(file).StartsWith("OperatorGen", StringComparison.Ordinal)),
                file => Assert.DoesNotContain(RepositoryFolder.Path, Encoding.Latin1.GetString(archive[file]), StringComparison.Ordinal));
        }
    }
}
