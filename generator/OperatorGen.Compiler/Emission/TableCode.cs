using System.Text;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes a constant table: a read-only span over data that the compiler puts into the assembly, never copied.</summary>
internal static class TableCode
{
    /// <summary>Writes the member, one row of a panel per line.</summary>
    public static void Write(CodeWriter writer, ConstantTable table, ElementType element)
    {
        string type = CSharp.Name(element);
        writer.Line($"/// <summary>{CSharp.Xml(table.Summary)} {CSharp.Count(table.Rows, "row")} of {CSharp.Int(table.Columns)}.</summary>");
        writer.Line($"public static global::System.ReadOnlySpan<{type}> {table.Name} =>");
        writer.Line("[");
        var line = new StringBuilder();
        int next = 0;
        foreach ((_, _, int count) in table.Parts())
        {
            line.Clear().Append("    ");
            for (int i = 0; i < count; i++)
            {
                line.Append(CSharp.Literal(table.Values.Span[next++], element)).Append(i + 1 < count ? ", " : ",");
            }

            writer.Line(line.ToString());
        }

        writer.Line("];");
    }
}
