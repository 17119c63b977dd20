using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Reflection;

namespace OperatorGen.TestKit;

/// <summary>
/// All that an object is made of, field by field in a fixed order, numbers by their bits: two objects with the same contents are equal, whatever their own equality is.
/// Functions, locks and what comes again are left out.
/// </summary>
public static class ObjectContents
{
    /// <summary>The contents, one line per number, text or type.</summary>
    /// <param name="value">The object; null: nothing.</param>
    public static IReadOnlyList<string> Of(object? value)
    {
        List<string> lines = [];
        Add(value, "", lines, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return lines;
    }

    private static void Add(object? value, string path, List<string> lines, HashSet<object> seen)
    {
        switch (value)
        {
            case null:
                lines.Add(path + " null");
                return;
            case double number:
                lines.Add($"{path} {BitConverter.DoubleToInt64Bits(number):x16}");
                return;
            case float number:
                lines.Add($"{path} {BitConverter.SingleToInt32Bits(number):x8}");
                return;
            case string or Enum or bool or char or BigInteger or IConvertible:
                lines.Add(path + " " + Convert.ToString(value, CultureInfo.InvariantCulture));
                return;
            case Delegate:
                return;
        }

        Type type = value.GetType();
        if (type == typeof(object) || (!type.IsValueType && !seen.Add(value)))
        {
            return;
        }

        lines.Add($"{path} {type.Name}");
        if (value is IEnumerable elements)
        {
            foreach ((object? element, int i) in elements.Cast<object?>().Select((element, i) => (element, i)))
            {
                Add(element, $"{path}[{i}]", lines, seen);
            }

            return;
        }

        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Add(field.GetValue(value), $"{path}.{field.Name}", lines, seen);
            }
        }
    }
}
