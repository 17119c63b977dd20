using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using OperatorGen.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Tool.Tests.Reports;

/// <summary>The report in Chromium, where it is installed: nothing overlaps, nothing is cut, nothing is complained about. The screenshots are kept beside the tests.</summary>
/// <param name="pages">The pages, made once.</param>
/// <param name="output">Where the screenshots are named.</param>
public sealed partial class ReportBrowserTests(ReportBrowserTests.Pages pages, ITestOutputHelper output) : IClassFixture<ReportBrowserTests.Pages>
{
    private const int Patience = 180_000; // milliseconds

    // Texts of pictures that cover each other, or reach out of their picture; and whether the page is wider than its window. Boxes are those of whole lines, so that
    // a fifth of their height is air.
    private const string Probe = """
        <script>
        addEventListener("load", () => {
          const problems = [];
          for (const svg of document.querySelectorAll("svg")) {
            const name = svg.closest("figure").dataset.figure, frame = svg.getBoundingClientRect();
            const texts = [...svg.querySelectorAll("text")].map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }));
            texts.forEach((a, i) => {
              if (a.box.left < frame.left - 1 || a.box.right > frame.right + 1 || a.box.top < frame.top - 2 || a.box.bottom > frame.bottom + 2) problems.push(`${name}: '${a.text}' is cut`);
              for (const b of texts.slice(i + 1)) {
                const w = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left), h = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
                if (w > 1 && h > 0.2 * Math.min(a.box.height, b.box.height)) problems.push(`${name}: '${a.text}' and '${b.text}' overlap`);
              }
            });
          }
          if (document.documentElement.scrollWidth > innerWidth) problems.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${innerWidth}`);
          console.log("FOUND " + JSON.stringify({ problems, pictures: document.querySelectorAll("svg").length, dark: matchMedia("(prefers-color-scheme: dark)").matches,
            paper: getComputedStyle(document.body).backgroundColor, width: innerWidth }) + " END");
        });
        </script>
        """;

    [SkippableTheory]
    [InlineData("digits", 1280, false, "")]
    [InlineData("digits", 1280, true, "")]
    [InlineData("digits", 500, false, "")]
    [InlineData("digits", 500, true, "")]
    [InlineData("digits", 1280, false, "DejaVu Sans")]
    [InlineData("series", 1280, false, "")]
    [InlineData("series", 500, true, "DejaVu Sans")]
    public void Nothing_overlaps_and_nothing_is_cut(string page, int width, bool dark, string font)
    {
        string chromium = Chromium();
        string path = Path.Combine(pages.Folder, $"{page}-{width}-{dark}-{font}.html");
        string style = font.Length == 0 ? "" : $"<style>svg, svg *, body {{ font-family: '{font}' !important; }}</style>";
        File.WriteAllText(path, pages.Html(page).Replace("</head>", style + Probe + "</head>", StringComparison.Ordinal));
        string screenshots = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
        string screenshot = Path.Combine(screenshots, $"{page}-{width}-{(dark ? "dark" : "light")}{(font.Length == 0 ? "" : "-fallback")}.png");
        File.Delete(screenshot);
        string log = Run(chromium, path, screenshot, width, dark);
        string[] messages = [.. log.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal) && !line.Contains("FOUND ", StringComparison.Ordinal))];
        Assert.Empty(messages);
        Match found = Found().Match(log);
        Assert.True(found.Success, log);
        using var result = JsonDocument.Parse(found.Groups[1].Value);
        Assert.Empty(result.RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()));
        Assert.Equal(dark, result.RootElement.GetProperty("dark").GetBoolean());
        Assert.Equal(dark ? "rgb(21, 23, 27)" : "rgb(255, 255, 255)", result.RootElement.GetProperty("paper").GetString());
        Assert.Equal(width, result.RootElement.GetProperty("width").GetInt32());
        Assert.InRange(result.RootElement.GetProperty("pictures").GetInt32(), 8, 100);
        Assert.InRange(new FileInfo(screenshot).Length, 20_000, 20_000_000);
        output.WriteLine(screenshot);
    }

    private static string Chromium()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome"];
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Skip.If(found is null, "No Chromium is installed: chromium, chromium-browser or google-chrome is looked for on the PATH.");
        return found!;
    }

    private string Run(string chromium, string page, string screenshot, int width, bool dark)
    {
        var start = new ProcessStartInfo(chromium) { RedirectStandardError = true, RedirectStandardOutput = true };
        string profile = Path.Combine(pages.Folder, "profile-" + Path.GetFileNameWithoutExtension(page));
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--enable-logging=stderr", "--user-data-dir=" + profile,
            "--blink-settings=preferredColorScheme=" + (dark ? "0" : "1"), string.Create(CultureInfo.InvariantCulture, $"--window-size={width},12000"), "--screenshot=" + screenshot, new Uri(page).AbsoluteUri,
        ];
        arguments.ToList().ForEach(start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("Chromium did not end.");
        }

        return errors.Result + output.Result;
    }

    [GeneratedRegex("FOUND (\\{.*\\}) END")]
    private static partial Regex Found();

    /// <summary>A report with an image and one with a series.</summary>
    public sealed class Pages : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        /// <summary>The folder of the pages.</summary>
        public string Folder => _folder.Path;

        /// <summary>A page.</summary>
        public string Html(string name)
        {
            string path = _folder.File(name + ".html");
            if (!File.Exists(path))
            {
                string digits = Path.Combine(RepositoryFolder.Path, "examples", "Digits");
                string[] arguments = name == "digits"
                    ? [Path.Combine(digits, "models", "one-layer.ssm.json"), "--data", ReportTests.Few(_folder), "--index", "0,3", "--image", "28x28"]
                    : [StudyFiles.Classifier(_folder), "--data", StudyFiles.Data(_folder), "--index", "0"];
                ToolRun run = ToolRun.Of(["report", .. arguments, "--out", path]);
                Assert.True(run.ExitCode == ExitCode.Success, run.Error);
            }

            return File.ReadAllText(path);
        }

        /// <inheritdoc/>
        public void Dispose() => _folder.Dispose();
    }
}
