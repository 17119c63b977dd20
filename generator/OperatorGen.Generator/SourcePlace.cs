using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using OperatorGen.Models;

namespace OperatorGen.Generator;

/// <summary>A place in a source file, without a hold on the syntax tree.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">The characters.</param>
/// <param name="Lines">The lines and columns.</param>
internal sealed record SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>The place of a location; null where it is in no source file.</summary>
    public static SourcePlace? Of(Location? location) => location?.SourceTree is { } tree
        ? new SourcePlace(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;

    /// <summary>The place as Roslyn's location, in its syntax tree where that is still there, so that <c>#pragma warning</c> acts on it.</summary>
    public Location ToLocation(Compilation compilation)
    {
        SyntaxTree? tree = compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == Path && Span.End <= t.Length);
        return tree is null ? Location.Create(Path, Span, Lines) : Location.Create(tree, Span);
    }

    /// <summary>A place in a model file as Roslyn's location; its start where the fault has none.</summary>
    public static Location InFile(string path, TextPlace? place)
    {
        var start = new LinePosition((place?.Line ?? 1) - 1, (place?.Column ?? 1) - 1);
        var end = new LinePosition(start.Line, start.Character + (place?.Length ?? 0));
        return Location.Create(path, new TextSpan(0, 0), new LinePositionSpan(start, end));
    }
}
