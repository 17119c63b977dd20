using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;

namespace OperatorGen.TestKit;

/// <summary>
/// Snapshots with Verify's file convention: <c>Class.Method#HintName.verified.cs</c> beside the test, where Class is the test's file name.
/// The environment variable <see cref="SnapshotMode.AcceptVariable"/> = 1 accepts what was received; never where CI is true.
/// </summary>
public static class Snapshot
{
    /// <summary>Compares a text with its verified file beside the test.</summary>
    /// <param name="text">What the test received.</param>
    /// <param name="hintName">The name of the text; <c>.cs</c> at its end makes it a C# file, anything else a text file.</param>
    /// <param name="testCase">What tells the cases of one test method apart; null: it has one case.</param>
    /// <param name="sourceFile">Given by the compiler.</param>
    /// <param name="method">Given by the compiler.</param>
    /// <exception cref="Xunit.Sdk.XunitException">The text differs, or there is no verified file yet.</exception>
    public static void Verify(string text, string hintName, string? testCase = null, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        Folder(testCase, sourceFile, method).Verify(text, hintName);

    /// <summary>Compares several texts with their verified files beside the test, and the set of the files too.</summary>
    /// <param name="files">The texts by hint name.</param>
    /// <param name="testCase">What tells the cases of one test method apart; null: it has one case.</param>
    /// <param name="sourceFile">Given by the compiler.</param>
    /// <param name="method">Given by the compiler.</param>
    /// <exception cref="Xunit.Sdk.XunitException">A text differs, is new, or is missing.</exception>
    public static void VerifySet(IEnumerable<(string HintName, string Text)> files, string? testCase = null, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        Folder(testCase, sourceFile, method).VerifySet(files);

    private static SnapshotFolder Folder(string? testCase, string sourceFile, string method)
    {
        string source = RepositoryFolder.Resolve(sourceFile);
        string test = Path.GetFileNameWithoutExtension(source) + "." + method + (testCase is null ? "" : "_" + testCase);
        return new SnapshotFolder(Path.GetDirectoryName(source)!, test, SnapshotMode.FromEnvironment());
    }
}
