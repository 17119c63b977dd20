using System;
using System.Collections.Generic;
using System.IO;
using OperatorGen.Symbolics;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Design.Tests.Enclosures;

/// <summary>One line of <c>reference-values.txt</c>, which <c>reference-values.py</c> writes with mpmath.</summary>
/// <param name="Function">The function; with <c>/k</c> behind it, its k-th Taylor coefficient.</param>
/// <param name="X">The argument.</param>
/// <param name="Value">The value to 50 significant digits.</param>
internal sealed record ReferenceValue(string Function, double X, BigRational Value)
{
    /// <summary>
    /// True where an enclosure contains the value, up to the rounding of its 50th digit: an end that is a double and exactly the value may lie beyond
    /// the rounded digits by one part in 10^49.
    /// </summary>
    public bool IsIn(Interval enclosure)
    {
        BigRational rounding = Value.Abs() * new BigRational(1, System.Numerics.BigInteger.Pow(10, 49));
        return enclosure.ContainsRational(Value) || enclosure.ContainsRational(Value - rounding) || enclosure.ContainsRational(Value + rounding);
    }

    public override string ToString() => Function + " " + NumberText.Format(X) + " " + NumberText.Format(Value.ToDouble());
}

/// <summary>The table.</summary>
internal static class ReferenceValues
{
    public static IReadOnlyList<ReferenceValue> All { get; } = Read();

    /// <summary>The values of one function.</summary>
    public static IEnumerable<ReferenceValue> Of(string function)
    {
        foreach (ReferenceValue value in All)
        {
            if (value.Function == function)
            {
                yield return value;
            }
        }
    }

    private static List<ReferenceValue> Read()
    {
        using Stream stream = typeof(ReferenceValues).Assembly.GetManifestResourceStream("reference-values.txt")!;
        using var reader = new StreamReader(stream);
        var values = new List<ReferenceValue>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] parts = line.Split(' ');
                Assert.True(NumberText.TryParse(parts[1].AsSpan(), out double x), line);
                Assert.True(BigRational.TryParse(parts[2], out BigRational value), line);
                values.Add(new(parts[0], x, value));
            }
        }

        return values;
    }
}
