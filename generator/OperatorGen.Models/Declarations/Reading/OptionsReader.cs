using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Reads <c>options</c> and <c>input</c>.</summary>
internal sealed class OptionsReader(JsonSource source)
{
    /// <summary>The known options, for messages.</summary>
    public static string Known { get; } = string.Join(", ", ModelOption.All.Select(option => option.Name));

    /// <summary>The options; those with a fault are left out.</summary>
    public ModelOptions ReadOptions(JsonMember member)
    {
        ModelOptions options = ModelOptions.None;
        foreach (JsonMember found in member.Value.Members)
        {
            if (ModelOption.All.FirstOrDefault(known => known.Name == found.Name) is not { } option)
            {
                source.Faults.Add(PlanFaults.UnsupportedOption(JsonSource.Shorten(found.Name), "known are " + Known, source.Places.Of(found)));
            }
            else if (ValueOf(found) is var value && option.With(options, value) is not { } read)
            {
                source.Wrong($"'{option.Name}'", found.Value, option.ExpectedFor(value));
            }
            else if (read.Order is < 1 or > DecoderExpansion.GreatestOrder)
            {
                source.Faults.Add(OperatorFaults.OrderOutOfRange(read.Order.Value, 1, DecoderExpansion.GreatestOrder, source.Places.Of(found.Value)));
            }
            else
            {
                options = read;
            }
        }

        return options;
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

    /// <summary>A number, a text or an array of numbers; null for anything else.</summary>
    private object? ValueOf(JsonMember option)
    {
        JsonItem item = option.Value;
        return item.Kind switch
        {
            JsonKind.Text => source.Text(item),
            JsonKind.Number => source.Number(item),
            JsonKind.Array => source.Elements(item, $"'{option.Name}'")?.Select(element => source.Number(element) ?? double.NaN).ToArray(),
            _ => null,
        };
    }
}
