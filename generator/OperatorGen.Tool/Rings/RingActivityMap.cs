using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Rings;

/// <summary>The activity of a ring's nodes as colours over time: signed for real states; hue for phase and depth of colour for amplitude else. The depth is the root of the amplitude, so that what is small is seen.</summary>
internal static class RingActivityMap
{
    private const int Levels = 24;
    private const int Shades = 10;
    private const int Hues = 24;
    private const int MostColumns = 800;
    private const int MostCells = 64_000;

    private static readonly SvgPaint[] s_signed = [.. Enumerable.Range(-Levels, (2 * Levels) + 1).Select(i => SvgColours.Diverging(i / (double)Levels))];

    private static readonly SvgPaint[] s_phases =
        [SvgColours.Phase(0, 0), .. Enumerable.Range(0, Shades * Hues).Select(i => SvgColours.Phase((1 + (i / Hues)) / (double)Shades, 2 * Math.PI * (i % Hues) / Hues))];

    /// <summary>How many columns show so many steps, and how many steps one of them holds.</summary>
    public static (int Count, int Width) Columns(int steps, int nodes)
    {
        int most = Math.Clamp(MostCells / nodes, 50, MostColumns);
        int width = Math.Max(1, (steps + most - 1) / most);
        return ((steps + width - 1) / width, width);
    }

    /// <summary>Draws the activity, node 0 lowest.</summary>
    public static void Draw(SvgDocument document, SvgBox box, RingActivity activity)
    {
        (int columns, int width) = Columns(activity.Steps, activity.Nodes);
        double largest = Largest(activity);
        SvgHeatMap.Draw(document, box, columns, activity.Nodes, (column, node) => Colour(Shown(activity, node, column, width), largest, activity.IsReal), activity.IsReal ? s_signed : s_phases);
        document.Outline(box);
        document.Text(box.X, box.Y - 8, "states of the nodes" + (width > 1 ? $"; a column is {width} steps, the largest of them" : ""), size: 13, bold: true);
        Nodes(document, box, 0, activity.Nodes, "node");
    }

    /// <summary>Marks of the node axis, left of a box whose rows are nodes.</summary>
    public static void Nodes(SvgDocument document, SvgBox box, int first, int count, string label)
    {
        int step = RoundSteps.Of(count, Math.Max(2, (int)(box.Height / 34)));
        for (int mark = (int)Math.Ceiling(first / (double)step) * step; mark < first + count; mark += step)
        {
            document.Text(box.X - 5, box.Bottom - (box.Height * (mark - first + 0.5) / count) + 4, ChartAxis.Text(mark), SvgAnchor.End, 11);
        }

        document.Text(box.X - 28, box.Y + (box.Height / 2), label, SvgAnchor.Middle, upwards: true);
    }

    /// <summary>What the colours mean.</summary>
    public static void Legend(SvgDocument document, SvgBox box, RingActivity activity)
    {
        double largest = Largest(activity);
        string end = NumberText.Format(largest, 3);
        if (activity.IsReal)
        {
            SvgBox bar = box with { Y = box.Y + 10, Height = 14 };
            SvgHeatMap.Draw(document, bar, s_signed.Length, 1, (column, _) => column, s_signed);
            document.Outline(bar);
            document.Text(bar.X, bar.Y - 6, "state of a node", size: 12);
            string quarter = NumberText.Format(largest / 4, 3);
            string[] marks = ["−" + end, "−" + quarter, "0", quarter, end];
            for (int i = 0; i < marks.Length; i++)
            {
                document.Text(bar.X + (bar.Width * i / 4), bar.Bottom + 14, marks[i], i == 0 ? SvgAnchor.Start : i == 4 ? SvgAnchor.End : SvgAnchor.Middle, 11);
            }

            return;
        }

        SvgBox patch = box with { Y = box.Y + 10, Width = box.Width - 90 };
        SvgHeatMap.Draw(document, patch, Hues, Shades, (column, row) => 1 + (row * Hues) + ((column + (Hues / 2)) % Hues), s_phases);
        document.Outline(patch);
        document.Text(patch.X, patch.Y - 6, "state of a node: hue is the phase, depth the amplitude", size: 12);
        document.Text(patch.X, patch.Bottom + 14, "−π", size: 11);
        document.Text(patch.X + (patch.Width / 2), patch.Bottom + 14, "phase 0", SvgAnchor.Middle, 11);
        document.Text(patch.Right, patch.Bottom + 14, "π", SvgAnchor.End, 11);
        document.Text(patch.Right + 6, patch.Y + 9, end, size: 11);
        document.Text(patch.Right + 6, patch.Y + (patch.Height / 2) + 4, NumberText.Format(largest / 4, 3), size: 11);
        document.Text(patch.Right + 6, patch.Bottom, "0", size: 11);
    }

    private static double Largest(RingActivity activity)
    {
        double largest = 0;
        for (int t = 0; t < activity.Steps; t++)
        {
            for (int j = 0; j < activity.Nodes; j++)
            {
                double size = activity[j, t].Magnitude;
                largest = double.IsFinite(size) ? Math.Max(largest, size) : largest;
            }
        }

        return largest;
    }

    /// <summary>The state of largest magnitude within a column.</summary>
    private static ComplexNumber Shown(RingActivity activity, int node, int column, int width)
    {
        ComplexNumber shown = activity[node, column * width];
        for (int t = (column * width) + 1; t < Math.Min(activity.Steps, (column + 1) * width); t++)
        {
            shown = activity[node, t].Magnitude > shown.Magnitude ? activity[node, t] : shown;
        }

        return shown;
    }

    private static int Colour(ComplexNumber state, double largest, bool real)
    {
        double amount = largest > 0 ? Math.Sqrt(Math.Min(1, state.Magnitude / largest)) : 0;
        if (real)
        {
            return Levels + (Math.Sign(state.Re) * (int)Math.Round(Levels * amount));
        }

        int shade = (int)Math.Round(Shades * amount);
        int hue = (int)Math.Round(Hues * state.Phase / (2 * Math.PI));
        return shade == 0 ? 0 : 1 + ((shade - 1) * Hues) + ((hue + Hues) % Hues);
    }
}
