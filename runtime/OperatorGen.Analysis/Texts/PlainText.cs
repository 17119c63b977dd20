using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Plain text of limited width: lines broken at blanks, aligned tables, numbers rounded for people. The same characters on every host.</summary>
internal static class PlainText
{
    /// <summary>The columns of a line at most.</summary>
    public const int Width = 120;

    /// <summary>Digits of a number for people. JSON has all of them.</summary>
    public const int Digits = 5;

    private const int LeastCell = 24;

    /// <summary>A number, rounded; 0 without sign.</summary>
    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "infinity" : double.IsNegativeInfinity(value) ? "-infinity" : NumberText.Format(value == 0 ? 0 : value, Digits);

    /// <summary>A number with its sign.</summary>
    public static string Signed(double value) => (value >= 0 ? "+" : "") + Number(value);

    /// <summary>A complex number, rounded: <c>0.5 - 0.25i</c>.</summary>
    public static string Complex(ComplexNumber value) =>
        value.Im == 0 ? Number(value.Re) : $"{Number(value.Re)} {(value.Im < 0 ? "-" : "+")} {Number(Math.Abs(value.Im))}i";

    /// <summary>A range, its ends rounded: <c>[-1.5, 2]</c>.</summary>
    public static string Range(double low, double high) => $"[{Number(low)}, {Number(high)}]";

    /// <summary>A number of things: <c>1 wave</c>, <c>2,000 waves</c>.</summary>
    public static string Count(BigInteger count, string noun)
    {
        string digits = ((BigRational)count).ToString();
        string grouped = string.Concat(digits.Select((digit, i) => (i > 0 && (digits.Length - i) % 3 == 0 ? "," : "") + digit));
        return $"{grouped} {noun}{(count.IsOne ? "" : "s")}";
    }

    /// <summary>A text broken at blanks into lines of limited width, the first one indented and the others deeper. What has no blank is not broken.</summary>
    /// <param name="text">The text, one line.</param>
    /// <param name="indent">How far the first line is indented.</param>
    /// <param name="width">The columns of a line at most.</param>
    public static IEnumerable<string> Wrap(string text, int indent = 0, int width = Width)
    {
        string margin = new(' ', indent);
        int start = 0;
        while (start < text.Length)
        {
            int room = Math.Max(1, width - margin.Length);
            int end = text.Length;
            if (text.Length - start > room)
            {
                int blank = text.LastIndexOf(' ', start + room, room + 1);
                end = blank > start ? blank : text.IndexOf(' ', start) is > 0 and int next ? next : text.Length;
            }

            string part = text.Substring(start, end - start);
            yield return margin + part;
            start = end + 1;
            margin = new string(' ', indent + 4);
        }
    }

    /// <summary>As many of the texts, each broken into lines, as there is room for.</summary>
    /// <param name="texts">The texts, one line each.</param>
    /// <param name="indent">How far the first line of each is indented.</param>
    /// <param name="room">How many lines there may be.</param>
    public static IReadOnlyList<string> Fitting(IEnumerable<string> texts, int indent, int room)
    {
        List<string> lines = [];
        foreach (string text in texts)
        {
            string[] broken = [.. Wrap(text, indent)];
            if (lines.Count + broken.Length > room)
            {
                break;
            }

            lines.AddRange(broken);
        }

        return lines;
    }

    /// <summary>A table with aligned columns. Where it is too wide, the last column's cells are broken into lines.</summary>
    /// <param name="headings">The columns' headings.</param>
    /// <param name="rows">One text per column each; hidden characters are escaped.</param>
    /// <param name="width">The columns of a line at most.</param>
    public static IEnumerable<string> Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, int width = Width)
    {
        int last = headings.Count - 1;
        string[][] cells = [.. rows.Prepend(headings).Select(row => row.Select(VisibleText.Of).ToArray())];
        int[] widths = [.. headings.Select((_, i) => cells.Max(row => row[i].Length))];
        int before = 2 + widths.Take(last).Sum(column => column + 2);
        foreach (string[] row in cells)
        {
            string line = "  " + string.Concat(row.Take(last).Select((cell, i) => cell.PadRight(widths[i]) + "  "));
            foreach (string part in Wrap(row[last], 0, Math.Max(LeastCell, width - before)).DefaultIfEmpty(""))
            {
                yield return (line + part).TrimEnd();
                line = new string(' ', before);
            }
        }
    }
}
