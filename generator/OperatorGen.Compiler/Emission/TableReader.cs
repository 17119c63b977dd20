using System.Collections.Generic;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Spells how the numbers of a plan's tables are read back for the operator's description.</summary>
/// <param name="plan">The plan.</param>
/// <param name="helper">The class that holds the tables.</param>
internal sealed class TableReader(EvaluationPlan plan, string helper)
{
    /// <summary>The numbers of a table without padding; each segment starts at a whole vector. Where there is no table, <c>null</c>.</summary>
    public string Read(TableHandle? handle, params IReadOnlyList<int> segments)
    {
        if (handle is not { } given)
        {
            return "null";
        }

        List<string> places = [];
        int start = 0;
        foreach (int width in segments)
        {
            places.Add($"({CSharp.Int(start)}, {CSharp.Int(width)})");
            start += plan.Pad(width);
        }

        ConstantTable table = plan[given];
        string numbers = plan.IsExternal ? $"Loaded.Weights.Table<{CSharp.Name(plan.Element)}>({CSharp.Int(given.Index)})" : $"{helper}.{table.Name}";
        string read = table.Panel < table.Columns ? $"ReadPanels({CSharp.Int(table.Panel)}, " : "Read(";
        return $"global::OperatorGen.Analysis.PaddedTable.{read}{numbers}, {CSharp.Int(table.Rows)}, {CSharp.Int(table.Columns)}, {string.Join(", ", places)})";
    }
}
