using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Package;

/// <summary>
/// The packages, packed once into a folder outside of the repository. Their version is a new one every time, so that no cache of packages
/// can hold an older build of the same version.
/// </summary>
public sealed class PackageFixture : IDisposable
{
    private readonly Lazy<Consumers> _consumers;
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("operatorgen-package-");

    /// <summary>Packs what the build of these tests has built.</summary>
    public PackageFixture()
    {
        _consumers = new Lazy<Consumers>(() => new Consumers(this));
        Version = $"0.1.{DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";
        string[] projects = ["package/OperatorGen.Packaging.csproj", "package/packing/OperatorGen.PackingPackage.csproj", "package/streams/OperatorGen.StreamsPackage.csproj", "generator/OperatorGen.Tool/OperatorGen.Tool.csproj"];
        Task.WaitAll([.. projects.Select(project => Task.Run(() => Command.Dotnet(
            RepositoryFolder.Path, null, "pack", project, "--no-build", "--no-restore", "-c", Configuration, "-o", Feed, $"-p:PackageVersion={Version}", "-v", "q").Succeeded()))]);
    }

    /// <summary>The configuration in which the product was built with these tests.</summary>
    public static string Configuration { get; } =
        typeof(PackageFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Configuration").Value!;

    /// <summary>A folder outside of the repository that is gone after the tests.</summary>
    public string Root => _root.FullName;

    /// <summary>The folder of the packages.</summary>
    public string Feed => Path.Combine(Root, "packages");

    /// <summary>The version that all packages have here.</summary>
    public string Version { get; }

    /// <summary>The consumers, built against the packages at first use.</summary>
    internal Consumers Consumers => _consumers.Value;

    /// <summary>The path of one of the packages.</summary>
    public string PackagePath(string id, string extension = "nupkg") => Path.Combine(Feed, $"{id}.{Version}.{extension}");

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);
}

/// <summary>The tests that share the packages. They run one after another: each of them keeps all cores busy.</summary>
[CollectionDefinition(Name)]
public sealed class PackageTests : ICollectionFixture<PackageFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "packages";
}
