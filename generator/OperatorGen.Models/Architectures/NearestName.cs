using System;
using System.Collections.Generic;

namespace OperatorGen.Models;

/// <summary>Finds the known name that an unknown one was probably meant to be.</summary>
internal static class NearestName
{
    private const int ComparedLength = 80;

    /// <summary>
    /// The known name that differs in capital letters only, else the one with the fewest edits; the first of several. Null where more than a third of the name would
    /// have to be edited: no other name is near to one of two letters.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = (Head(name).Length / 3) + 1;
        foreach (string candidate in known)
        {
            if (string.Equals(name, candidate, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }

            int edits = Edits(Head(name), Head(candidate));
            if (edits < least)
            {
                (nearest, least) = (candidate, edits);
            }
        }

        return nearest;
    }

    private static string Head(string name) => name.Length <= ComparedLength ? name : name.Substring(0, ComparedLength);

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (int j = 0; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
