using System;
using System.Text;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes a constant table: a read-only span over data that the compiler puts into the assembly. Small tables are decimal numbers. Large ones are their bits in hexadecimal, two
/// floats or a double at a time, which the C# compiler reads several times faster; those that steps read are copied to aligned memory when the code is first used.
/// </summary>
internal static class TableCode
{
    private const int MostDecimals = 256;

    /// <summary>Writes the member, one row of a panel per line.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="table">The table.</param>
    /// <param name="element">The number type.</param>
    /// <param name="isRead">Whether steps read the table: it is then aligned, unless it is small.</param>
    public static void Write(CodeWriter writer, ConstantTable table, ElementType element, bool isRead)
    {
        string type = CSharp.Name(element);
        bool decimals = table.Values.Span.Length <= MostDecimals;
        string order = decimals ? "" : element == ElementType.Single ? " The bits of two floats at a time, the first in the lower half." : " The bits of doubles.";
        writer.Line($"/// <summary>{CSharp.Xml(table.Summary)} {CSharp.Count(table.Rows, "row")} of {CSharp.Int(table.Columns)}.{order}</summary>");
        bool copied = isRead && !decimals;
        if (copied)
        {
            WriteMade(writer, table, type);
        }

        string declaration = copied ? $"private static readonly global::OperatorGen.AlignedTable<{type}> {Made(table)} = new(" : $"public static global::System.ReadOnlySpan<{type}> {table.Name} =>";
        writer.Line($"{declaration}{(decimals ? "" : $"{(copied ? "" : " ")}global::System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, {type}>((global::System.ReadOnlySpan<ulong>)")}");
        writer.Line("[");
        var line = new StringBuilder();
        int next = 0;
        foreach ((_, _, int count) in table.Parts())
        {
            line.Clear().Append("    ");
            ReadOnlySpan<double> numbers = table.Values.Span.Slice(next, count);
            next += count;
            if (decimals)
            {
                AppendDecimals(line, numbers, element);
            }
            else
            {
                AppendBits(line, numbers, element);
            }

            writer.Line(line.ToString());
        }

        writer.Line(decimals ? "];" : copied ? "]));" : "]);");
    }

    /// <summary>Writes a table of products of other tables, which is made when the code is first used.</summary>
    public static void WriteProducts(CodeWriter writer, EvaluationPlan plan, ConstantTable table, TableProducts products)
    {
        string type = CSharp.Name(plan.Element);
        string skip = products.Skip is { } given ? plan[given].Name : "default";
        writer.Line($"/// <summary>{CSharp.Xml(table.Summary)} {CSharp.Count(table.Rows, "row")} of {CSharp.Int(table.Columns)}, made at first use.</summary>");
        WriteMade(writer, table, type);
        writer.Line($"private static readonly global::OperatorGen.AlignedTable<{type}> {Made(table)} = global::OperatorGen.AlignedTable<{type}>.LookAhead({plan[products.Eigenvalues].Name}, {plan[products.Weights].Name}, {skip}, {CSharp.Int(products.Modes)}, {CSharp.Int(products.Channels)}, {CSharp.Int(table.Columns)});");
    }

    /// <summary>Writes the member of a table that is made when the code is first used.</summary>
    private static void WriteMade(CodeWriter writer, ConstantTable table, string type)
    {
        writer.Line($"public static global::System.ReadOnlySpan<{type}> {table.Name} => {Made(table)}.Numbers;");
        writer.Line();
    }

    private static string Made(ConstantTable table) => $"s_{char.ToLowerInvariant(table.Name[0])}{table.Name.Substring(1)}";

    private static void AppendDecimals(StringBuilder line, ReadOnlySpan<double> numbers, ElementType element)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            line.Append(CSharp.Literal(numbers[i], element)).Append(i + 1 < numbers.Length ? ", " : ",");
        }
    }

    /// <summary>Rows are whole vectors, so there is an even number of floats.</summary>
    private static void AppendBits(StringBuilder line, ReadOnlySpan<double> numbers, ElementType element)
    {
        int step = element == ElementType.Single ? 2 : 1;
        for (int i = 0; i < numbers.Length; i += step)
        {
            ulong bits = element == ElementType.Single
                ? SingleBits(numbers[i]) | ((ulong)SingleBits(numbers[i + 1]) << 32)
                : (ulong)BitConverter.DoubleToInt64Bits(numbers[i]);
            line.Append("0x");
            for (int shift = 60; shift >= 0; shift -= 4)
            {
                line.Append("0123456789abcdef"[(int)(bits >> shift) & 15]);
            }

            line.Append(i + step < numbers.Length ? ", " : ",");
        }
    }

    private static uint SingleBits(double number) => BitConverter.ToUInt32(BitConverter.GetBytes((float)number), 0);
}
