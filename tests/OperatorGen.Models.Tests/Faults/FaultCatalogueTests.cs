using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace OperatorGen.Models.Tests;

public partial class FaultCatalogueTests
{
    [Fact]
    public void All_lists_every_kind_once_in_the_order_of_ids()
    {
        FaultKind[] declared = [.. typeof(FaultKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<FaultKind>()];
        Assert.Equal(declared.OrderBy(kind => kind.Id, StringComparer.Ordinal), FaultKinds.All);
        Assert.Equal(FaultKinds.All.Count, FaultKinds.All.Select(kind => kind.Id).Distinct().Count());
        Assert.All(FaultKinds.All, kind => Assert.Matches("^OPG0[012349][0-9]{2}$", kind.Id));
    }

    [Fact]
    public void Every_kind_has_a_page_and_every_page_a_kind()
    {
        string[] pages = [.. Directory.GetFiles(Pages(), "OPG*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];
        Assert.Equal(FaultKinds.All.Select(kind => kind.Id), pages);
    }

    [Fact]
    public void Every_page_repeats_title_and_severity_and_tells_an_example_and_what_to_do()
    {
        foreach (FaultKind kind in FaultKinds.All)
        {
            string page = File.ReadAllText(Path.Combine(Pages(), kind.Id + ".md"));
            Assert.StartsWith($"# {kind.Id}: {kind.Title}\n\nSeverity: {Severity(kind)}\n\n", page, StringComparison.Ordinal);
            Assert.Contains("\n## Example\n\n```", page, StringComparison.Ordinal);
            Assert.Contains("\n## What to do\n\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_index_has_a_line_per_kind()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Pages(), "README.md"));
        Assert.Equal(
            FaultKinds.All.Select(kind => $"| [{kind.Id}]({kind.Id}.md) | {Severity(kind)} | {kind.Title} |"),
            lines.Where(line => line.StartsWith("| [OPG", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_examples_of_file_and_model_pages_that_are_whole_files_trigger_their_kind()
    {
        int checkedPages = 0;
        foreach (FaultKind kind in FaultKinds.All.Where(kind => string.CompareOrdinal(kind.Id, "OPG0100") > 0))
        {
            string page = File.ReadAllText(Path.Combine(Pages(), kind.Id + ".md"));
            Match example = JsonExample().Match(page);
            bool isOfTheseStages = string.CompareOrdinal(kind.Id, "OPG0300") < 0 || kind == FaultKinds.UnsupportedOption;
            if (example.Success && isOfTheseStages && !example.Value.Contains("...", StringComparison.Ordinal))
            {
                Assert.Contains(Marked.FaultsOf(example.Groups[1].Value), fault => fault.Kind == kind);
                checkedPages++;
            }
        }

        // All of the file's kinds but nesting, and those of the model and the options whose example is not shortened.
        Assert.True(checkedPages >= 22, $"Only {checkedPages} examples are whole files.");
    }

    private static string Severity(FaultKind kind) => kind.Severity switch
    {
        FaultSeverity.Error => "error",
        FaultSeverity.Warning => "warning",
        _ => "info",
    };

    private static string Pages()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "docs", "diagnostics");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("docs/diagnostics");
    }

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex JsonExample();
}
