using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OperatorGen.Package;

/// <summary>
/// The folder from which a compiler loads the generator. Visual Studio loads it into .NET Framework, where there is netstandard, Roslyn and
/// what Roslyn needs; everything else has to be in the folder.
/// </summary>
[Collection(PackageTests.Name)]
public sealed class AnalyzerFolderTests(PackageFixture packages)
{
    private readonly Dictionary<string, AssemblyFile> _folder = new PackageArchive(packages.PackagePath("OperatorGen")).Folder("analyzers/dotnet/cs")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Key), file => AssemblyFile.Read(file.Value), StringComparer.Ordinal);

    /// <summary>What a host of the oldest supported Roslyn has: the packages that the generator is built against, and what they need.</summary>
    private static readonly Dictionary<string, Version> s_host = Host();

    [Fact]
    public void Every_reference_resolves_inside_the_folder_or_to_the_host()
    {
        foreach (AssemblyFile file in _folder.Values)
        {
            Assert.All(file.References, reference => Assert.True(
                Resolves(reference),
                $"{file.Name.Name} needs {reference.FullName}, which is neither in the folder nor in netstandard2.0 nor in a host of Roslyn {s_host["Microsoft.CodeAnalysis"]}."));
        }
    }

    [Fact]
    public void Nothing_is_in_the_folder_that_the_generator_does_not_need()
    {
        HashSet<string> needed = [];
        Visit("OperatorGen.Generator");
        Assert.Equal(needed.Order(StringComparer.Ordinal), _folder.Keys.Order(StringComparer.Ordinal));

        void Visit(string name)
        {
            if (_folder.TryGetValue(name, out AssemblyFile? file) && needed.Add(name))
            {
                foreach (AssemblyName reference in file.References)
                {
                    Visit(reference.Name!);
                }
            }
        }
    }

    [Fact]
    public void Roslyn_is_the_hosts() =>
        Assert.DoesNotContain(_folder.Keys, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    /// <summary>A loader takes a newer version of the same key in place of an older one, never the other way round.</summary>
    private bool Resolves(AssemblyName reference) =>
        reference is { Name: "netstandard", Version: { Major: 2, Minor: 0 } }
        || (_folder.TryGetValue(reference.Name!, out AssemblyFile? file)
            ? file.Name.Version >= reference.Version && file.Name.GetPublicKeyToken().AsSpan().SequenceEqual(reference.GetPublicKeyToken())
            : s_host.TryGetValue(reference.Name!, out Version? version) && version >= reference.Version);

    private static Dictionary<string, Version> Host()
    {
        AssemblyFile[] roslyn = [.. new[] { typeof(Compilation), typeof(CSharpCompilation) }.Select(type => AssemblyFile.Read(File.ReadAllBytes(type.Assembly.Location)))];
        return roslyn.Select(file => file.Name)
            .Concat(roslyn.SelectMany(file => file.References).Where(name => name.Name is "System.Collections.Immutable" or "System.Reflection.Metadata"))
            .GroupBy(name => name.Name!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(name => name.Version)!, StringComparer.Ordinal);
    }
}
