using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests.Reports;

/// <summary>What the pictures show are the numbers of the JSON beside them: the shapes are read back through their axes.</summary>
public sealed class ReportNumberTests : IDisposable
{
    // Coordinates are rounded to a hundredth of a pixel, those of the plot's edges too.
    private const double Pixel = 0.025;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shapes_of_charts_are_at_the_numbers_of_the_json()
    {
        string model = StudyFiles.Classifier(_folder);
        string data = StudyFiles.Data(_folder);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", model, "--data", data, "--out", _folder.File("calibrated.ssm.json")).ExitCode);
        var report = Report.Write(_folder, _folder.File("calibrated.ssm.json"), "--data", data, "--index", "0");
        int series = 0;
        foreach ((string name, XElement picture) in report.Pictures)
        {
            int number = 0;
            foreach (JsonElement chart in report.Parts[name].GetProperty("charts").EnumerateArray())
            {
                var plot = new ReadPlot(picture, number++);
                int index = 0;
                foreach (JsonElement drawn in chart.GetProperty("series").EnumerateArray())
                {
                    AssertShown(plot, drawn, [.. plot.Shapes(index++)], name);
                    series++;
                }
            }
        }

        Assert.InRange(series, 30, int.MaxValue);
    }

    [Fact]
    public void Cells_of_an_attribution_have_the_colours_of_the_json()
    {
        var image = new Tool.Reports.ImagePicture(new Tool.Reports.ImageShape(3, 2), [0, 1, 2, 3, 4, 5], [0, 1, -4, 0.25, 0, -1]);
        XElement[] strokes = [.. XElement.Parse(image.Draw("f1", "t", "d")).Descendants().Where(element => element.Attribute("stroke")?.Value.StartsWith("var(--line", StringComparison.Ordinal) == true)];
        var found = new Dictionary<(int Column, int Row), (string Colour, double Depth)>();
        foreach (XElement stroke in strokes)
        {
            foreach (string run in stroke.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries))
            {
                int[] parts = [.. run.Split(' ', 'h').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
                for (int i = 0; i < parts[2]; i++)
                {
                    found[(parts[0] + i, parts[1])] = (stroke.Attribute("stroke")!.Value, ReadPlot.Number(stroke, "stroke-opacity", 1));
                }
            }
        }

        // The depth is the root of the part of the largest, 4, in twenty levels up to 0.9; orange is line1, blue line0.
        Assert.Equal(("var(--line1)", 0.45), found[(1, 0)]);
        Assert.Equal(("var(--line0)", 0.9), found[(2, 0)]);
        Assert.Equal(0.9 * 0.25, found[(0, 1)].Depth, 0.006);
        Assert.Equal(("var(--line0)", 0.45), found[(2, 1)]);
        Assert.All(new[] { (0, 0), (1, 1) }, cell => Assert.Equal(0, found[cell].Depth));
    }

