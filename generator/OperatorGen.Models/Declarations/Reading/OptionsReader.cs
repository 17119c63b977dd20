using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Reads <c>options</c> and <c>input</c>.</summary>
internal sealed class OptionsReader(JsonSource source)
{
    /// <summary>The known options, for messages.</summary>
    public const string Known = "order, expansion, centre, inputRange, maxLength, precision";

    /// <summary>The options; those with a fault are left out.</summary>
    public DeclaredOptions ReadOptions(JsonMember member)
    {
        int? order = null;
        (double Low, double High)? range = null;
        Precision? precision = null;
        ExpansionKind? expansion = null;
        double? centre = null;
        int? maxLength = null;
        foreach (JsonMember option in member.Value.Members)
        {
            switch (option.Name)
            {
                case "order":
                    order = ReadOrder(option.Value);
                    break;
                case "expansion":
                    expansion = ReadExpansion(option.Value);
                    break;
                case "centre":
                    centre = ReadCentre(option.Value);
                    break;
                case "maxLength":
                    maxLength = ReadMaxLength(option.Value);
                    break;
                case "inputRange":
                    range = ReadRange(option.Value);
                    break;
                case "precision":
                    precision = ReadPrecision(option.Value);
                    break;
                default:
                    source.Faults.Add(PlanFaults.UnsupportedOption(JsonSource.Shorten(option.Name), "known are " + Known, source.Places.Of(option)));
                    break;
            }
        }

        return new DeclaredOptions(order, range?.Low, range?.High, precision, source.Places.Of(member))
        {
            Expansion = expansion,
            Centre = centre,
            MaxLength = maxLength,
        };
    }

    /// <summary>The scaling of the raw input: a missing scale is 1, a missing offset 0. Null where there is a fault.</summary>
    public InputScaling? ReadScaling(JsonMember member)
    {
        JsonItem item = member.Value;
        source.RejectUnknown(item, "'input'", "scale", "offset");
        JsonItem? scale = item.Find("scale");
        JsonItem? offset = item.Find("offset");
        if (scale is null && offset is null)
        {
            source.Faults.Add(FileFaults.MissingKey("scale", "'input'", "'scale' or 'offset', an array with one number per input channel", source.Places.Of(member)));
            return null;
        }

        Tensor? factors = scale is null ? null : ReadNumbers(scale, "'scale'");
        Tensor? summands = offset is null ? null : ReadNumbers(offset, "'offset'");
        if ((scale is not null && factors is null) || (offset is not null && summands is null))
        {
            return null;
        }

        if (factors is not null && summands is not null && factors.Count != summands.Count)
        {
            source.Wrong("'offset'", offset!, "an array as long as 'scale'");
            return null;
        }

        return new InputScaling(factors ?? Constant(summands!, 1), summands ?? Constant(factors!, 0));
    }

    private Tensor? ReadNumbers(JsonItem array, string what)
    {
        Tensor? numbers = new ValueReader(source).ReadList(array, what);
        if (numbers is { IsNumeric: false })
        {
            source.Faults.Add(FileFaults.WrongValue(what, "an array with a symbol", "an array of numbers", source.Places.Of(array)));
            return null;
        }

        return numbers;
    }

    private static Tensor Constant(Tensor like, double value)
    {
        var values = new double[like.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value;
        }

        return new Tensor(like.Shape, values);
    }

    private int? ReadOrder(JsonItem item)
    {
        int? order = source.Integer(item);
        if (order is null)
        {
            source.Wrong("'order'", item, "an integer");
        }
        else if (order is < 1 or > DecoderExpansion.GreatestOrder)
        {
            source.Faults.Add(OperatorFaults.OrderOutOfRange(order.Value, 1, DecoderExpansion.GreatestOrder, source.Places.Of(item)));
            return null;
        }

        return order;
    }

    private ExpansionKind? ReadExpansion(JsonItem item)
    {
        ExpansionKind? expansion = item.Kind == JsonKind.Text ? ExpansionNames.Find(source.Text(item)) : null;
        if (expansion is null)
        {
            source.Wrong("'expansion'", item, ExpansionNames.Expected);
        }

        return expansion;
    }

    private double? ReadCentre(JsonItem item)
    {
        if (source.Number(item) is double centre && !double.IsInfinity(centre))
        {
            return centre;
        }

        source.Wrong("'centre'", item, "a finite number");
        return null;
    }

    private int? ReadMaxLength(JsonItem item)
    {
        if (source.Integer(item) is int length and > 0)
        {
            return length;
        }

        source.Wrong("'maxLength'", item, "a positive integer");
        return null;
    }

    private (double Low, double High)? ReadRange(JsonItem item)
    {
        List<JsonItem>? ends = item.Kind == JsonKind.Array ? source.Elements(item, "'inputRange'") : null;
        if (ends is { Count: 2 } && source.Number(ends[0]) is double low && source.Number(ends[1]) is double high
            && low < high && !double.IsInfinity(low) && !double.IsInfinity(high))
        {
            return (low, high);
        }

        source.Wrong("'inputRange'", item, "an array of two numbers, the lower end first");
        return null;
    }

    private Precision? ReadPrecision(JsonItem item)
    {
        Precision? precision = item.Kind != JsonKind.Text ? null : source.Text(item) switch
        {
            "single" => Precision.Single,
            "double" => Precision.Double,
            "both" => Precision.Both,
            _ => null,
        };
        if (precision is null)
        {
            source.Wrong("'precision'", item, "'single', 'double' or 'both'");
        }

        return precision;
    }
}
