using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Signatures;

/// <summary>The words of a cell of Mamba's kind as tables for people, as LaTeX and as JSON (docs/signatures.md).</summary>
internal static class GatedWordsText
{
    private const int Digits = 6;

    /// <summary>Writes the tables.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="words">The words.</param>
    /// <param name="top">How many modes, and how many words of a sequence, are listed.</param>
    public static void Write(Terminal terminal, GatedWords words, int top)
    {
        TextWriter output = terminal.Output;
        string mode = words.Recurrence.KeyName;
        output.WriteLine($"{words.Model}, {words.Place}: projections of the signature of");
        output.WriteLine("the axis path of its steps, first the gate's axis, then the input's: s(t) = e^(a Delta) s(t-1) + Delta x, letter 1 = Delta, letter 2 = Delta x.");
        output.WriteLine($"s = the sum over words 2 1 ... 1 of a^(number of 1) S^word, x the input by the key; {(words.PerKey ? "an a per " + mode : "one a for all keys")}; a query that depends on the input reads s");
        int shown = Math.Min(top, words.Rates.Count);
        terminal.Table(
            [mode, .. Enumerable.Range(1, words.Level).Select(GatedWords.Word)],
            [.. Enumerable.Range(0, shown).Select(key => words.Coefficients(key).Select(Number).Prepend(words.Name(key)).ToArray())]);
        More(output, words.Rates.Count - shown);
        output.WriteLine($"commutator of the letters, with the 1 behind the state that the input multiplies: norm {Number(words.Commutator)}. The gates alone commute:");
        output.WriteLine("each word has one ordered place, the input; gates before it do not count, and those behind it count in any order. On inputs that are longer than 1 / (|a| Delta) the");
        output.WriteLine("first words say little: study --expansion mean-gate keeps the mean gate exact and expands its deviation.");
        if (words.Run is { } run)
        {
            Run(terminal, words, run, top);
        }
    }

    /// <summary>A mode's state as a sum over words, in LaTeX.</summary>
    public static string Latex(GatedWords words, int top)
    {
        var latex = new StringBuilder("\\begin{align*}\n");
        int shown = Math.Min(top, words.Rates.Count);
        for (int key = 0; key < shown; key++)
        {
            latex.Append(words.PerKey ? $"s_{{{NumberText.Format(key)}}}" : "s").Append(" &= ");
            latex.AppendJoin(" ", words.Coefficients(key).Select((coefficient, m) =>
                $"{(coefficient < 0 ? "- " : m > 0 ? "+ " : "")}{(m == 0 ? "" : SignatureLatex.Number(Math.Abs(coefficient)) + "\\, ")}S^{{{GatedWords.Word(m + 1)}}}"));
            latex.Append(" + \\dots").Append(key < shown - 1 ? " \\\\\n" : "\n");
        }

        return latex.Append("\\end{align*}\n").ToString();
    }

    /// <summary>The words as JSON: all modes, and all words of a sequence.</summary>
    public static string Json(GatedWords words)
    {
        var json = new StringBuilder("{\n  \"format\": \"operatorgen-signature/1\"");
        SignatureJson.Member(json, "model", QuotedText.Of(words.Model));
        SignatureJson.Member(json, "layer", NumberText.Format(words.Layer));
        SignatureJson.Member(json, "channel", NumberText.Format(words.Cell));
        SignatureJson.Member(json, "path", "\"Axis\"");
        SignatureJson.Member(json, "letters", NumberText.Format(GatedWords.Letters));
        SignatureJson.Member(json, "level", NumberText.Format(words.Level));
        SignatureJson.Member(json, "modes", SignatureJson.Lines(Enumerable.Range(0, words.Rates.Count).Select(key =>
            $"{{ \"mode\": {(words.PerKey ? NumberText.Format(key) : "null")}, \"rate\": {SignatureJson.Number(words.Rates[key])}, \"coefficients\": [{string.Join(", ", words.Coefficients(key).Select(SignatureJson.Number))}] }}")));
        SignatureJson.Member(json, "linearPartsCommute", "true");
        SignatureJson.Member(json, "forced", "true");
        SignatureJson.Member(json, "commutators", SignatureJson.Lines([$"{{ \"letters\": [1, 2], \"norm\": {SignatureJson.Number(words.Commutator)} }}"]));
        SignatureJson.Member(json, "sequence", words.Run is { } run ? SignatureJson.Run(run.Sequence, run.Steps, run.Exact, run.Levels, $"\"words\": {SignatureJson.Lines(run.Words.Select(Word))},") : "null");
        return json.Append("\n}\n").ToString();
    }

    private static string Word(GatedWord word) =>
        $"{{ \"mode\": {NumberText.Format(word.Mode)}, \"word\": [{string.Join(", ", GatedWords.Word(word.Length).Select(letter => letter.ToString(CultureInfo.InvariantCulture)))}], \"coefficient\": {SignatureJson.Number(word.Coefficient)}, \"value\": {SignatureJson.Number(word.Value)} }}";

    private static void Run(Terminal terminal, GatedWords words, GatedWordsRun run, int top)
    {
        TextWriter output = terminal.Output;
        string mode = words.Recurrence.KeyName;
        output.WriteLine($"{run.Sequence.Text}: {CountText.Of(run.Steps, "step")}, y = {Number(run.Exact)} by the recurrence, read by the last query, without the skip{(words.Recurrence.Values > 1 ? ", of the first value" : "")}");
        terminal.Table(
            [mode, "word", "coefficient", "S^word", "contribution"],
            [.. run.Words.Take(top).Select(word => new[] { NumberText.Format(word.Mode), GatedWords.Word(word.Length), Number(word.Coefficient), Number(word.Value), Number(word.Contribution) })]);
        More(output, run.Words.Count - Math.Min(top, run.Words.Count));
        terminal.Table(["level", "value", "error", "bound"], [.. run.Levels.Select(SignatureText.Row)]);
        output.WriteLine("bound: sum over modes of |q| sum over steps of |Delta x| |a W|^k / k! max(1, e^(a W)), k the level, W the sum of the later Delta; rounding is not in it");
    }

    private static void More(TextWriter output, int more)
    {
        if (more > 0)
        {
            output.WriteLine($"{NumberText.Format(more)} more with --top");
        }
    }

    private static string Number(double value) => NumberText.Format(value, Digits);
}
