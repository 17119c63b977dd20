using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Text;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>The example's command line.</summary>
public sealed class TextCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operatorgen-example-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_same_seed_writes_the_same_text_and_another_one_another()
    {
        string[] texts = [.. new[] { "5", "5", "6" }.Select(seed => Text("--prompt", "And it came to pass", "--length", "80", "--seed", seed))];
        Assert.All(texts, text => Assert.StartsWith("And it came to pass", text, StringComparison.Ordinal));
        Assert.Equal(texts[0], texts[1]);
        Assert.NotEqual(texts[0], texts[2]);
        Assert.Equal(Text("--prompt", "And", "--length", "60", "--temperature", "0", "--seed", "1"), Text("--prompt", "And", "--length", "60", "--top-k", "1", "--seed", "2"));
    }

    [Fact]
    public void No_number_follows_the_culture()
    {
        string svg = Path.Combine(_folder.FullName, "e.svg");
        string[] arguments = ["--prompt", "In the begin", "--explain", "--svg", svg];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            string expected = Timeless(Output(arguments)), picture = File.ReadAllText(svg);
            CultureInfo.CurrentCulture = new CultureInfo("de-DE") { NumberFormat = { NegativeSign = "~", NumberDecimalSeparator = ",", NumberGroupSeparator = "'" } };
            Assert.Equal(expected, Timeless(Output(arguments)));
            Assert.Equal(picture, File.ReadAllText(svg));
            Assert.Contains("977,216 parameters", expected, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_comparison_has_all_orders_and_marks_the_lowest()
    {
        Match[] orders = Regex.Matches(Output("--length", "0"), "n-gram model of order ([1-8])  ([0-9.]+)(  the best of them)?").ToArray();
        Assert.Equal(Enumerable.Range(1, 8).Select(order => order.ToString(CultureInfo.InvariantCulture)), orders.Select(order => order.Groups[1].Value));
        Match best = orders.Single(order => order.Groups[3].Success);
        Assert.Equal(orders.Min(order => double.Parse(order.Groups[2].Value, CultureInfo.InvariantCulture)), double.Parse(best.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_picture_has_a_box_with_its_number_for_every_character()
    {
        string svg = Path.Combine(_folder.FullName, "e.svg");
        Output("--prompt", "He said <unto> them\n& so \"he\" we", "--explain", "--svg", svg);
        XDocument document = XDocument.Load(svg);
        string[] titles = [.. document.Descendants(XName.Get("title", "http://www.w3.org/2000/svg")).Select(title => title.Value)];
        Assert.Equal(33, titles.Length);
        Assert.Equal(32, titles.Count(title => Regex.IsMatch(title, "^. [+-]?[0-9]+[.][0-9]{4}$")));
        Assert.StartsWith("< ", titles[8], StringComparison.Ordinal);
        Assert.StartsWith("↵ ", titles[19], StringComparison.Ordinal);
        Assert.EndsWith(" the explained character", titles[^1], StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "--temperature -1", "--temperature is '-1'; it has to be finite, 0 or more." },
        { "--temperature 0,5", "--temperature is '0,5'; it has to be finite, 0 or more." },
        { "--top-p 1.5", "--top-p is '1.5'; it has to be from 0 to 1." },
        { "--top-k x", "--top-k is 'x'; it has to be 0 or more." },
        { "--length -1", "--length is '-1'; it has to be 0 or more." },
        { "--seed 0.5", "--seed is '0.5'; it has to be a whole number." },
        { "--penalty 0", "--penalty is '0'; it has to be finite and above 0." },
        { "--nonsense", "'--nonsense'" },
        { "--text nowhere.txt", "nowhere.txt" },
        { "--tokenizer nowhere.json", "nowhere.json" },
        { "--prompt x --length 0 --explain", "--explain needs a character before the last one" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_in_one_line_and_ends_with_2(string arguments, string message)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(2, TextCommand.Run(arguments.Split(' '), output, error));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_prompt_is_refused()
    {
        using var error = new StringWriter();
        Assert.Equal(2, TextCommand.Run(["--prompt", ""], TextWriter.Null, error));
        Assert.StartsWith("--prompt is empty", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_the_options_and_the_tokenizer_needs_no_model()
    {
        Assert.All(new[] { "--prompt", "--seed", "--explain", "--svg", "--tokenizer" }, option => Assert.Contains(option, Output("--help"), StringComparison.Ordinal));
        string shown = Output("--tokenizer", "gpt2", "--prompt", "Grüße 😀");
        Assert.Contains("  9116  C3 BC\n", shown, StringComparison.Ordinal);
        Assert.EndsWith("and back: Grüße 😀\nthe same text\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("parameters", shown, StringComparison.Ordinal);
    }

    private static string Output(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        int code = TextCommand.Run(arguments, output, error);
        Assert.Equal((0, ""), (code, error.ToString()));
        return output.ToString();
    }

    /// <summary>What is between the comparison and the rates: the text.</summary>
    private static string Text(params string[] arguments)
    {
        string output = Output(arguments);
        int from = output.IndexOf("gives them all of it.\n", StringComparison.Ordinal), to = output.LastIndexOf("characters per second, nothing printed", StringComparison.Ordinal);
        return output[(from + "gives them all of it.\n".Length)..to].Trim('\n');
    }

    /// <summary>The output without the times in it.</summary>
    private static string Timeless(string output) => Regex.Replace(output, @"loaded in [0-9]+ ms|took [0-9.]+ s", "");
}
