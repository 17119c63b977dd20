using System;
using System.IO;
using OperatorGen.TestKit;
using Xunit;
using Xunit.Sdk;

namespace OperatorGen.Reference.Tests;

public sealed class SnapshotTests : IDisposable
{
    private static readonly SnapshotMode Compare = new(Accept: false, ContinuousIntegration: false);
    private static readonly SnapshotMode Accept = new(Accept: true, ContinuousIntegration: false);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_accepted_text_is_verified_afterwards_whatever_its_line_ends()
    {
        new SnapshotFolder(_folder, "Class.Method", Accept).Verify("one\ntwo\n", "Model.g.cs");

        Assert.Equal("one\ntwo\n", File.ReadAllText(Path.Combine(_folder, "Class.Method#Model.g.verified.cs")));
        new SnapshotFolder(_folder, "Class.Method", Compare).Verify("one\r\ntwo\r\n", "Model.g.cs");
    }

    [Fact]
    public void A_new_text_fails_and_is_left_as_received()
    {
        string message = Assert.Throws<XunitException>(() => new SnapshotFolder(_folder, "Class.Method", Compare).Verify("text", "report")).Message;

        Assert.Contains("Class.Method#report.verified.txt does not exist", message, StringComparison.Ordinal);
        Assert.Equal("text", File.ReadAllText(Path.Combine(_folder, "Class.Method#report.received.txt")));
    }

    [Fact]
    public void A_changed_text_fails_with_the_changed_lines_and_an_accepted_one_clears_the_received_file()
    {
        var compare = new SnapshotFolder(_folder, "Class.Method", Compare);
        new SnapshotFolder(_folder, "Class.Method", Accept).Verify("same\nold\n", "a.txt");

        string message = Assert.Throws<XunitException>(() => compare.Verify("same\nnew\n", "a.txt")).Message;

        Assert.Contains("-       old", message, StringComparison.Ordinal);
        Assert.Contains("+     2 new", message, StringComparison.Ordinal);
        new SnapshotFolder(_folder, "Class.Method", Accept).Verify("same\nnew\n", "a.txt");
        Assert.Equal(["Class.Method#a.verified.txt"], Array.ConvertAll(Directory.GetFiles(_folder), path => Path.GetFileName(path)!));
        compare.Verify("same\nnew\n", "a.txt");
    }

    [Fact]
    public void The_set_of_files_is_compared_too()
    {
        var accept = new SnapshotFolder(_folder, "Class.Method", Accept);
        var compare = new SnapshotFolder(_folder, "Class.Method", Compare);
        accept.VerifySet([("a.cs", "1"), ("b.cs", "2")]);
        new SnapshotFolder(_folder, "Class.MethodOfLongerName", Accept).Verify("3", "c.cs");

        compare.VerifySet([("a.cs", "1"), ("b.cs", "2")]);
        string missing = Assert.Throws<XunitException>(() => compare.VerifySet([("a.cs", "1")])).Message;
        Assert.Contains("Class.Method#b.verified.cs", missing, StringComparison.Ordinal);
        Assert.Throws<XunitException>(() => compare.VerifySet([("a.cs", "1"), ("b.cs", "2"), ("d.cs", "")]));
        accept.VerifySet([("a.cs", "1")]);
        compare.VerifySet([("a.cs", "1")]);
    }

    [Fact]
    public void Accepting_is_refused_on_a_build_server() =>
        Assert.Throws<XunitException>(() => new SnapshotFolder(_folder, "Class.Method", Accept with { ContinuousIntegration = true }));

    [Fact]
    public void A_mapped_source_path_is_found_in_the_repository()
    {
        string resolved = RepositoryFolder.Resolve("/_/tests/OperatorGen.Reference.Tests/SnapshotTests.cs");
        Assert.True(File.Exists(resolved), resolved);
    }
}
