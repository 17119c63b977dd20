using System.Text;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes a constant table: a read-only span over data that the compiler puts into the assembly, never copied.</summary>
internal static class TableCode
{
    /// <summary>Writes the member, one row of the table per line.</summary>
    public static void Write(CodeWriter writer, ConstantTable table, ElementType element)
    {
        string type = CSharp.Name(element);
        writer.Line($"/// <summary>{CSharp.Xml(table.Summary)} {CSharp.Count(table.Rows, "row")} of {CSharp.Int(table.Columns)}.</summary>");
        writer.Line($"public static global::System.ReadOnlySpan<{type}> {table.Name} =>");
        writer.Line("[");
        var line = new StringBuilder();
        for (int row = 0; row < table.Rows; row++)
        {
            line.Clear().Append("    ");
            for (int column = 0; column < table.Columns; column++)
            {
                line.Append(CSharp.Literal(table.Values.Span[(row * table.Columns) + column], element)).Append(column + 1 < table.Columns ? ", " : ",");
            }

            writer.Line(line.ToString());
        }

        writer.Line("];");
    }
}
