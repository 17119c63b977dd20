using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace OperatorGen.TestKit;

/// <summary>What the snapshot tests call, as in TestKit; Verify compares, with the same files.</summary>
internal static class Snapshot
{
    public static void Verify(string text, string hintName, string? testCase = null, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        string extension = hintName.EndsWith(".cs", System.StringComparison.Ordinal) ? "cs" : "txt";
        string name = extension == "cs" ? Path.GetFileNameWithoutExtension(hintName) : hintName;
        var settings = new VerifySettings();
        settings.UseDirectory(Path.GetDirectoryName(sourceFile)!);
        settings.UseFileName($"{Test(testCase, sourceFile, method)}#{name}");
        settings.DisableDiff();
        Verifier.Verify(text, extension, settings, sourceFile).ToTask().GetAwaiter().GetResult();
    }

    public static void VerifySet(IEnumerable<(string HintName, string Text)> files, string? testCase = null, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        (string HintName, string Text)[] all = [.. files];
        foreach ((string hintName, string text) in all)
        {
            Verify(text, hintName, testCase, sourceFile, method);
        }

        Assert.Equal(all.Length, Directory.GetFiles(Path.GetDirectoryName(sourceFile)!, $"{Test(testCase, sourceFile, method)}#*.verified.*").Length);
    }

    private static string Test(string? testCase, string sourceFile, string method) =>
        $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}{(testCase is null ? "" : "_" + testCase)}";
}
