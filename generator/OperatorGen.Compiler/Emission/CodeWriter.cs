using System;
using System.Text;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>C# text with indentation and LF line ends.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one or more lines at the present depth; empty lines carry no blanks.</summary>
    public void Line(string lines = "")
    {
        foreach (string line in lines.Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(line);
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes lines at the present depth; none where there are none.</summary>
    public void Lines(params string[] lines)
    {
        foreach (string line in lines)
        {
            Line(line);
        }
    }

    /// <summary>Writes a line, an opening brace, the body one deeper, and the closing brace.</summary>
    public void Block(string head, Action body)
    {
        Line(head);
        Braces(body);
    }

    /// <summary>Writes an opening brace, the body one deeper, and the closing brace.</summary>
    public void Braces(Action body) => Initializer("", body);

    /// <summary>Writes braces with something behind the closing one, such as the semicolon of an object initializer.</summary>
    public void Initializer(string end, Action body)
    {
        Line("{");
        _depth++;
        body();
        _depth--;
        Line("}" + end);
    }

    /// <summary>Writes a generated member of one line or more: its documentation, the mark of generated code, its declaration.</summary>
    public void Member(string summary, string declaration)
    {
        Line($"/// <summary>{summary}</summary>");
        Line(CSharp.GeneratedCode);
        Line(declaration);
    }

    /// <summary>Writes a kernel under its documentation: a method for all vector widths, whose integer arithmetic is unchecked.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="element">The number type.</param>
    /// <param name="parameters">What follows the count of time steps.</param>
    /// <param name="body">Writes the body.</param>
    public void Kernel(string name, ElementType element, string parameters, Action body) => KernelMethod("public", name, element, "int steps, " + parameters, body);

    /// <summary>Writes a method for all vector widths, whose integer arithmetic is unchecked.</summary>
    /// <param name="access">Who may call it: <c>public</c> or <c>private</c>.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="element">The number type.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="body">Writes the body.</param>
    public void KernelMethod(string access, string name, ElementType element, string parameters, Action body)
    {
        Line(CSharp.Kernel);
        Line($"{access} static void {name}<TSimd, TVector>({parameters})");
        Line("    " + CSharp.WidthConstraints(element));
        Braces(() => Block("unchecked", body));
    }

    /// <summary>Writes text that is already laid out, at the present depth.</summary>
    public void Paste(string lines) => Line(lines.TrimEnd('\n'));

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
