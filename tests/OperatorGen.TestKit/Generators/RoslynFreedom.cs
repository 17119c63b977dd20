using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace OperatorGen.TestKit;

/// <summary>
/// Looks for compiler objects inside the records of the incremental steps: one of them would keep whole compilations alive, and would
/// never be equal to the one of the next run. Spans and lines are plain numbers and allowed.
/// </summary>
public static class RoslynFreedom
{
    private static readonly HashSet<Type> s_numbers = [typeof(TextSpan), typeof(LinePosition), typeof(LinePositionSpan)];

    /// <summary>The paths of fields, from the value on, that lead to a compiler object.</summary>
    /// <param name="value">An output of a step.</param>
    /// <param name="name">How the paths begin.</param>
    public static IReadOnlyList<string> Offenders(object value, string name)
    {
        List<string> found = [];
        Stack<(object Value, string Path)> open = new([(value, name)]);
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        while (open.TryPop(out (object Value, string Path) next))
        {
            Type type = next.Value.GetType();
            if (IsRoslyn(type))
            {
                found.Add($"{next.Path} is a {type.Name}");
            }
            else if (!IsPlain(type) && (type.IsValueType || seen.Add(next.Value)))
            {
                Push(open, next.Value, type, next.Path);
            }
        }

        return found;
    }

    private static void Push(Stack<(object Value, string Path)> open, object value, Type type, string path)
    {
        if (value is Array array)
        {
            foreach (object? item in IsPlain(type.GetElementType()!) ? Array.Empty<object>() : array)
            {
                Push(open, item, path + "[]");
            }

            return;
        }

        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (FieldInfo field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Push(open, field.GetValue(value), path + "." + field.Name);
            }
        }
    }

    private static void Push(Stack<(object Value, string Path)> open, object? value, string path)
    {
        if (value is not null)
        {
            open.Push((value, path));
        }
    }

    private static bool IsRoslyn(Type type) =>
        !s_numbers.Contains(type) && type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal);

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type.IsPointer || typeof(MemberInfo).IsAssignableFrom(type) || s_numbers.Contains(type);
}
