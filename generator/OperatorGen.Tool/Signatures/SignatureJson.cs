using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Rings;

namespace OperatorGen.Tool.Signatures;

/// <summary>A projection as JSON; docs/signatures.md documents the members.</summary>
internal static class SignatureJson
{
    /// <summary>The file's text: all words that have a coefficient.</summary>
    public static string Render(SignatureSubject subject)
    {
        SignatureProjection projection = subject.Projection;
        var json = new StringBuilder("{\n  \"format\": \"operatorgen-signature/1\"");
        Member(json, "model", QuotedText.Of(subject.Model));
        Member(json, "layer", NumberText.Format(subject.Layer));
        Member(json, "channel", NumberText.Format(subject.Channel));
        Member(json, "path", QuotedText.Of(projection.Kind.ToString()));
        Member(json, "letters", NumberText.Format(projection.Order.Letters));
        Member(json, "level", NumberText.Format(projection.Order.Level));
        Member(json, "constant", Number(projection.Constant));
        Member(json, "words", Lines(subject.Words.Select(term => $"{{ \"word\": [{string.Join(", ", term.Word.Letters.ToArray().Select(letter => NumberText.Format(letter + 1)))}], \"coefficient\": {Number(term.Coefficient)} }}")));
        Member(json, "linearPartsCommute", projection.LinearPartsCommute ? "true" : "false");
        Member(json, "forced", projection.IsForced ? "true" : "false");
        Member(json, "commutators", Lines(subject.Commutators.Select(pair => $"{{ \"letters\": [{NumberText.Format(pair.First + 1)}, {NumberText.Format(pair.Second + 1)}], \"norm\": {Number(pair.Norm)} }}")));
        Member(json, "sequence", subject.Run is { } run ? Run(run.Sequence, run.Steps, run.Exact, run.Levels, $"\"radius\": {Number(run.Radius)},") : "null");
        return json.Append("\n}\n").ToString();
    }

    /// <summary>A sequence, level by level.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="steps">Its length.</param>
    /// <param name="exact">The readout.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="own">A member before the levels, with its comma.</param>
    public static string Run(RingSequence sequence, int steps, double exact, IEnumerable<SignatureLevel> levels, string own) =>
        $"{{\n    \"data\": {QuotedText.Of(sequence.Data.Name)},\n    \"split\": {QuotedText.Of(sequence.Data.Split)},\n    \"index\": {NumberText.Format(sequence.Index)},\n    \"steps\": {NumberText.Format(steps)},\n    \"exact\": {Number(exact)},\n    {own}\n    \"levels\": "
        + Lines(levels.Select(level => $"{{ \"level\": {NumberText.Format(level.Level)}, \"value\": {Number(level.Value)}, \"error\": {Number(level.Error)}, \"bound\": {Number(level.Bound)} }}"))
        + "\n  }";

    /// <summary>JSON has no infinity: null.</summary>
    public static string Number(double value) => double.IsFinite(value) ? NumberText.Format(value) : "null";

    /// <summary>An array with an item per line.</summary>
    public static string Lines(IEnumerable<string> items) => "[" + string.Join(",", items.Select(item => "\n    " + item)) + "\n  ]";

    /// <summary>Adds a member.</summary>
    public static void Member(StringBuilder json, string name, string value) => json.Append(",\n  \"").Append(name).Append("\": ").Append(value);
}
