using System;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using OperatorGen.Tool.Drawing;
using Xunit;

namespace OperatorGen.Tool.Tests.Drawing;

/// <summary>Drawings.</summary>
public sealed class SvgTests
{
    [Fact]
    public void Any_text_gives_well_formed_xml_without_scripts()
    {
        const string Awkward = "<script>alert('a & \"b\"')</script> \u0001 \ud800 π 𝜋";
        var document = new SvgDocument(100, 50, Awkward);
        document.Text(1, 2, Awkward);
        XElement root = XDocument.Parse(document.ToString()).Root!;
        XElement text = root.Elements().Single(element => element.Name.LocalName == "text");
        Assert.Equal("<script>alert('a & \"b\"')</script> ? � π 𝜋", text.Value);
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName == "script");
    }

    [Fact]
    public void Numbers_have_points_whatever_the_culture_is()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
            Assert.Contains("<line x1=\"0.5\" y1=\"-1.25\" x2=\"2\" y2=\"3\"", Drawn() + LineDocument(), StringComparison.Ordinal);
            Assert.Equal("−2.5", ChartAxis.Text(-2.5));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_line_is_cut_where_a_point_is_not_finite()
    {
        var document = new SvgDocument(10, 10, "");
        document.Polyline([(0, 0), (1, 1), (2, double.NaN), (3, 3), (4, 4), (5, 5), (double.PositiveInfinity, 6), (7, 7)], "#000000");
        Assert.Equal(["0,0 1,1", "3,3 4,4 5,5"], XDocument.Parse(document.ToString()).Descendants().Attributes("points").Select(points => points.Value));
    }

    [Fact]
    public void A_logarithmic_axis_reaches_from_a_power_of_ten_to_another()
    {
        Assert.Equal((100, 1000), Ends(ChartAxis.Over("", [213, 498], scale: ChartScale.Logarithmic)));
        Assert.Equal((1e-3, 1e3), Ends(ChartAxis.Over("", [0.002, 900, 0, -1], scale: ChartScale.Logarithmic)));

        static (double, double) Ends(ChartAxis axis) => (Math.Round(axis.Low, 9), Math.Round(axis.High, 9));
    }

    [Theory]
    [InlineData(0, 784, ChartScale.Linear)]
    [InlineData(-4.2, 3.6, ChartScale.Linear)]
    [InlineData(-1e-7, 1e-7, ChartScale.Linear)]
    [InlineData(0.5, 8.5, ChartScale.Whole)]
    [InlineData(1e-9, 1e3, ChartScale.Logarithmic)]
    [InlineData(10, 100, ChartScale.Logarithmic)]
    public void Marks_are_few_round_and_in_order(double low, double high, ChartScale scale)
    {
        var document = new SvgDocument(400, 200, "chart");
        var chart = new Chart(new ChartAxis("", low, high, scale), new ChartAxis("", 0, 1));
        chart.Add("", [(low, 0), (high, 1)]);
        chart.Draw(document, new SvgBox(80, 20, 300, 100));
        double[] marks =
        [
            .. XDocument.Parse(document.ToString()).Descendants().Where(element => element.Name.LocalName == "text" && Attribute(element, "y") > 130)
                .Select(element => double.Parse(element.Value.Replace('−', '-'), CultureInfo.InvariantCulture)),
        ];
        Assert.InRange(marks.Length, 2, 10);
        Assert.Equal(marks.Order(), marks);
        Assert.All(marks, mark => Assert.InRange(mark, low, high));
    }

    [Fact]
    public void A_bar_of_names_is_beside_its_name_and_the_first_is_uppermost()
    {
        var document = new SvgDocument(400, 200, "chart");
        var chart = new Chart(new ChartAxis("", 0, 2), ChartAxis.Of(["first", "second"]));
        chart.Add(new ChartSeries("", [(1, 0), (2, 1)]) { Starts = [0, 1] });
        chart.Draw(document, new SvgBox(80, 20, 200, 100));
        XElement root = XDocument.Parse(document.ToString()).Root!;
        XElement[] names = [.. new[] { "first", "second" }.Select(name => root.Descendants().Single(element => element.Value == name && element.Name.LocalName == "text"))];
        XElement[] bars = [.. root.Descendants().Where(element => element.Attribute("data-series") is not null)];
        Assert.True(Attribute(names[0], "y") < Attribute(names[1], "y"));
        foreach ((XElement name, XElement bar) in names.Zip(bars))
        {
            Assert.InRange(Attribute(name, "y"), Attribute(bar, "y"), Attribute(bar, "y") + Attribute(bar, "height"));
        }

        Assert.Equal((80, 100), (Attribute(bars[0], "x"), Attribute(bars[0], "width")));
        Assert.Equal((180, 100), (Attribute(bars[1], "x"), Attribute(bars[1], "width")));
    }

    [Fact]
    public void An_axis_over_nothing_or_one_value_has_a_range()
    {
        foreach (double[] values in new double[][] { [], [0], [7], [double.NaN], [-3, -3] })
        {
            foreach (ChartScale scale in Enum.GetValues<ChartScale>())
            {
                ChartAxis axis = ChartAxis.Over("", values, scale: scale);
                Assert.True(axis.High > axis.Low && double.IsFinite(axis.High - axis.Low));
            }
        }
    }

    [Fact]
    public void A_chart_names_its_lines_and_keeps_them_inside()
    {
        XElement root = XDocument.Parse(Drawn().ToString()).Root!;
        string[] texts = [.. root.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("taylor", texts);
        Assert.Contains("measure", texts);
        Assert.Contains("order", texts);
        Assert.Contains("accuracy", texts);

        // Lines run out of the picture, and what is outside of it is not drawn.
        XElement clip = root.Descendants().First(element => element.Name.LocalName == "clipPath" && element.Elements().Single() is var box && Attribute(box, "width") == 200);
        string id = clip.Attribute("id")!.Value;
        Assert.Contains(root.Descendants().Where(element => element.Attribute("data-series") is not null), line => line.Ancestors().Any(group => group.Attribute("clip-path")?.Value == $"url(#{id})"));
    }

    [Fact]
    public void Colours_run_from_nothing_to_full_and_signs_differ()
    {
        Assert.Equal(0, SvgColours.Diverging(0).Opacity);
        Assert.Equal(0, SvgColours.Phase(0, 2).Opacity);
        Assert.NotEqual(SvgColours.Diverging(1).Colour, SvgColours.Diverging(-1).Colour);
        Assert.Equal(24, Enumerable.Range(0, 24).Select(i => SvgColours.Phase(1, 2 * Math.PI * i / 24)).Distinct().Count());
        Assert.All(Enumerable.Range(0, 24), i => Assert.Matches("^#[0-9a-f]{6}$", SvgColours.Phase(1, 2 * Math.PI * i / 24).Colour));
    }

    [Fact]
    public void A_part_of_a_page_has_the_colours_of_the_page_and_says_what_it_shows()
    {
        var document = new SvgDocument(10, 10, "title", "description", "f1");
        document.Line(0, 0, 1, 1, SvgColours.Lines[1]);
        string svg = document.ToString();
        Assert.Contains("stroke=\"var(--line1)\"", svg, StringComparison.Ordinal);
        Assert.Contains("aria-labelledby=\"f1-title f1-desc\"", svg, StringComparison.Ordinal);
        Assert.Contains("<desc id=\"f1-desc\">description</desc>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_of_one_colour_are_one_stroke()
    {
        var document = new SvgDocument(40, 20, "");
        SvgHeatMap.Draw(document, new SvgBox(0, 0, 40, 20), 4, 2, (column, row) => row == 0 || column < 2 ? 1 : 0, [new SvgPaint("#111111"), new SvgPaint("#222222")]);
        XElement[] paths = [.. XDocument.Parse(document.ToString()).Descendants().Where(element => element.Name.LocalName == "path")];
        Assert.Equal(["M2 0h2", "M0 1h4M0 0h2"], paths.Select(path => path.Attribute("d")!.Value));
        Assert.Equal(["#111111", "#222222"], paths.Select(path => path.Attribute("stroke")!.Value));
    }

    private static double Attribute(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string LineDocument()
    {
        var document = new SvgDocument(10, 10, "");
        document.Line(0.5, -1.25, 2, 3, "#000000");
        return document.ToString();
    }

    private static SvgDocument Drawn()
    {
        var document = new SvgDocument(400, 200, "chart");
        var chart = new Chart(new ChartAxis("order", 1, 8, ChartScale.Whole), new ChartAxis("accuracy", 0, 1));
        chart.Add("taylor", [(1, 0.2), (2, 0.5), (3, double.NaN), (4, 7)], marks: true);
        chart.Add("measure", [(1, 0.9), (8, 0.95)]);
        chart.Draw(document, new SvgBox(60, 20, 200, 100));
        return document;
    }
}
