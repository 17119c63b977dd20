using System;
using System.IO;

namespace OperatorGen.TestKit;

/// <summary>The folder that holds <c>OperatorGen.sln</c>, found upwards from the running tests.</summary>
public static class RepositoryFolder
{
    /// <summary>Its path.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests do not run inside the repository.</exception>
    public static string Path { get; } = Find();

    /// <summary>
    /// A source file as the compiler knows it, as a path on this machine: deterministic builds write <c>/_/</c> for the repository.
    /// </summary>
    /// <param name="sourceFile">What <c>CallerFilePath</c> gave.</param>
    public static string Resolve(string sourceFile)
    {
        ArgumentNullException.ThrowIfNull(sourceFile);
        string unified = sourceFile.Replace('\\', '/');
        return unified.StartsWith("/_/", StringComparison.Ordinal) ? System.IO.Path.Combine(Path, unified[3..]) : sourceFile;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OperatorGen.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds OperatorGen.sln.");
    }
}
