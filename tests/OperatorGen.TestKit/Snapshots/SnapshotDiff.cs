using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace OperatorGen.TestKit;

/// <summary>Two texts beside each other, for people: the changed lines with three lines around them.</summary>
internal static class SnapshotDiff
{
    private const int Around = 3;
    private const int MostLines = 120;

    public static string Of(string verified, string received)
    {
        List<DiffPiece> lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, received, false).Lines;
        bool[] shown = new bool[lines.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            for (int j = i - Around; lines[i].Type != ChangeType.Unchanged && j <= i + Around; j++)
            {
                if (j >= 0 && j < lines.Count)
                {
                    shown[j] = true;
                }
            }
        }

        int[] visible = [.. Enumerable.Range(0, lines.Count).Where(i => shown[i])];
        List<string> text = [];
        for (int n = 0; n < visible.Length && n < MostLines; n++)
        {
            int i = visible[n];
            if (n > 0 && visible[n - 1] != i - 1)
            {
                text.Add("   ...");
            }

            text.Add(Line(lines[i]));
        }

        if (visible.Length > MostLines)
        {
            text.Add($"   ... and {visible.Length - MostLines} more lines");
        }

        return string.Join('\n', text);
    }

    private static string Line(DiffPiece line)
    {
        char sign = line.Type switch
        {
            ChangeType.Inserted => '+',
            ChangeType.Deleted => '-',
            _ => ' ',
        };
        string number = line.Position?.ToString(CultureInfo.InvariantCulture) ?? "";
        return $"{sign} {number,5} {line.Text}";
    }
}
