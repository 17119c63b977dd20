using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// One of the options: model files and attributes are read, and model files and their summaries written, by the list of all. A value is a number (double), a name
/// (string) or a list of numbers (double[]).
/// </summary>
/// <param name="Name">Its name in model files.</param>
/// <param name="Expected">What its value may be, as the end of the sentence "... is expected".</param>
/// <param name="Get">The value that options have; null: none.</param>
/// <param name="With">The options with a value; null where the value cannot be used.</param>
public sealed record ModelOption(string Name, string Expected, Func<ModelOptions, object?> Get, Func<ModelOptions, object?, ModelOptions?> With)
{
    /// <summary>All options, in the order in which they are written.</summary>
    public static IReadOnlyList<ModelOption> All { get; } =
    [
        new("order", "an integer", options => (double?)options.Order, (options, value) =>
            Integer(value) is int order ? options with { Order = order } : null),
        new("expansion", OptionNames.Expansions.Expected, options => OptionNames.Expansions.Of(options.Expansion), (options, value) =>
            OptionNames.Expansions.Find(value) is ExpansionKind kind ? options with { Expansion = kind } : null),
        new("centre", "a finite number", options => options.Centre, (options, value) =>
            IsFinite(value) ? options with { Centre = (double)value! } : null),
        new("inputRange", "a pair of different numbers, the lower one first,", Range, (options, value) =>
            value is double[] { Length: 2 } ends && IsFinite(ends[0]) && IsFinite(ends[1]) && ends[0] < ends[1] ? options with { InputLow = ends[0], InputHigh = ends[1] } : null),
        new("maxLength", "a positive integer", options => (double?)options.MaxLength, (options, value) =>
            Integer(value) is int length and > 0 ? options with { MaxLength = length } : null),
        new("precision", OptionNames.Precisions.Expected, options => OptionNames.Precisions.Of(options.Precision), (options, value) =>
            OptionNames.Precisions.Find(value) is Precision precision ? options with { Precision = precision } : null),
    ];

    /// <summary>What the option may be in place of a value that cannot be used, as the end of the sentence "... is expected".</summary>
    /// <param name="value">The value.</param>
    public string ExpectedFor(object? value) => value is double[] { Length: 2 } ends && ends[0] > ends[1]
        ? $"{Expected} here [{NumberText.Format(ends[1])}, {NumberText.Format(ends[0])}],"
        : Expected;

    /// <summary>The options that have a value, with it.</summary>
    public static IEnumerable<(string Name, object Value)> Given(ModelOptions options)
    {
        foreach (ModelOption option in All)
        {
            if (option.Get(options) is { } value)
            {
                yield return (option.Name, value);
            }
        }
    }

    private static double[]? Range(ModelOptions options) => options is { InputLow: double low, InputHigh: double high } ? new[] { low, high } : null;

    private static bool IsFinite(object? value) => value is double number && !double.IsNaN(number) && !double.IsInfinity(number);

    private static int? Integer(object? value) => value is double number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;
}
