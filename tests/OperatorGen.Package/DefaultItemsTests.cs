using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Package;

/// <summary>Which model files a project that has the package shows to the generator: asked of MSBuild, without a build.</summary>
public sealed class DefaultItemsTests : System.IDisposable
{
    private static readonly string s_targets = Path.Combine(RepositoryFolder.Path, "package", "build", "OperatorGen.targets");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operatorgen-items-");

    [Fact]
    public void Every_model_file_is_found_once_and_none_that_a_build_made()
    {
        string[] found = Found(
            """
            <BaseIntermediateOutputPath>middle/</BaseIntermediateOutputPath>
            <ArtifactsPath>$(MSBuildProjectDirectory)/made</ArtifactsPath>
            """,
            "<AdditionalFiles Include=\"../outside.ssm.json\" Link=\"models/linked.ssm.json\" />",
            "a.ssm.json", "models/b.ssm.json", "models/deep er/c.ssm.json", "not.a.model.json",
            "bin/Release/a.ssm.json", "obj/a.ssm.json", "other/obj/a.ssm.json", "middle/a.ssm.json", "made/obj/a.ssm.json", ".hidden/a.ssm.json");
        Assert.Equal(["../outside.ssm.json", "a.ssm.json", "models/b.ssm.json", "models/deep er/c.ssm.json"], found);
    }

    [Theory]
    [InlineData("a.ssm.json")]
    [InlineData("./a.ssm.json")]
    [InlineData("$(MSBuildProjectDirectory)/a.ssm.json")]
    [InlineData("*.json")]
    public void A_file_that_the_project_names_itself_is_not_there_twice(string include) =>
        Assert.Single(Found("", $"<AdditionalFiles Include=\"{include}\" />", "a.ssm.json"));

    [Fact]
    public void A_file_that_the_project_links_is_not_there_twice() =>
        Assert.Single(Found("", "<AdditionalFiles Include=\"$(MSBuildProjectDirectory)/models/../a.ssm.json\" Link=\"x/a.ssm.json\" />", "a.ssm.json", "models/readme.txt"));

    [Theory]
    [InlineData("EnableOperatorGenDefaultItems")]
    [InlineData("EnableDefaultItems")]
    public void A_property_switches_it_off(string property) =>
        Assert.Equal(["models/b.ssm.json"], Found($"<{property}>false</{property}>", "<AdditionalFiles Include=\"models/b.ssm.json\" />", "a.ssm.json", "models/b.ssm.json"));

    [Fact]
    public void A_web_project_publishes_its_other_files_and_no_model_file() => Assert.Equal(
        [("a.ssm.json", "Never"), ("models/b.ssm.json", "Never"), ("settings.json", "PreserveNewest")],
        Items("Microsoft.NET.Sdk.Web", "Content", "", "<AdditionalFiles Include=\"a.ssm.json\" />", "a.ssm.json", "models/b.ssm.json", "settings.json")
            .Select(item => (item.Path, item.Item.GetProperty("CopyToPublishDirectory").GetString()!)));

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The additional files of a project with these files, in order.</summary>
    private string[] Found(string properties, string items, params string[] files) =>
        [.. Items("Microsoft.NET.Sdk", "AdditionalFiles", properties, items, files).Select(item => item.Path)];

    /// <summary>The items of a kind that a project with these files has, in order.</summary>
    private (string Path, JsonElement Item)[] Items(string sdk, string kind, string properties, string items, params string[] files)
    {
        string project = Path.Combine(_folder.FullName, "project");
        foreach (string file in files)
        {
            string path = Path.Combine(project, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "{}");
        }

        // Restore puts the targets of packages into this folder, and the SDK imports them from there.
        string extensions = Directory.CreateDirectory(Path.Combine(_folder.FullName, "extensions")).FullName;
        File.Copy(s_targets, Path.Combine(extensions, "Project.csproj.nuget.g.targets"));
        File.WriteAllText(
            Path.Combine(project, "Directory.Build.props"),
            $"<Project><PropertyGroup><MSBuildProjectExtensionsPath>{extensions}/</MSBuildProjectExtensionsPath>{properties}</PropertyGroup></Project>");
        File.WriteAllText(
            Path.Combine(project, "Project.csproj"),
            $"<Project Sdk=\"{sdk}\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>{items}</ItemGroup></Project>");
        string json = Command.Dotnet(project, null, "msbuild", "Project.csproj", "-getItem:" + kind).Succeeded().Output;
        IEnumerable<JsonElement> found = JsonDocument.Parse(json).RootElement.GetProperty("Items").GetProperty(kind).EnumerateArray();
        return [.. found.Select(item => (Path: Path.GetRelativePath(project, item.GetProperty("FullPath").GetString()!).Replace('\\', '/'), item)).OrderBy(item => item.Path, System.StringComparer.Ordinal)];
    }
}
