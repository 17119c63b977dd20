using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Symbolics;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;

namespace OperatorGen.Tool.Drawing;

/// <summary>
/// A chart of lines, dots, bars and bands over two axes. OxyPlot lays it out: axes, marks, legend. The shapes are drawn into a <see cref="SvgDocument"/>, which knows
/// the colours of a page, titles and tips.
/// </summary>
/// <param name="x">The horizontal axis.</param>
/// <param name="y">The vertical axis.</param>
internal sealed class Chart(ChartAxis x, ChartAxis y)
{
    /// <summary>What marks and label need below the plot.</summary>
    public const double Below = 42;

    private const double Edge = 24; // what marks at the ends of the axes need above and right of the plot
    private const double LeastLeft = 76;
    private const double LegendItem = 56; // symbol and gaps of an entry
    private const double LegendRow = 20;
    private readonly List<ChartSeries> _series = [];

    /// <summary>The horizontal axis.</summary>
    public ChartAxis X => x;

    /// <summary>The vertical axis.</summary>
    public ChartAxis Y => y;

    /// <summary>Above the plot; empty: nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>What has been added, each with its colour.</summary>
    public IReadOnlyList<ChartSeries> Series => _series;

    /// <summary>What marks and label need left of the plot.</summary>
    public double Left => y.Names is { } names ? Math.Max(LeastLeft, names.Max(name => ChartContext.TextWidth(name, 11)) + 16) : LeastLeft;

    /// <summary>What the legend needs below marks and label: there is one where more than one row of points has a name.</summary>
    /// <param name="width">The width of the plot.</param>
    public double LegendHeight(double width)
    {
        string[] names = [.. _series.Select(series => series.Name).Where(name => name.Length > 0)];
        if (names.Length < 2)
        {
            return 0;
        }

        int columns = Math.Max(1, (int)(width / (LegendItem + names.Max(name => ChartContext.TextWidth(name, 12)))));
        return LegendRow * (((names.Length + columns - 1) / columns) + 1);
    }

    /// <summary>Adds a row of points. Points with a number that is not finite are left out.</summary>
    public void Add(ChartSeries series) => _series.Add(series with { Colour = series.Colour ?? SvgColours.Lines[_series.Count % SvgColours.Lines.Count] });

    /// <summary>Adds a line.</summary>
    /// <param name="name">For the legend; empty: not in it.</param>
    /// <param name="points">The points in the order of the line.</param>
    /// <param name="colour">Its colour; null: the next of <see cref="SvgColours.Lines"/>.</param>
    /// <param name="marks">Whether the points are marked by dots.</param>
    /// <param name="dash">The lengths of dashes and gaps, for example <c>5 3</c>; null: solid.</param>
    public void Add(string name, IEnumerable<(double X, double Y)> points, string? colour = null, bool marks = false, string? dash = null) =>
        Add(new ChartSeries(name, [.. points]) { Colour = colour, Marks = marks, Dash = dash });

    /// <summary>Draws the chart.</summary>
    /// <param name="document">Where to.</param>
    /// <param name="plot">The plot's area; marks and labels are left of it and below, the legend below them.</param>
    /// <param name="labelX">Whether the horizontal axis has marks and label, or another chart below it carries them.</param>
    /// <param name="number">The chart's number in its drawing, for programs that read the picture.</param>
    /// <returns>Where the plot is: as high as the legend leaves it.</returns>
    public SvgBox Draw(SvgDocument document, SvgBox plot, bool labelX = true, int number = 0)
    {
        if (Title.Length > 0)
        {
            document.Text(plot.X, plot.Y - 8, Title, size: 13, bold: true);
        }

        double legend = LegendHeight(plot.Width);
        var model = new PlotModel
        {
            Culture = CultureInfo.InvariantCulture,
            Padding = new OxyThickness(0),
            PlotMargins = new OxyThickness(Left, Edge, Edge, Below),
            PlotAreaBorderThickness = new OxyThickness(0),
            TextColor = OxyColor.Parse(SvgColours.Ink),
            IsLegendVisible = legend > 0,
        };
        model.Axes.Add(x.ToPlot(AxisPosition.Bottom, labelX));
        model.Axes.Add(y.ToPlot(AxisPosition.Left, labelled: true));
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomCenter,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendMaxWidth = plot.Width + (Left / 2),
            LegendMargin = 0,
            LegendPadding = 4,
            LegendFontSize = 12,
            LegendSymbolLength = 24,
            LegendLineSpacing = 4,
        });
        for (int i = 0; i < _series.Count; i++)
        {
            OxyPlot.Series.Series drawn = _series[i].ToPlot(x, y);
            drawn.ToolTip = NumberText.Format((long)i); // the library hands it to the context before the series is drawn
            model.Series.Add(drawn);
        }

        IPlotModel drawing = model;
        drawing.Update(true);
        drawing.Render(new ChartContext(document, this, number, () => model.PlotArea), new OxyRect(plot.X - Left, plot.Y - Edge, Left + plot.Width + Edge, Edge + plot.Height + Below + legend));
        if (model.GetLastPlotException() is { } failure)
        {
            throw new InvalidOperationException("A chart cannot be drawn: " + failure.Message, failure);
        }

        var area = new SvgBox(model.PlotArea.Left, model.PlotArea.Top, model.PlotArea.Width, model.PlotArea.Height);
        document.Outline(area, data: $" data-plot=\"{NumberText.Format((long)number)}\"{Data("x", x)}{Data("y", y)}");
        return area;
    }

    private static string Data(string name, ChartAxis axis) =>
        $" data-{name}=\"{NumberText.Format(axis.Low)} {NumberText.Format(axis.High)}{(axis.Scale == ChartScale.Logarithmic ? " log" : axis.Names is null ? "" : " names")}\"";
}
