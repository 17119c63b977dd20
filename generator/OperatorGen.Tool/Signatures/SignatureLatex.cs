using System;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Signatures;

/// <summary>A projection as LaTeX: the readout as a sum over words, the strongest first.</summary>
internal static class SignatureLatex
{
    private const int Digits = 6;

    /// <summary>The file's text.</summary>
    /// <param name="subject">What is shown.</param>
    /// <param name="top">How many words are written.</param>
    public static string Render(SignatureSubject subject, int top)
    {
        var latex = new StringBuilder("\\begin{align*}\ny &= ").Append(Number(subject.Projection.Constant));
        int all = 0;
        foreach ((Word word, double coefficient) in subject.Words)
        {
            if (all++ < top)
            {
                latex.Append(" \\\\\n&\\quad ").Append(coefficient < 0 ? "- " : "+ ").Append(Number(Math.Abs(coefficient))).Append("\\, S^{").Append(word.ToString()).Append('}');
            }
        }

        return latex.Append(all > top || subject.Projection.HasLongerWords ? " + \\dots" : "").Append("\n\\end{align*}\n").ToString();
    }

    /// <summary>A number; powers of ten as such.</summary>
    public static string Number(double value)
    {
        string text = NumberText.Format(value, Digits);
        int exponent = text.IndexOfAny(['e', 'E']);
        return exponent < 0 ? text : $"{text[..exponent]} \\cdot 10^{{{text[(exponent + 1)..].TrimStart('+')}}}";
    }
}
