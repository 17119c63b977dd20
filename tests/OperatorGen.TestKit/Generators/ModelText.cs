using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace OperatorGen.TestKit;

/// <summary>A model file in memory, as the compiler hands it to a generator.</summary>
/// <param name="path">Its path.</param>
/// <param name="text">Its text.</param>
public sealed class ModelText(string path, string text) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    /// <inheritdoc/>
    public override string Path { get; } = path ?? throw new ArgumentNullException(nameof(path));

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
