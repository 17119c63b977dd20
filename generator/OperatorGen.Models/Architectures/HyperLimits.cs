using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Two limits as a hyperparameter: an array such as <c>[0.01, 0.5]</c>, or a text of a pair, which may have an infinite end: Python's <c>(0.0, inf)</c>.</summary>
internal static class HyperLimits
{
    private const string Infinite = "inf";

    /// <summary>The limits, the lower one first; the default, which is noted as assumed, where they are absent or wrong.</summary>
    /// <param name="table">The hyperparameters.</param>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="defaultValue">The default.</param>
    /// <param name="decides">What the default decides, a sentence without its full stop.</param>
    public static (double Lower, double Upper) Read(HyperTable table, string name, (double Lower, double Upper) defaultValue, string decides)
    {
        if (table.Find(name) is not { Kind: not HyperKind.Null } hyper)
        {
            table.Assume(name, $"({Text(defaultValue.Lower)}, {Text(defaultValue.Upper)})", decides);
            return defaultValue;
        }

        double[] ends = hyper.Kind is HyperKind.Array or HyperKind.Text ? [.. Unbracketed(hyper.Value.Trim()).Split(',').Select(end => End(end.Trim()))] : [];
        if (ends.Length == 2 && ends[0] < ends[1])
        {
            return (ends[0], ends[1]);
        }

        table.Wrong(hyper, "a pair of different numbers, the lower one first, or a text of it such as '(0.0, inf)',");
        return defaultValue;
    }

    /// <summary>What is between a pair of brackets; the text itself, which is no pair of numbers then, where they do not match.</summary>
    private static string Unbracketed(string text) =>
        text.Length >= 2 && (text[0], text[text.Length - 1]) is ('(', ')') or ('[', ']') ? text.Substring(1, text.Length - 2) : text;

    /// <summary>A number, or Python's and JavaScript's words for infinity.</summary>
    private static double End(string text) => text switch
    {
        Infinite or "Infinity" => double.PositiveInfinity,
        "-" + Infinite or "-Infinity" => double.NegativeInfinity,
        _ => NumberText.TryParse(text.AsSpan(), out double value) ? value : double.NaN,
    };

    private static string Text(double end) => double.IsPositiveInfinity(end) ? Infinite : NumberText.Format(end);
}
