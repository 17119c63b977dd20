using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OperatorGen.Tool.Drawing;

/// <summary>An axis of a chart: a range of numbers with round marks.</summary>
/// <param name="Label">What it shows, with its unit; empty: none.</param>
/// <param name="Low">The least number shown.</param>
/// <param name="High">The greatest number shown.</param>
/// <param name="Scale">How numbers are spread.</param>
public sealed record SvgAxis(string Label, double Low, double High, SvgScale Scale = SvgScale.Linear)
{
    /// <summary>An axis over some values with a little room at both ends; numbers that are not finite are left out.</summary>
    /// <param name="label">What it shows.</param>
    /// <param name="values">The values.</param>
    /// <param name="withZero">Whether 0 is shown in any case; unused where the scale is logarithmic.</param>
    /// <param name="scale">How numbers are spread.</param>
    public static SvgAxis Over(string label, IEnumerable<double> values, bool withZero = false, SvgScale scale = SvgScale.Linear)
    {
        double[] shown = [.. values.Where(value => double.IsFinite(value) && (scale != SvgScale.Logarithmic || value > 0))];
        (double low, double high) = shown.Length == 0 ? (scale == SvgScale.Logarithmic ? (1.0, 10.0) : (0, 1)) : (shown.Min(), shown.Max());
        if (scale == SvgScale.Logarithmic)
        {
            low = Math.Pow(10, Math.Floor(Math.Log10(low)));
            high = Math.Pow(10, Math.Ceiling(Math.Log10(high)));
            return new SvgAxis(label, low, high > low ? high : 10 * low, scale);
        }

        (low, high) = withZero ? (Math.Min(0, low), Math.Max(0, high)) : (low, high);
        double room = high > low ? 0.05 * (high - low) : Math.Max(0.5, Math.Abs(low) / 2);
        return new SvgAxis(label, withZero && low == 0 && high > 0 ? 0 : low - room, withZero && high == 0 && low < 0 ? 0 : high + room, scale);
    }

    /// <summary>Where a number is, 0 at the low end and 1 at the high end; not a number where a logarithmic axis has no place for it.</summary>
    public double Position(double value) => Scale == SvgScale.Logarithmic
        ? value > 0 ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low)) : double.NaN
        : (value - Low) / (High - Low);

    /// <summary>Round numbers within the range, about as many as asked for.</summary>
    /// <param name="wanted">How many there is room for.</param>
    public IReadOnlyList<double> Marks(int wanted)
    {
        if (Scale == SvgScale.Logarithmic)
        {
            if (High <= 200 * Low)
            {
                double decade = Math.Pow(10, Math.Floor(Math.Log10(Low) + 1e-9));
                return [.. new[] { 1.0, 2, 5, 10, 20, 50, 100, 200, 500 }.Select(factor => factor * decade).Where(mark => mark >= 0.999 * Low && mark <= 1.001 * High)];
            }

            int first = (int)Math.Ceiling(Math.Log10(Low) - 1e-9);
            int last = (int)Math.Floor(Math.Log10(High) + 1e-9);
            int every = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)Math.Max(2, wanted)));
            return [.. Enumerable.Range(0, last - first + 1).Where(i => i % every == 0).Select(i => Math.Pow(10, first + i))];
        }

        // The smallest round step that leaves no more marks than there is room for; where that is a single one, the step before it.
        double power = Math.Pow(10, Math.Floor(Math.Log10(High - Low)) - 2);
        double[] steps = [.. Enumerable.Range(0, 10).Select(i => power * Math.Pow(10, i / 3) * (i % 3 == 0 ? 1 : i % 3 == 1 ? 2 : 5))];
        int index = Array.FindIndex(steps, size => Count(size) <= Math.Max(3, wanted));
        double step = steps[Count(steps[index]) < 2 ? index - 1 : index];
        step = Scale == SvgScale.Whole ? Math.Max(1, step) : step;
        return [.. Enumerable.Range(0, Count(step)).Select(i => (First(step) + i) * step)];
    }

    private double First(double step) => Math.Ceiling((Low / step) - 1e-9);

    private int Count(double step) => Math.Max(0, (int)(Math.Floor((High / step) + 1e-9) - First(step)) + 1);

    /// <summary>A mark as it is written.</summary>
    public static string Text(double mark) => mark == 0 ? "0" : Math.Abs(mark) is >= 1e5 or < 1e-3
        ? mark.ToString("0.#e0", CultureInfo.InvariantCulture)
        : mark.ToString("0.#####", CultureInfo.InvariantCulture).Replace('-', '−');
}

/// <summary>How an axis spreads numbers.</summary>
public enum SvgScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Evenly, with marks at whole numbers only.</summary>
    Whole,

    /// <summary>By their logarithms.</summary>
    Logarithmic,
}
