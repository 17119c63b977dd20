using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace OperatorGen.Tool.Tests.Reports;

/// <summary>A report that the tool has written: the page and the numbers beside it.</summary>
/// <param name="Html">The page.</param>
/// <param name="Numbers">The JSON.</param>
/// <param name="Error">What was said about it.</param>
internal sealed partial record Report(string Html, JsonElement Numbers, string Error)
{
    /// <summary>Writes a report; an error fails the test.</summary>
    public static Report Write(TemporaryFolder folder, string model, params string[] options)
    {
        ToolRun run = ToolRun.Of(["report", model, .. options, "--json", folder.File("report.json"), "--out", folder.File("report.html")]);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        using var numbers = JsonDocument.Parse(File.ReadAllText(folder.File("report.json")));
        return new Report(File.ReadAllText(folder.File("report.html")), numbers.RootElement.Clone(), run.Error);
    }

    /// <summary>The sections that show something.</summary>
    public string[] Shown => [.. Sections.Where(section => section.GetProperty("left_out").ValueKind == JsonValueKind.Null).Select(section => section.GetProperty("name").GetString()!)];

    /// <summary>Why a section shows nothing.</summary>
    public string Obstacle(string name) => Sections.Single(section => section.GetProperty("name").GetString() == name).GetProperty("left_out").GetString()!;

    /// <summary>The numbers of all pictures and tables, by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parts => Sections.SelectMany(section => section.GetProperty("numbers").EnumerateArray())
        .ToDictionary(part => (part.TryGetProperty("figure", out JsonElement figure) ? figure : part.GetProperty("table")).GetString()!);

    /// <summary>The pictures of the page, by their names in the JSON.</summary>
    public IReadOnlyDictionary<string, XElement> Pictures => Figure().Matches(Html).ToDictionary(match => match.Groups[1].Value, match => XElement.Parse(match.Groups[2].Value));

    /// <summary>The tables of the page, by their names in the JSON; of each row the texts of its cells.</summary>
    public IReadOnlyDictionary<string, string[][]> Tables => Table().Matches(Html).ToDictionary(
        match => match.Groups[1].Value,
        match => XElement.Parse("<t>" + match.Groups[2].Value + "</t>").Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray()).ToArray());

    private IEnumerable<JsonElement> Sections => Numbers.GetProperty("sections").EnumerateArray();

    [GeneratedRegex("data-figure=\"([^\"]*)\">.*?(<svg.*?</svg>)", RegexOptions.Singleline)]
    private static partial Regex Figure();

    [GeneratedRegex("data-table=\"([^\"]*)\">\n(.*?)</table>", RegexOptions.Singleline)]
    private static partial Regex Table();
}
