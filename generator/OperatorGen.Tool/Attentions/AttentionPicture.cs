using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;
using OperatorGen.Tool.Reports;

namespace OperatorGen.Tool.Attentions;

/// <summary>An attention as a matrix of colours: time of the readout downwards, time of the value to the right.</summary>
/// <param name="Matrix">M, [time, time], row by row.</param>
/// <param name="Steps">The number of time steps.</param>
internal sealed record AttentionPicture(double[] Matrix, int Steps) : Picture
{
    private const double Side = 420;
    private const double Left = 62;
    private const double Top = 12;
    private const double Below = 100;
    private const int MostCells = 280; // a cell is not less than 1.5 pixels
    private const int Levels = 18;
    private const double Decades = 3;

    private static readonly SvgPaint[] s_palette = [.. Enumerable.Range(-Levels, (2 * Levels) + 1).Select(i => SvgColours.Diverging(i / (double)Levels))];

    /// <summary>How the colours are read.</summary>
    public const string Reading = "Orange is above 0, blue below; the depth is the logarithm of the size over three decades below the largest.";

    private int Width => (Steps + MostCells - 1) / MostCells;

    /// <inheritdoc/>
    public override string Draw(string? id, string title, string description)
    {
        int width = Width, cells = (Steps + width - 1) / width;
        double largest = Matrix.Max(Math.Abs);
        var document = new SvgDocument(Left + Side + 16, Top + Side + Below, title, description, id);
        var box = new SvgBox(Left, Top, Side, Side);
        SvgHeatMap.Draw(document, box, cells, cells, (column, row) => Colour(Shown(cells - 1 - row, column, width), largest), s_palette);
        document.Outline(box);
        double pixels = Side / cells / width;
        for (int mark = 0, step = RoundSteps.Of(Steps, 8); mark < Steps; mark += step)
        {
            double at = (mark + 0.5) * pixels;
            document.Text(box.X - 5, box.Y + at + 4, ChartAxis.Text(mark), SvgAnchor.End, 11);
            document.Text(box.X + at, box.Bottom + 15, ChartAxis.Text(mark), SvgAnchor.Middle, 11);
        }

        document.Text(box.X - 42, box.Y + (Side / 2), "t, time of the readout", SvgAnchor.Middle, upwards: true);
        document.Text(box.X + (Side / 2), box.Bottom + 33, $"tau, time of the value{(width > 1 ? $"; a cell is {NumberText.Format((long)width)} x {NumberText.Format((long)width)} steps, the largest of them" : "")}", SvgAnchor.Middle);
        Legend(document, box with { Y = box.Bottom + 56, Height = 14 }, largest);
        return document.ToString();
    }

    /// <inheritdoc/>
    public override void WriteNumbers(Utf8JsonWriter json)
    {
        json.WriteNumber("steps", Steps);
        json.Numbers("matrix", Matrix);
    }

    private static void Legend(SvgDocument document, SvgBox bar, double largest)
    {
        SvgHeatMap.Draw(document, bar, s_palette.Length, 1, (column, _) => column, s_palette);
        document.Outline(bar);
        string end = NumberText.Format(largest, 3), small = NumberText.Format(largest * 0.03162, 2);
        IReadOnlyList<(double At, string Text, SvgAnchor Anchor)> marks =
        [
            (0, "−" + end, SvgAnchor.Start), (0.25, "−" + small, SvgAnchor.Middle), (0.5, "0", SvgAnchor.Middle), (0.75, small, SvgAnchor.Middle), (1, end, SvgAnchor.End),
        ];
        foreach ((double at, string text, SvgAnchor anchor) in marks)
        {
            document.Text(bar.X + (bar.Width * at), bar.Bottom + 14, text, anchor, 11);
        }
    }

    private static int Colour(double value, double largest) =>
        value == 0 ? Levels : Levels + (Math.Sign(value) * (int)Math.Round(Levels * Math.Max(0, 1 + (Math.Log10(Math.Abs(value) / largest) / Decades))));

    /// <summary>The number of largest size within a cell.</summary>
    private double Shown(int row, int column, int width)
    {
        double shown = 0;
        for (int t = row * width; t < Math.Min(Steps, (row + 1) * width); t++)
        {
            for (int tau = column * width; tau < Math.Min(Steps, (column + 1) * width); tau++)
            {
                double value = Matrix[(t * Steps) + tau];
                shown = Math.Abs(value) > Math.Abs(shown) ? value : shown;
            }
        }

        return shown;
    }
}
