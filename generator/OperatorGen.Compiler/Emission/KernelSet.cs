using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// The kernels of one generated file: methods specialised to a shape. Two steps of the same shape share one kernel.
/// </summary>
internal sealed class KernelSet
{
    private const string NamePlaceholder = "$name$";
    private readonly Dictionary<string, string> _nameOfText = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>The kernels' text, in the order of first use.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The name of the kernel with this text; the kernel is added where it is new.</summary>
    /// <param name="stem">What the name starts with: the kind and the shape.</param>
    /// <param name="write">Writes the method, given its name.</param>
    public string Get(string stem, Action<CodeWriter, string> write)
    {
        var writer = new CodeWriter();
        write(writer, NamePlaceholder);
        string text = writer.ToString();
        if (_nameOfText.TryGetValue(text, out string? known))
        {
            return known;
        }

        string name = stem;
        for (int i = 2; !_names.Add(name); i++)
        {
            name = stem + "_" + NumberText.Format(i);
        }

        _nameOfText.Add(text, name);
        _texts.Add(text.Replace(NamePlaceholder, name));
        return name;
    }
}
