using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace OperatorGen.Tool.Conformance;

/// <summary>Finds case folders.</summary>
public static class CaseFolders
{
    /// <summary>A case folder is itself one case, a folder of case folders is those, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UnusableInputException">It does not exist, or is neither.</exception>
    public static IReadOnlyList<string> Expand(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UnusableInputException(File.Exists(folder) ? $"{folder} is a file; a case is a folder with a {CaseDescription.FileName}." : $"There is no folder {folder}.");
        }

        if (IsCase(folder))
        {
            return [folder];
        }

        string[] cases = [.. Directory.GetDirectories(folder).Where(IsCase).Order(StringComparer.Ordinal)];
        return cases.Length > 0
            ? cases
            : throw new UnusableInputException($"{folder} is not a case folder: neither it nor a folder in it has a {CaseDescription.FileName}.");
    }

    /// <summary>A folder of tensors without a description counts too, so that it is reported and not passed over.</summary>
    private static bool IsCase(string folder) =>
        File.Exists(Path.Combine(folder, CaseDescription.FileName)) || Directory.EnumerateFiles(folder, "*.safetensors").Any();
}
