using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit.Sdk;

namespace OperatorGen.TestKit;

/// <summary>
/// The snapshots of one test: files <c>Class.Method#HintName.verified.cs</c> in a folder. A text that differs is written beside its
/// verified file as <c>.received.</c>; line ends are compared as LF.
/// </summary>
public sealed class SnapshotFolder
{
    private readonly string _folder;
    private readonly string _test;
    private readonly SnapshotMode _mode;

    /// <summary>Names a test's snapshots.</summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="test">The test: <c>Class.Method</c>.</param>
    /// <param name="mode">What happens when a snapshot differs.</param>
    /// <exception cref="XunitException">Accepting was asked for on a build server.</exception>
    public SnapshotFolder(string folder, string test, SnapshotMode mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        if (mode.Accept && mode.ContinuousIntegration)
        {
            throw new XunitException($"{SnapshotMode.AcceptVariable} is set, but snapshots are never accepted where CI is true.");
        }

        _folder = folder;
        _test = test;
        _mode = mode;
    }

    /// <summary>Compares one text with its verified file.</summary>
    /// <param name="text">What the test received.</param>
    /// <param name="hintName">The name of the text; <c>.cs</c> at its end makes it a C# file, anything else a text file.</param>
    /// <exception cref="XunitException">The text differs, or there is no verified file yet.</exception>
    public void Verify(string text, string hintName) => Throw(Compare(text, hintName));

    /// <summary>Compares several texts, and the set of their names: a verified file that no text belongs to fails too.</summary>
    /// <param name="files">The texts by hint name.</param>
    /// <exception cref="XunitException">A text differs, is new, or is missing.</exception>
    public void VerifySet(IEnumerable<(string HintName, string Text)> files)
    {
        (string HintName, string Text)[] all = [.. files];
        List<string> faults = [.. all.Select(file => Compare(file.Text, file.HintName)).OfType<string>()];
        HashSet<string> expected = [.. all.Select(file => FileName(file.HintName, "verified"))];
        faults.AddRange(expected.Count == all.Length ? [] : [$"Two of the texts have one name: {string.Join(", ", all.Select(file => file.HintName))}."]);
        foreach (string path in Stale(expected))
        {
            if (_mode.Accept)
            {
                File.Delete(path);
            }
            else
            {
                faults.Add($"{Path.GetFileName(path)} is verified, but the test gave no such text.");
            }
        }

        Throw(faults.Count == 0 ? null : string.Join("\n\n", faults));
    }

    private static void Throw(string? fault)
    {
        if (fault is not null)
        {
            throw new XunitException(fault);
        }
    }

    private string[] Stale(HashSet<string> expected) => !Directory.Exists(_folder)
        ? []
        : [.. Directory.GetFiles(_folder)
            .Where(path => Path.GetFileName(path).StartsWith(_test + "#", StringComparison.Ordinal))
            .Where(path => Path.GetFileName(path).Contains(".verified.", StringComparison.Ordinal) && !expected.Contains(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)];

    private string? Compare(string text, string hintName)
    {
        string verifiedPath = Path.Combine(_folder, FileName(hintName, "verified"));
        string receivedPath = Path.Combine(_folder, FileName(hintName, "received"));
        string received = LineFeeds(text);
        string? verified = File.Exists(verifiedPath) ? LineFeeds(File.ReadAllText(verifiedPath)) : null;
        if (received == verified || _mode.Accept)
        {
            if (received != verified)
            {
                Write(verifiedPath, received);
            }

            File.Delete(receivedPath);
            return null;
        }

        Write(receivedPath, received);
        string hint = $"Set {SnapshotMode.AcceptVariable}=1 to accept.";
        return verified is null
            ? $"{Path.GetFileName(verifiedPath)} does not exist. {hint}\n{SnapshotDiff.Of("", received)}"
            : $"{Path.GetFileName(verifiedPath)} differs (- verified, + received). {hint}\n{SnapshotDiff.Of(verified, received)}";
    }

    /// <summary><c>Class.Method#Hint.g.verified.cs</c> for the hint <c>Hint.g.cs</c>; <c>.txt</c> for any other ending.</summary>
    private string FileName(string hintName, string kind)
    {
        bool code = hintName.EndsWith(".cs", StringComparison.Ordinal);
        string stem = code ? hintName[..^3] : hintName.EndsWith(".txt", StringComparison.Ordinal) ? hintName[..^4] : hintName;
        foreach (char c in "/\\:*?\"<>|")
        {
            stem = stem.Replace(c, '_');
        }

        return $"{_test}#{stem}.{kind}.{(code ? "cs" : "txt")}";
    }

    private static string LineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
