using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Signatures;

/// <summary>A projection as tables for people.</summary>
internal static class SignatureText
{
    private const int Digits = 6;

    /// <summary>Writes words, commutators and, where there is one, the sequence.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="subject">What is shown.</param>
    /// <param name="top">How many words are listed.</param>
    public static void Write(Terminal terminal, SignatureSubject subject, int top)
    {
        TextWriter output = terminal.Output;
        SignatureProjection projection = subject.Projection;
        output.WriteLine($"{subject.Model}, {subject.Place}: a projection of the signature of");
        output.WriteLine($"{subject.Path}.");
        output.WriteLine($"y = {Number(projection.Constant)} + the sum over words of coefficient times S^word; the first letter of a word is the earliest input");
        (Word Word, double Coefficient)[] words = [.. subject.Words.Take(top)];
        int all = subject.Words.Count;
        output.WriteLine($"{CountText.Of(all, "word")} to level {NumberText.Format(projection.Order.Level)} with a coefficient{(all > 0 ? ", the strongest first" : "")}");
        if (all > 0)
        {
            terminal.Table(["word", "coefficient"], [.. words.Select(term => new[] { term.Word.ToString(), Number(term.Coefficient) })]);
        }

        if (words.Length < all)
        {
            output.WriteLine($"{NumberText.Format(all - words.Length)} more with --top");
        }

        Commutators(terminal, subject, top);
        if (subject.Run is { } run)
        {
            output.WriteLine($"{run.Sequence.Text}: {CountText.Of(run.Steps, "step")}, y = {Number(run.Exact)} by the recurrence, R = {Number(run.Radius)}");
            terminal.Table(["level", "value", "error", "bound"], [.. run.Levels.Select(Row)]);
            output.WriteLine($"bound: |C| {(subject.Projection.IsForced ? "|(Z(0), 1)|" : "|Z(0)|")} sum over k above the level of R^k / k!, R the sum over the steps of a bound of |sum_i h_i A_i|; rounding is not in it");
        }
    }

    /// <summary>A row of the table of levels.</summary>
    public static string[] Row(SignatureLevel level) => [NumberText.Format(level.Level), Number(level.Value), NumberText.Format(level.Error, 3), NumberText.Format(level.Bound, 3)];

    private static void Commutators(Terminal terminal, SignatureSubject subject, int top)
    {
        (int First, int Second, double Norm)[] pairs = [.. subject.Commutators];
        if (pairs.Length > 0)
        {
            terminal.Output.WriteLine("commutators A_i A_j - A_j A_i of A_i with B_i behind it, norm of Frobenius, the greatest first");
            terminal.Table(["i", "j", "norm"], [.. pairs.Take(top).Select(pair => new[] { NumberText.Format(pair.First + 1), NumberText.Format(pair.Second + 1), Number(pair.Norm) })]);
        }

        if (pairs.Length > top)
        {
            terminal.Output.WriteLine($"{NumberText.Format(pairs.Length - top)} more with --top");
        }

        terminal.Output.WriteLine(subject.Projection.Consequence);
    }

    private static string Number(double value) => NumberText.Format(value, Digits);
}
