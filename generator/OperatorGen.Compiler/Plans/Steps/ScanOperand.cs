using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Keys, queries, gates or factors of a selective scan: a signal in P blocks, or a constant table of one row.</summary>
/// <param name="View">The signal; null: a table.</param>
/// <param name="Table">The table; null: a signal.</param>
/// <param name="Blocks">P; cell g of G has block g P / G, rounded down.</param>
/// <param name="BlockWidth">The numbers of a block.</param>
public sealed record ScanOperand(PlanView? View, TableHandle? Table, int Blocks, int BlockWidth)
{
    /// <summary>All its numbers.</summary>
    public int Width => Blocks * BlockWidth;

    /// <summary>The views of operands, which may be null.</summary>
    public static IEnumerable<PlanView> Views(params ScanOperand?[] operands)
    {
        foreach (ScanOperand? operand in operands)
        {
            if (operand?.View is { } view)
            {
                yield return view;
            }
        }
    }

    /// <summary>The tables of operands, which may be null.</summary>
    public static IEnumerable<TableUse> Tables(params ScanOperand?[] operands)
    {
        foreach (ScanOperand? operand in operands)
        {
            if (operand?.Table is { } table)
            {
                yield return new TableUse(table, 1, operand.Width);
            }
        }
    }

    /// <summary>What must hold of operands, which may be null.</summary>
    /// <param name="cells">G.</param>
    /// <param name="operands">The operands.</param>
    public static IEnumerable<PlanClaim> Claims(int cells, params ScanOperand?[] operands)
    {
        foreach (ScanOperand? operand in operands)
        {
            if (operand is not null)
            {
                yield return new((operand.View is null) != (operand.Table is null), "an operand of a scan is a signal or a table");
                yield return new(operand.Blocks >= 1 && operand.Blocks <= cells, "an operand of a scan has at most one block per cell");
                yield return new(operand.View is null || operand.View.Width == operand.Width, "an operand of a scan is as wide as its blocks");
            }
        }
    }

    /// <summary>The signal or the table by name.</summary>
    public string Text(EvaluationPlan plan) => View is { } view ? view.ToString() : plan[Table!.Value].Name;
}
