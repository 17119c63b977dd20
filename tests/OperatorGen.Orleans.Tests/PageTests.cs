using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using StreamHost;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>The page in a browser: it shows moving values, and goes on when the server was away.</summary>
public sealed class PageTests : IDisposable
{
    private static readonly string? s_browser = Browser();

    private readonly string _folder = Directory.CreateTempSubdirectory("page").FullName;
    private readonly List<string> _faults = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task The_page_shows_moving_values_and_survives_a_restart_of_the_server()
    {
        Skip.If(s_browser is null, "No Chromium is installed.");
        string address = $"http://127.0.0.1:{StreamServer.FreePort()}";
        ServerProcess Start() => ServerProcess.Streams(_folder, "--urls", address, "--folder", "states", "--play", "3");
        using ServerProcess first = Start();
        await first.Ready;
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = s_browser, Args = ["--no-sandbox"] });
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, text) => Note(true, text);
        await page.GotoAsync(address);

        // All streams are listed, the first one is shown, and everything on it moves.
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#streams tr').length === 3");
        Assert.Matches("^camera [123]$", await page.InnerTextAsync("#title"));
        await Moves(page);
        string black = await Picture(page, "shown < 20");
        Assert.NotEqual(black, await Picture(page, "shown > 350"));
        Assert.Matches("^[0-9]$", await page.InnerTextAsync("#leader"));
        Assert.Empty(_faults);

        // A channel that the model does not have has no ring; another one has.
        await page.FillAsync("#channel", "64");
        await page.PressAsync("#channel", "Enter");
        await page.WaitForFunctionAsync("() => document.body.dataset.nodes === '0'");
        await page.FillAsync("#channel", "26");
        await page.PressAsync("#channel", "Enter");
        await page.WaitForFunctionAsync("() => document.body.dataset.nodes === '16'");

        // Another stream.
        await page.ClickAsync("#streams tr:nth-child(2) button");
        Assert.Equal("camera 2", await page.InnerTextAsync("#title"));
        await Moves(page);
        if (Environment.GetEnvironmentVariable("OPERATORGEN_PICTURES") is { Length: > 0 } pictures)
        {
            await Picture(page, "shown > 600");
            await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "streams.png"), FullPage = true });
        }

        Assert.Empty(_faults);

        // Nothing answers for a moment: the page says so, and goes on by itself.
        first.Kill();
        await page.WaitForFunctionAsync("() => document.getElementById('status').textContent.includes('trying again')");
        using ServerProcess second = Start();
        await second.Ready;
        await page.WaitForFunctionAsync("() => document.getElementById('status').textContent === 'live'");
        await Moves(page);
        lock (_faults)
        {
            Assert.All(_faults, fault => Assert.Contains("net::ERR_", fault, StringComparison.Ordinal));
        }
    }

    // The number of the last sample that is drawn grows, or starts anew with the next digit; ring, input and scores are drawn otherwise than before.
    private static async Task Moves(IPage page)
    {
        const string Drawing = "() => ['ring', 'input', 'scores'].map(id => document.getElementById(id).toDataURL())";
        await page.WaitForFunctionAsync("() => Number(document.body.dataset.shown) > 20");
        string[] before = await page.EvaluateAsync<string[]>(Drawing);
        string shown = (await page.GetAttributeAsync("body", "data-shown"))!;
        await page.WaitForFunctionAsync("shown => document.body.dataset.shown !== shown && Number(document.body.dataset.shown) > 60", shown);
        string[] after = await page.EvaluateAsync<string[]>(Drawing);
        Assert.All(before.Zip(after), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    // The picture when the drawing is there.
    private static async Task<string> Picture(IPage page, string when)
    {
        await page.WaitForFunctionAsync($"() => {{ const shown = Number(document.body.dataset.shown); return shown >= 0 && {when}; }}");
        return await page.EvaluateAsync<string>("() => document.getElementById('picture').toDataURL()");
    }

    private void Note(bool isFault, string text)
    {
        if (isFault)
        {
            lock (_faults)
            {
                _faults.Add(text);
            }
        }
    }

    private static string? Browser() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
