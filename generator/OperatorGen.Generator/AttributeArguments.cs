using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>Reads what declaring attributes say; what cannot be used becomes a fault.</summary>
/// <param name="faults">Where faults go.</param>
internal sealed class AttributeArguments(List<Fault> faults)
{
    private const string ScalarExpected = "a finite number, or a string with a rational (\"1/3\") or a symbol (\"alpha\")";

    /// <summary>What the attribute says about the operator and the precision.</summary>
    public ModelOptions Options(AttributeData? attribute)
    {
        ModelOptions options = ModelOptions.None;
        foreach (ModelOption option in attribute is null ? [] : ModelOption.All)
        {
            (string name, object? value) = Argument(attribute!, option.Name);
            if (value is not null && option.With(options, value) is { } read)
            {
                options = read;
            }
            else if (value is not null)
            {
                faults.Add(DeclarationFaults.InlineArgument(name, Found(value), option.ExpectedFor(value)));
            }
        }

        return options;
    }

    /// <summary>Whether the attribute says that the weights are external.</summary>
    public bool IsExternal(AttributeData? attribute)
    {
        int member = attribute is null ? 0 : Named(attribute, "Weights") as int? ?? 0;
        if (member is not (0 or 1))
        {
            faults.Add(DeclarationFaults.InlineArgument("Weights", NumberText.Format((long)member), "ModelWeights.Baked or ModelWeights.External"));
        }

        return member == 1;
    }

    /// <summary>The arguments of an option, their names, and the value; null where the attribute says nothing, which 0 and not-a-number mean.</summary>
    private static (string Names, object? Value) Argument(AttributeData attribute, string option)
    {
        switch (option)
        {
            case "inputRange":
                double low = Named(attribute, "InputLow") as double? ?? double.NaN;
                double high = Named(attribute, "InputHigh") as double? ?? double.NaN;
                return ("InputLow, InputHigh", double.IsNaN(low) && double.IsNaN(high) ? null : new[] { low, high });
            case "precision":
                int member = Named(attribute, "Precision") as int? ?? 0;
                return ("Precision", member == 0 ? null : OptionNames.Precisions.All.ElementAtOrDefault(member - 1) ?? (object)(double)member);
            default:
                string name = char.ToUpperInvariant(option[0]) + option.Substring(1);
                return (name, Named(attribute, name) switch { 0 or double.NaN => null, int number => (double)number, var value => value });
        }
    }

    /// <summary>An inline model as a declaration; null where a fault was found.</summary>
    public ModelDeclaration? Inline(AttributeData attribute, AttributeData[] modes, ModelOptions options)
    {
        if (modes.Length == 0)
        {
            faults.Add(DeclarationFaults.NoModes());
        }

        InlineMode[] read = [.. modes.Select(Mode)];
        string text = Named(attribute, "Discretization") as string ?? "none";
        DiscretizationRule? rule = OptionNames.Rules.Find(text);
        if (rule is null)
        {
            faults.Add(DeclarationFaults.InlineArgument("Discretization", $"\"{text}\"", OptionNames.Rules.Expected));
        }

        int gamma = Named(attribute, "Gamma") is int g ? g : 1;
        Scalar? step = Optional(attribute, "Step");
        if (step is null && rule is (DiscretizationRule.ZeroOrderHold or DiscretizationRule.Bilinear) && faults.Count == 0)
        {
            faults.Add(DeclarationFaults.InlineArgument("Step", "not given", $"the step size, which Discretization = \"{text}\" needs,"));
        }

        Scalar? skip = Optional(attribute, "Skip");
        string decoder = Named(attribute, "Decoder") as string ?? DecoderFunctions.Identity.Name;
        return faults.Count > 0
            ? null
            : new InlineModel(
                read.ToEquatableArray(),
                skip,
                step,
                rule!.Value,
                decoder,
                gamma,
                options).ToDeclaration();
    }

    private static object? Named(AttributeData attribute, string name)
    {
        TypedConstant constant = attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value;
        return constant.Kind is TypedConstantKind.Error or TypedConstantKind.Array ? null : constant.Value;
    }

    private InlineMode Mode(AttributeData attribute)
    {
        Scalar Positional(int index, string name) => attribute.ConstructorArguments.Length > index
            ? Read(name, attribute.ConstructorArguments[index])
            : 0.0;
        Scalar Property(string name, double otherwise)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
            {
                if (argument.Key == name)
                {
                    return Read(name, argument.Value);
                }
            }

            return otherwise;
        }

        return new InlineMode(
            Positional(0, "re"),
            Positional(1, "im"),
            Property("InputRe", 1),
            Property("InputIm", 0),
            Property("OutputRe", 1),
            Property("OutputIm", 0));
    }

    private Scalar? Optional(AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name && !argument.Value.IsNull)
            {
                return Read(name, argument.Value);
            }
        }

        return null;
    }

    private Scalar Read(string name, TypedConstant constant)
    {
        object? value = constant.Kind == TypedConstantKind.Primitive ? constant.Value : null;
        switch (value)
        {
            case string text when InlineText.TryParseScalar(text, out Scalar scalar):
                return scalar;
            case double number when !double.IsNaN(number) && !double.IsInfinity(number):
                return number;
            case float number when !float.IsNaN(number) && !float.IsInfinity(number):
                return (double)number;
            case sbyte or byte or short or ushort or int or uint:
                return Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
            case long number when Math.Abs((decimal)number) <= 1L << 53:
                return (double)number;
            default:
                faults.Add(DeclarationFaults.InlineArgument(name, Found(value), ScalarExpected));
                return 0.0;
        }
    }

    private static string Found(object? value) => value switch
    {
        null => "nothing that is a number or a string",
        string text => $"\"{text}\"",
        double number => NumberText.Format(number),
        double[] numbers => string.Join(", ", numbers.Select(number => NumberText.Format(number))),
        float number => NumberText.Format(number),
        _ => "a value of type " + value.GetType().Name,
    };
}
