using System;
using System.Linq;
using System.Threading;
using Xunit;

namespace OperatorGen.Models.Tests;

/// <summary>A text with one stretch between the signs ⟦ and ⟧: where a fault is expected.</summary>
public sealed record Marked(string Text, TextPlace Place)
{
    public static Marked Parse(string marked)
    {
        int start = marked.IndexOf('⟦');
        int end = marked.IndexOf('⟧') - 1;
        Assert.True(start >= 0 && end > start, "The text has no marked stretch.");
        string text = marked.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal);
        string before = text[..start];
        int line = 1 + before.Count(c => c == '\n');
        return new Marked(text, new TextPlace(line, start - before.LastIndexOf('\n'), end - start));
    }

    /// <summary>Reads the text and, where that works, resolves it; the faults of both.</summary>
    public static Fault[] FaultsOf(string text)
    {
        StageResult<ModelDeclaration> read = ModelFileReader.Read(text, CancellationToken.None);
        Assert.Equal(read.Value is null, read.Faults.Any(fault => fault.Kind.Severity == FaultSeverity.Error));
        if (read.Value is null)
        {
            return [.. read.Faults];
        }

        StageResult<SequenceModel> resolved = ArchitectureCatalog.Resolve(read.Value, CancellationToken.None);
        Assert.Equal(resolved.Value is null, resolved.Faults.Any(fault => fault.Kind.Severity == FaultSeverity.Error));
        return [.. read.Faults, .. resolved.Faults];
    }

    /// <summary>Expects exactly one fault in the marked text: this kind, at the marked place.</summary>
    public static Fault Expect(FaultKind kind, string marked)
    {
        Marked expected = Parse(marked);
        Fault fault = Assert.Single(FaultsOf(expected.Text));
        Assert.Equal(kind, fault.Kind);
        Assert.Equal(expected.Place, fault.Place);
        return fault;
    }
}
