using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Commands;

/// <summary>Options that take numbers, written as model files have them whatever the machine's culture: 0.5, -2, 1e-3.</summary>
internal static class NumberOption
{
    /// <summary>Makes an option of one number; null where it is not given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="required">Whether it must be given.</param>
    public static Option<double?> Create(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        Required = required,
        CustomParser = result => Numbers(result, name)?.Values[0],
    };

    /// <summary>Makes an option of one or more numbers; null where it is not given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    public static Option<NumberList?> List(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => Numbers(result, name),
    };

    /// <summary>Makes an option of a range, two numbers; null where it is not given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    public static Option<NumberList?> Range(string name, string description)
    {
        Option<NumberList?> option = List(name, description);
        option.CustomParser = result =>
        {
            NumberList? ends = Numbers(result, name);
            if (ends is null || (ends.Values is [var low, var high] && low <= high))
            {
                return ends;
            }

            result.AddError($"{name} {string.Join(" ", result.Tokens.Select(token => token.Value))}: two numbers are expected, the lower one first, as in {name} 0 1.");
            return null;
        };
        return option;
    }

    private static NumberList? Numbers(ArgumentResult result, string name)
    {
        var numbers = new List<double>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (Fault(name, text, out double number) is { } fault)
            {
                result.AddError(fault);
                return null;
            }

            numbers.Add(number);
        }

        return new NumberList([.. numbers]);
    }

    /// <summary>Reads a number of an option.</summary>
    /// <param name="name">The option.</param>
    /// <param name="text">What it says.</param>
    /// <param name="number">The number.</param>
    /// <returns>Why it is none, a sentence; null: it is one.</returns>
    public static string? Fault(string name, string text, out double number)
    {
        if (NumberText.TryParse(text, out number) && double.IsFinite(number))
        {
            return null;
        }

        string advice = text.Contains(',') ? "; a fraction begins with a point, thousands are not set apart, and several numbers are separated by spaces" : "";
        return $"{name} {text}: a number is expected, as in 0.5 or 1e-3{advice}.";
    }
}

/// <summary>The numbers of an option. A type of its own, since an array that is not given would be empty and not null.</summary>
/// <param name="Values">At least one number.</param>
internal sealed record NumberList(double[] Values);
