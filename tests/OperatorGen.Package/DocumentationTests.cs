using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Package;

/// <summary>The pages of the documentation.</summary>
public sealed class DocumentationTests
{
    private static readonly string s_docs = Path.Combine(RepositoryFolder.Path, "docs");

    public static TheoryData<string> Pages =>
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/training/README.md", "examples/Text/data/README.md" }
            .Concat(Directory.EnumerateFiles(s_docs, "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(RepositoryFolder.Path, path).Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page) =>
        Assert.DoesNotContain(Targets(Path.Combine(RepositoryFolder.Path, page)), path => !File.Exists(path) && !Directory.Exists(path));

    [Fact]
    public void The_index_has_every_page()
    {
        string index = Path.Combine(s_docs, "README.md");
        IEnumerable<string> pages = Directory.EnumerateFiles(s_docs, "*.md").Concat(Directory.EnumerateDirectories(s_docs).Select(folder => Path.Combine(folder, "README.md")));
        Assert.Equal(pages.Where(page => page != index).Order(StringComparer.Ordinal), Targets(index).Where(path => path.StartsWith(s_docs, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Where the links to files lead; <c>K[h,j](tau)</c> is a formula and none of them.</summary>
    private static IEnumerable<string> Targets(string page) => Regex.Matches(File.ReadAllText(page), @"\]\(([^)#\s]+)(#[^)]*)?\)")
        .Select(match => match.Groups[1].Value)
        .Where(target => target.IndexOfAny(['.', '/']) >= 0 && !target.Contains("://", StringComparison.Ordinal))
        .Select(target => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target)));
}
