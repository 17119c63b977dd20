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
    public CompilerOptions Options(AttributeData? attribute)
    {
        if (attribute is null)
        {
            return CompilerOptions.None;
        }

        int order = Named(attribute, "Order") is int o ? o : 0;
        double low = Named(attribute, "InputLow") is double l ? l : double.NaN;
        double high = Named(attribute, "InputHigh") is double h ? h : double.NaN;
        bool ranged = !double.IsNaN(low) || !double.IsNaN(high);
        if (ranged && !(low < high && !double.IsInfinity(low) && !double.IsInfinity(high)))
        {
            faults.Add(DeclarationFaults.InlineArgument(
                "InputLow, InputHigh",
                NumberText.Format(low) + ", " + NumberText.Format(high),
                "two finite numbers, the lower one first"));
            ranged = false;
        }

        Precision? precision = Named(attribute, "Precision") is int p ? Precision(p) : null;
        return new CompilerOptions(order == 0 ? null : order, ranged ? low : null, ranged ? high : null, precision, Expansion(attribute), Centre(attribute), MaxLength(attribute));
    }

    private ExpansionKind? Expansion(AttributeData attribute)
    {
        if (Named(attribute, "Expansion") is not string name)
        {
            return null;
        }

        ExpansionKind? kind = ExpansionNames.Find(name);
        if (kind is null)
        {
            faults.Add(DeclarationFaults.InlineArgument("Expansion", Found(name), ExpansionNames.Expected));
        }

        return kind;
    }

    private double? Centre(AttributeData attribute)
    {
        double centre = Named(attribute, "Centre") is double c ? c : double.NaN;
        if (double.IsInfinity(centre))
        {
            faults.Add(DeclarationFaults.InlineArgument("Centre", Found(centre), "a finite number"));
        }

        return double.IsNaN(centre) || double.IsInfinity(centre) ? null : centre;
    }

    private int? MaxLength(AttributeData attribute)
    {
        int length = Named(attribute, "MaxLength") is int l ? l : 0;
        if (length < 0)
        {
            faults.Add(DeclarationFaults.InlineArgument("MaxLength", NumberText.Format((double)length), "a positive number of time steps"));
        }

        return length > 0 ? length : null;
    }

    /// <summary>An inline model as a declaration; null where a fault was found.</summary>
    public ModelDeclaration? Inline(AttributeData attribute, AttributeData[] modes, CompilerOptions options)
    {
        if (modes.Length == 0)
        {
            faults.Add(DeclarationFaults.NoModes());
        }

        InlineMode[] read = [.. modes.Select(Mode)];
        string text = Named(attribute, "Discretization") as string ?? "none";
        DiscretizationRule? rule = text switch
        {
            "none" => DiscretizationRule.None,
            "zoh" => DiscretizationRule.ZeroOrderHold,
            "bilinear" => DiscretizationRule.Bilinear,
            _ => null,
        };
        if (rule is null)
        {
            faults.Add(DeclarationFaults.InlineArgument("Discretization", $"\"{text}\"", "\"zoh\", \"bilinear\" or \"none\""));
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
                new DeclaredOptions(options.Order, options.InputLow, options.InputHigh, options.Precision, null)
                {
                    Expansion = options.Expansion,
                    Centre = options.Centre,
                    MaxLength = options.MaxLength,
                }).ToDeclaration();
    }

    private Precision? Precision(int value)
    {
        switch (value)
        {
            case 0:
                return null;
            case 1:
                return Models.Precision.Single;
            case 2:
                return Models.Precision.Double;
            case 3:
                return Models.Precision.Both;
            default:
                faults.Add(DeclarationFaults.InlineArgument("Precision", NumberText.Format((double)value), "a member of ModelPrecision"));
                return null;
        }
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
        float number => NumberText.Format(number),
        _ => "a value of type " + value.GetType().Name,
    };
}
