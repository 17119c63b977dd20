using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>A declaration's hyperparameters for one architecture: each is asked for by name, and what nobody asked for is unknown.</summary>
internal sealed class HyperTable(ModelDeclaration declaration, FaultCollector faults)
{
    /// <summary>The largest size that an architecture takes.</summary>
    public const int MaxSize = 1 << 20;

    private readonly List<string> _read = [];
    private readonly List<string> _ignored = [];
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);
    private readonly List<AssumedDefault> _assumed = [];

    /// <summary>Whether an option of upstream was refused that decides which tensors there are.</summary>
    public bool HasUnsupported { get; private set; }

    /// <summary>The defaults that were taken so far, see <see cref="Assume"/>.</summary>
    public EquatableArray<AssumedDefault> Assumed => _assumed.ToEquatableArray();

    /// <summary>Notes a default that was taken because the hyperparameter is absent and no tensor tells its value.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="value">The default.</param>
    /// <param name="decides">What it decides, a sentence without its full stop.</param>
    public void Assume(string name, string value, string decides)
    {
        if (Find(name) is null)
        {
            _assumed.Add(new AssumedDefault(name, value, decides));
        }
    }

    /// <summary>true or false where the tensors do not tell; the default, which is noted as assumed, where it is absent or wrong.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="defaultValue">The default.</param>
    /// <param name="decides">What the default decides, a sentence without its full stop.</param>
    public bool Flag(string name, bool defaultValue, string decides)
    {
        Assume(name, defaultValue ? "true" : "false", decides);
        return Flag(name) ?? defaultValue;
    }

    /// <summary>One of several names where the tensors do not tell; the default, which is noted as assumed, where it is absent or wrong.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="defaultValue">The default.</param>
    /// <param name="decides">What the default decides, a sentence without its full stop.</param>
    /// <param name="names">All names.</param>
    public string Choice(string name, string defaultValue, string decides, params string[] names)
    {
        Assume(name, defaultValue, decides);
        return OneOf(name, defaultValue, names);
    }

    /// <summary>A positive number that no tensor holds; the default, which is noted as assumed, where it is absent or wrong.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="defaultValue">The default.</param>
    /// <param name="decides">What the default decides, a sentence without its full stop.</param>
    public double Positive(string name, double defaultValue, string decides)
    {
        Assume(name, NumberText.Format(defaultValue), decides);
        return Number(name, defaultValue, value => value > 0, "a positive number");
    }

    /// <summary>Accepts hyperparameters that change nothing in evaluation.</summary>
    public void Ignore(params string[] names) => _ignored.AddRange(names);

    /// <summary>A positive integer; null where it is absent or wrong.</summary>
    public int? Size(string name, int minimum = 1, int maximum = MaxSize)
    {
        if (Find(name) is not { Kind: not HyperKind.Null } hyper)
        {
            return null;
        }

        if (NumberOf(hyper) is double value && value == Math.Floor(value) && value >= minimum && value <= maximum)
        {
            return (int)value;
        }

        Wrong(hyper, Invariant($"an integer from {minimum} to {maximum}"));
        return null;
    }

    /// <summary>A number; the default where it is absent or wrong.</summary>
    public double Number(string name, double defaultValue, Func<double, bool> accepts, string expected)
    {
        if (Find(name) is not { Kind: not HyperKind.Null } hyper)
        {
            return defaultValue;
        }

        if (NumberOf(hyper) is double value && accepts(value))
        {
            return value;
        }

        Wrong(hyper, expected);
        return defaultValue;
    }

    /// <summary>true or false; null where it is absent or wrong.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } hyper)
        {
            return null;
        }

        if (hyper.Kind == HyperKind.Boolean)
        {
            return hyper.Value == "true";
        }

        Wrong(hyper, "true or false");
        return null;
    }

    /// <summary>true or false, of which JSON's null means false too; null where it is absent or wrong.</summary>
    public bool? FlagOrNull(string name) => Find(name) is { Kind: HyperKind.Null } ? false : Flag(name);

    /// <summary>A string; null where it is absent or wrong.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } hyper)
        {
            return null;
        }

        if (hyper.Kind == HyperKind.Text)
        {
            return hyper.Value;
        }

        Wrong(hyper, "a string");
        return null;
    }

    /// <summary>Accepts a hyperparameter only with the values that this architecture computes; where upstream has others, they are refused by name.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="values">The values; <c>null</c> is JSON's null.</param>
    public void Expect(string name, params string[] values)
    {
        if (Find(name) is { } hyper && !values.Contains(hyper.Value))
        {
            Wrong(hyper, string.Join(" or ", values.Select(value => $"'{value}'")) + ", all that is computed here,");
            HasUnsupported = true;
        }
    }

    /// <summary>One of several names; the default where it is absent or wrong. null counts as absent.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="defaultValue">The name where nothing is said.</param>
    /// <param name="names">All names.</param>
    public string OneOf(string name, string defaultValue, params string[] names)
    {
        if (Find(name) is not { Kind: not HyperKind.Null } hyper)
        {
            return defaultValue;
        }

        if (names.Contains(hyper.Value))
        {
            return hyper.Value;
        }

        Wrong(hyper, "one of " + string.Join(", ", names.Select(known => $"'{known}'")));
        return defaultValue;
    }

    /// <summary>A decoder function by name, or a polynomial; the identity where it is absent or wrong.</summary>
    /// <param name="name">The hyperparameter.</param>
    public DecoderFunction Decoder(string name)
    {
        if (Text(name) is not { } text)
        {
            return DecoderFunctions.Identity;
        }

        if (DecoderFunctions.Find(text) is { } function)
        {
            if (function is PolynomialFunction polynomial && polynomial.Coefficients.Any(coefficient => double.IsInfinity(coefficient.ToDouble())))
            {
                Wrong(Find(name)!, "a polynomial whose coefficients are in the range of a double");
                return DecoderFunctions.Identity;
            }

            return function;
        }

        string known = string.Join(", ", DecoderFunctions.All.Select(each => $"'{each.Name}'"));
        Wrong(Find(name)!, $"one of {known}, or 'polynomial(c0, c1, ...)'");
        return DecoderFunctions.Identity;
    }

    /// <summary>The declared entry; null where there is none.</summary>
    public HyperParameter? Find(string name)
    {
        _read.Add(name);
        foreach (HyperParameter hyper in declaration.Hyper)
        {
            if (hyper.Name == name)
            {
                return hyper;
            }
        }

        return null;
    }

    /// <summary>Reports an entry whose value cannot be used, once.</summary>
    public void Wrong(HyperParameter hyper, string expected)
    {
        if (_wrong.Add(hyper.Name))
        {
            faults.Add(ModelFaults.HyperparameterValue(hyper.Name, Describe(hyper), expected, hyper.Place));
        }
    }

    /// <summary>Reports what nobody asked for, with the nearest name of what is read: a name that is ignored would help nobody.</summary>
    public void RejectUnknown()
    {
        var known = new HashSet<string>(_read.Concat(_ignored), StringComparer.Ordinal);
        foreach (HyperParameter hyper in declaration.Hyper)
        {
            if (!known.Contains(hyper.Name) && !faults.IsFull(FaultKinds.UnknownHyperparameter))
            {
                faults.Add(ModelFaults.UnknownHyperparameter(JsonSource.Shorten(hyper.Name), NearestName.Of(hyper.Name, _read), [.. _read.Distinct()], declaration.Architecture, hyper.Place));
            }
        }
    }

    private static double? NumberOf(HyperParameter hyper) =>
        hyper.Kind == HyperKind.Number && NumberText.TryParse(hyper.Value.AsSpan(), out double value) && !double.IsInfinity(value) && !double.IsNaN(value) ? value : null;

    private static string Describe(HyperParameter hyper) =>
        hyper.Kind == HyperKind.Text ? "'" + JsonSource.Shorten(hyper.Value) + "'" : JsonSource.Shorten(hyper.Value);
}