    [Fact]
    public void Cells_of_tables_are_the_numbers_of_the_json_rounded()
    {
        var report = Report.Write(_folder, StudyFiles.Classifier(_folder), "--data", StudyFiles.Data(_folder), "--index", "0");
        int compared = 0;
        foreach ((string name, string[][] rows) in report.Tables)
        {
            foreach ((string[] row, JsonElement expected) in rows.Skip(1).Zip(report.Parts[name].GetProperty("rows").EnumerateArray()))
            {
                Assert.Equal(expected.GetProperty("name").GetString(), row[0]);
                foreach ((string text, JsonElement value) in row.Skip(1).Zip(expected.GetProperty("values").EnumerateArray()))
                {
                    if (value.ValueKind == JsonValueKind.Number && text != "·")
                    {
                        double number = value.GetDouble();
                        double shown = double.Parse(text.Replace('−', '-').Replace(" %", "", StringComparison.Ordinal), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
                            / (text.EndsWith('%') ? 100 : 1);

                        // Two digits at least; shares to a hundredth of a percent.
                        Assert.True(Math.Abs(shown - number) <= Math.Max(0.05 * Math.Abs(number), text.EndsWith('%') ? 5.1e-5 : 0), $"{name}: {text} for {number}");
                        compared++;
                    }
                }
            }
        }

        Assert.InRange(compared, 100, int.MaxValue);
    }

    [Fact]
    public void A_waterfall_ends_at_the_exact_score()
    {
        string digits = Path.Combine(RepositoryFolder.Path, "examples", "Digits");
        var report = Report.Write(_folder, Path.Combine(digits, "models", "one-layer.ssm.json"), "--data", ReportTests.Few(_folder), "--index", "1", "--image", "28x28");
        foreach (string part in new[] { "waves", "orders", "contrast" })
        {
            JsonElement chart = report.Parts["decision-1-" + part].GetProperty("charts")[0];
            (double Y, double From, double To)[] bars =
            [
                .. chart.GetProperty("series").EnumerateArray().SelectMany(series => Numbers(series, "y").Zip(Numbers(series, "from"), Numbers(series, "x"))).OrderBy(bar => bar.First),
            ];

            // Each bar begins where the one above it ends; the last one is the score from 0, which the sum has come to.
            double size = bars.Max(bar => Math.Abs(bar.To));
            Assert.All(bars.Zip(bars.Skip(1)).SkipLast(1), pair => Assert.Equal(pair.First.To, pair.Second.From));
            Assert.Equal(bars[^2].To, bars[^1].To, 1e-9 * size);
            Assert.Equal((0, 0), (bars[0].From, bars[^1].From));
        }

        JsonElement scores = report.Parts["decision-1-scores"].GetProperty("rows");
        double[] best = [.. scores.EnumerateArray().Take(2).Select(row => row.GetProperty("values")[0].GetDouble())];
        JsonElement contrast = report.Parts["decision-1-contrast"].GetProperty("charts")[0].GetProperty("series").EnumerateArray().First(series => series.GetProperty("name").GetString() == "score");
        Assert.Equal(best[0] - best[1], Numbers(contrast, "x")[^1], 1e-9 * Math.Abs(best[0]));
        double[] attribution = Numbers(report.Parts["decision-1-input"], "attribution");
        Assert.Equal(784, attribution.Length);
    }

    private static double[] Numbers(JsonElement part, string name) => [.. part.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    private static void AssertShown(ReadPlot plot, JsonElement series, XElement[] shapes, string name)
    {
        double[] x = Numbers(series, "x"), y = Numbers(series, "y");
        double[]? from = series.TryGetProperty("from", out _) ? Numbers(series, "from") : null;
        double[]? low = series.TryGetProperty("low", out _) ? Numbers(series, "low") : null;
        string kind = shapes.Length == 0 ? "" : shapes[0].Name.LocalName;
        if (kind == "rect")
        {
            Assert.Equal(x.Length, shapes.Length);
            for (int i = 0; i < x.Length; i++)
            {
                double left = ReadPlot.Number(shapes[i], "x"), top = ReadPlot.Number(shapes[i], "y"), width = ReadPlot.Number(shapes[i], "width"), height = ReadPlot.Number(shapes[i], "height");
                (double px, double py) = plot.Place(x[i], y[i]);
                if (from is null)
                {
                    Assert.Equal(px, left + (width / 2), Pixel);
                    Assert.Equal(py, top, Pixel);
                }
                else
                {
                    double begin = plot.Place(from[i], y[i]).X;
                    Assert.Equal(Math.Min(begin, px), left, Pixel);
                    Assert.Equal(Math.Abs(begin - px), width, 2 * Pixel);
                    Assert.Equal(py, top + (height / 2), Pixel);
                }
            }

            return;
        }

        // Of lines, dots and bands every point within the picture is a corner or a dot, and every corner within the picture is a point.
        (double X, double Y)[] corners = [.. shapes.SelectMany(ReadPlot.Corners)];
        (double X, double Y)[] expected = [.. x.Zip(y, plot.Place).Concat(low is null ? [] : x.Zip(low, plot.Place)).Where(plot.IsInside)];
        Assert.All(expected, point => Assert.True(corners.Any(corner => Near(corner, point)), $"{name}: nothing is drawn at {point}"));
        Assert.All(corners.Where(plot.IsInside), corner => Assert.True(expected.Any(point => Near(corner, point)), $"{name}: there is no number for {corner}"));
    }

    private static bool Near((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) <= Pixel && Math.Abs(a.Y - b.Y) <= Pixel;
}
