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
            Assert.Contains("<line x1=\"0.5\" y1=\"-1.25\" x2=\"2\" y2=\"3\"", Chart().ToString() + LineDocument(), StringComparison.Ordinal);
            Assert.Equal("−2.5", SvgAxis.Text(-2.5));
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

    [Theory]
    [InlineData(0, 784, 9, new double[] { 0, 100, 200, 300, 400, 500, 600, 700 })]
    [InlineData(-8, 5, 2, new double[] { -5, 0, 5 })]
    [InlineData(-4.2, 3.6, 2, new double[] { -4, -2, 0, 2 })]
    [InlineData(0, 1, 5, new double[] { 0, 0.5, 1 })]
    [InlineData(-1e-7, 1e-7, 3, new double[] { -1e-7, 0, 1e-7 })]
    public void Marks_are_round_and_within_the_range(double low, double high, int wanted, double[] expected)
    {
        var marks = new SvgAxis("", low, high).Marks(wanted);
        Assert.Equal(expected.Length, marks.Count);
        Assert.All(expected.Zip(marks), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * (high - low)));
    }

    [Fact]
    public void Marks_are_no_more_than_fit_or_five_and_no_fewer_than_two()
    {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++)
        {
            double low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7));
            double high = low + (random.NextDouble() * Math.Pow(10, random.Next(-6, 7))) + (1e-6 * Math.Abs(low)) + 1e-9;
            int wanted = random.Next(1, 12);
            Assert.InRange(new SvgAxis("", low, high).Marks(wanted).Count, 2, Math.Max(5, wanted));
        }
    }

    [Fact]
    public void A_logarithmic_axis_has_powers_of_ten_or_their_simple_parts()
    {
        Assert.Equal([100, 200, 500, 1000], SvgAxis.Over("", [213, 498], scale: SvgScale.Logarithmic).Marks(5));
        Assert.Equal([1e-3, 1e-1, 1e1, 1e3], SvgAxis.Over("", [0.002, 900, 0, -1], scale: SvgScale.Logarithmic).Marks(4).Select(mark => Math.Round(mark, 9)));
        Assert.True(double.IsNaN(new SvgAxis("", 1, 10, SvgScale.Logarithmic).Position(0)));
        Assert.Equal(0.5, new SvgAxis("", 1, 100, SvgScale.Logarithmic).Position(10), 12);
    }

    [Fact]
    public void An_axis_over_nothing_or_one_value_has_a_range()
    {
        foreach (double[] values in new double[][] { [], [0], [7], [double.NaN], [-3, -3] })
        {
            foreach (SvgScale scale in Enum.GetValues<SvgScale>())
            {
                SvgAxis axis = SvgAxis.Over("", values, scale: scale);
                Assert.True(axis.High > axis.Low && double.IsFinite(axis.High - axis.Low));
            }
        }
    }

    [Fact]
    public void A_chart_names_its_lines_and_keeps_them_inside()
    {
        XElement root = XDocument.Parse(Chart().ToString()).Root!;
        string[] texts = [.. root.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("taylor", texts);
        Assert.Contains("measure", texts);
        Assert.Contains("order", texts);
        Assert.Contains("accuracy", texts);
        var points = root.Descendants().Attributes("points").SelectMany(list => list.Value.Split(' ')).Select(pair => pair.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());
        Assert.All(points, point => Assert.True(point[0] is >= 60 and <= 260 && point[1] is >= 20 and <= 120));
        Assert.Equal(3, root.Elements().Count(element => element.Name.LocalName == "circle"));
    }

    [Fact]
    public void Colours_run_from_white_to_full_and_signs_differ()
    {
        Assert.Equal(SvgColours.Diverging(0), SvgColours.Phase(0, 2));
        Assert.NotEqual(SvgColours.Diverging(1), SvgColours.Diverging(-1));
        Assert.Equal(24, Enumerable.Range(0, 24).Select(i => SvgColours.Phase(1, 2 * Math.PI * i / 24)).Distinct().Count());
        Assert.All(Enumerable.Range(0, 11), i => Assert.Matches("^#[0-9a-f]{6}$", SvgColours.Diverging((i / 5.0) - 1)));
    }

    [Fact]
    public void Cells_of_one_colour_are_one_stroke()
    {
        var document = new SvgDocument(40, 20, "");
        SvgHeatMap.Draw(document, new SvgBox(0, 0, 40, 20), 4, 2, (column, row) => row == 0 || column < 2 ? 1 : 0, ["#111111", "#222222"]);
        XElement[] paths = [.. XDocument.Parse(document.ToString()).Descendants().Where(element => element.Name.LocalName == "path")];
        Assert.Equal(["M2 0h2", "M0 1h4M0 0h2"], paths.Select(path => path.Attribute("d")!.Value));
        Assert.Equal(["#111111", "#222222"], paths.Select(path => path.Attribute("stroke")!.Value));
    }

    private static string LineDocument()
    {
        var document = new SvgDocument(10, 10, "");
        document.Line(0.5, -1.25, 2, 3, "#000000");
        return document.ToString();
    }

    private static SvgDocument Chart()
    {
        var document = new SvgDocument(400, 200, "chart");
        var chart = new SvgChart(new SvgAxis("order", 1, 8, SvgScale.Whole), new SvgAxis("accuracy", 0, 1));
        chart.Add("taylor", [(1, 0.2), (2, 0.5), (3, double.NaN), (4, 7)], marks: true);
        chart.Add("measure", [(1, 0.9), (8, 0.95)]);
        chart.Draw(document, new SvgBox(60, 20, 200, 100));
        return document;
    }
}
