using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OxyPlot;
using OxyPlot.Axes;

namespace OperatorGen.Tool.Drawing;

/// <summary>An axis of a chart: a range of numbers, or of names.</summary>
/// <param name="Label">What it shows, with its unit; empty: none.</param>
/// <param name="Low">The least number shown.</param>
/// <param name="High">The greatest number shown.</param>
/// <param name="Scale">How numbers are spread.</param>
internal sealed record ChartAxis(string Label, double Low, double High, ChartScale Scale = ChartScale.Linear)
{
    /// <summary>What is at 0, 1, ... instead of numbers; the first of a vertical axis is uppermost. Null: numbers.</summary>
    public IReadOnlyList<string>? Names { get; private init; }

    /// <summary>An axis over some values with a little room at both ends; numbers that are not finite are left out.</summary>
    /// <param name="label">What it shows.</param>
    /// <param name="values">The values.</param>
    /// <param name="withZero">Whether 0 is shown in any case; unused where the scale is logarithmic.</param>
    /// <param name="scale">How numbers are spread.</param>
    public static ChartAxis Over(string label, IEnumerable<double> values, bool withZero = false, ChartScale scale = ChartScale.Linear)
    {
        double[] shown = [.. values.Where(value => double.IsFinite(value) && (scale != ChartScale.Logarithmic || value > 0))];
        (double low, double high) = shown.Length == 0 ? (scale == ChartScale.Logarithmic ? (1.0, 10.0) : (0, 1)) : (shown.Min(), shown.Max());
        if (scale == ChartScale.Logarithmic)
        {
            low = Math.Pow(10, Math.Floor(Math.Log10(low)));
            high = Math.Pow(10, Math.Ceiling(Math.Log10(high)));
            return new ChartAxis(label, low, high > low ? high : 10 * low, scale);
        }

        (low, high) = withZero ? (Math.Min(0, low), Math.Max(0, high)) : (low, high);
        double room = high > low ? 0.05 * (high - low) : Math.Max(0.5, Math.Abs(low) / 2);
        return new ChartAxis(label, withZero && low == 0 && high > 0 ? 0 : low - room, withZero && high == 0 && low < 0 ? 0 : high + room, scale);
    }

    /// <summary>An axis of names.</summary>
    public static ChartAxis Of(IReadOnlyList<string> names) => new("", -0.5, names.Count - 0.5, ChartScale.Whole) { Names = names };

    /// <summary>A number within the axis or so little beyond it that a line runs out of the picture towards it.</summary>
    public double Near(double value) => Scale == ChartScale.Logarithmic
        ? Math.Clamp(value, Low * Low / High, High * High / Low)
        : Math.Clamp(value, Low - (High - Low), High + (High - Low));

    /// <summary>The axis as the plotting library has it.</summary>
    /// <param name="position">Below or left of the plot.</param>
    /// <param name="labelled">Whether it has marks' numbers and its label.</param>
    public Axis ToPlot(AxisPosition position, bool labelled)
    {
        Axis axis = Scale == ChartScale.Logarithmic ? new LogarithmicAxis { PowerPadding = false } : new LinearAxis();
        axis.Position = position;
        (axis.Minimum, axis.Maximum) = (Low, High);
        axis.Title = labelled && Label.Length > 0 ? Label : null;
        axis.LabelFormatter = value => !labelled ? "" : Names is null ? Text(value) : value >= 0 && value < Names.Count ? Names[(int)value] : "";
        axis.TickStyle = TickStyle.None;
        axis.AxisTitleDistance = 8;
        axis.FontSize = 11;
        axis.TitleFontSize = 12;
        axis.IntervalLength = position == AxisPosition.Left ? 40 : 70;
        axis.MajorGridlineStyle = Names is null ? LineStyle.Solid : LineStyle.None;
        axis.MajorGridlineColor = OxyColor.Parse(SvgColours.Grid);
        axis.MinimumMajorStep = Scale == ChartScale.Whole ? 1 : 0;
        if (Names is not null)
        {
            axis.MajorStep = 1;
            (axis.StartPosition, axis.EndPosition) = position == AxisPosition.Left ? (1, 0) : (0, 1);
        }

        return axis;
    }

    /// <summary>A mark as it is written.</summary>
    public static string Text(double mark) => (mark == 0 ? "0" : mark.ToString(Math.Abs(mark) is >= 1e5 or < 1e-3 ? "0.###e0" : "0.#####", CultureInfo.InvariantCulture)).Replace('-', '−');
}

/// <summary>How an axis spreads numbers.</summary>
public enum ChartScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Evenly, with marks at whole numbers only.</summary>
    Whole,

    /// <summary>By their logarithms.</summary>
    Logarithmic,
}
