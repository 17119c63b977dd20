using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Pieces of JSON text.</summary>
internal static class JsonText
{
    /// <summary>A string with the escapes that JSON demands and no others.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character is '"' or '\\')
            {
                quoted.Append('\\').Append(character);
            }
            else if (character < ' ' || char.IsSurrogate(character))
            {
                quoted.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                quoted.Append(character);
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>An object on one line; the values are JSON already.</summary>
    public static string InlineObject(IEnumerable<(string Name, string Value)> members)
    {
        string inside = string.Join(", ", members.Select(member => Quote(member.Name) + ": " + member.Value));
        return inside.Length == 0 ? "{}" : "{ " + inside + " }";
    }

    /// <summary>The elements of a tensor as a flat array: doubles as numbers, rationals and symbols as strings.</summary>
    public static string Array(Tensor tensor) =>
        "[" + string.Join(", ", Enumerable.Range(0, tensor.Count).Select(i => Element(tensor[i]))) + "]";

    /// <summary>A number, a string or an array of numbers.</summary>
    public static string Value(object value) => value switch
    {
        double number => NumberText.Format(number),
        string text => Quote(text),
        double[] numbers => "[" + string.Join(", ", numbers.Select(number => NumberText.Format(number))) + "]",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string Element(Scalar scalar) => scalar.Kind == ScalarKind.Double ? scalar.ToText() : Quote(scalar.ToText());
}
