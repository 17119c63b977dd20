using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Rings;

/// <summary>A ring as JSON; docs/operator.md documents the schema.</summary>
internal static class RingJson
{
    /// <summary>The file's text.</summary>
    public static string Render(RingSubject subject)
    {
        WaveRing ring = subject.Ring;
        var json = new StringBuilder("{\n  \"format\": \"operatorgen-ring/1\"");
        Member(json, "model", QuotedText.Of(subject.Model));
        Member(json, "layer", $"{subject.Layer}");
        Member(json, "name", QuotedText.Of(subject.LayerName));
        Member(json, "channel", $"{subject.Channel}");
        Member(json, "inputChannel", subject.Input is { } input ? NumberText.Format(input) : "null");
        Member(json, "form", QuotedText.Of(subject.Form));
        Member(json, "nodes", $"{ring.Nodes}");
        Member(json, "skip", Number(ring.Skip));
        Member(json, "coupling", Places(ring, ring.Coupling));
        Member(json, "input", Places(ring, ring.Input));
        Member(json, "readout", Places(ring, ring.Readout));
        Member(json, "modes", Lines(ring.Modes.Select(Mode)));
        Member(json, "phaseEquation", subject.Phases is { } phases ? Phases(phases) : "null");
        Member(json, "sequence", subject.Run is { } run ? Run(run) : "null");
        return json.Append("\n}\n").ToString();
    }

    private static string Mode(RingMode mode) =>
        $"{{ \"waveNumber\": {mode.WaveNumber}, \"pair\": {(mode.IsPair ? "true" : "false")}, \"mode\": {mode.Index}, \"speed\": {(mode.Speed is { } speed ? Number(speed) : "null")}, "
        + $"\"frequency\": {Number(mode.Frequency)}, \"decay\": {Number(mode.Decay)}, \"lifetime\": {Number(mode.Wave.Lifetime)}, "
        + $"\"eigenvalue\": {Complex(mode.Wave.Eigenvalue)}, \"weight\": {Complex(mode.Wave.Weight)} }}";

    private static string Phases(PhaseEquation phases)
    {
        var json = new StringBuilder("{\n    \"atWholeSteps\": ").Append(RingFigures.IsSampled(phases) ? "\"exact\"" : "\"approximate\"");
        json.Append(",\n    \"deviation\": ").Append(Number(phases.Deviation));
        json.Append(",\n    \"naturalFrequency\": ").Append(Number(phases.NaturalFrequency));
        json.Append(",\n    \"growth\": ").Append(Number(phases.Growth));
        json.Append(",\n    \"coupling\": ").Append(Lines(Enumerable.Range(0, phases.Count).Select(d => Polar(phases.Coupling(d)))));
        json.Append(",\n    \"input\": ").Append(Lines(Enumerable.Range(0, phases.Count).Select(j => Polar(phases.Input(j)))));
        return json.Append("\n  }").ToString();
    }

    private static string Run(RingRun run)
    {
        var json = new StringBuilder("{\n    \"data\": ").Append(QuotedText.Of(run.Sequence.Data.Name));
        json.Append(",\n    \"split\": ").Append(QuotedText.Of(run.Sequence.Data.Split));
        json.Append(",\n    \"index\": ").Append(NumberText.Format(run.Sequence.Index));
        json.Append(",\n    \"label\": ").Append(run.Sequence.Label is { } label ? NumberText.Format(label) : "null");
        json.Append(",\n    \"steps\": ").Append(NumberText.Format(run.Activity.Steps));
        json.Append(",\n    \"input\": ").Append(Plain(run.Input));
        json.Append(",\n    \"readout\": ").Append(Plain(run.Activity.Outputs));
        json.Append(",\n    \"re\": ").Append(Activity(run.Activity, value => value.Re));
        json.Append(",\n    \"im\": ").Append(run.Activity.IsReal ? "null" : Activity(run.Activity, value => value.Im));
        return json.Append("\n  }").ToString();
    }

    private static string Activity(RingActivity activity, Func<ComplexNumber, double> part) =>
        Lines(Enumerable.Range(0, activity.Nodes).Select(j => Plain(Enumerable.Range(0, activity.Steps).Select(t => part(activity[j, t])))));

    private static string Places(WaveRing ring, Func<int, ComplexNumber> value) =>
        Lines(Enumerable.Range(0, ring.Nodes).Select(j => ring.Form == RingForm.Real ? Number(value(j).Re) : Complex(value(j))));

    private static void Member(StringBuilder json, string name, string value) => json.Append(",\n  \"").Append(name).Append("\": ").Append(value);

    private static string Lines(IEnumerable<string> items) => "[\n      " + string.Join(",\n      ", items) + "\n    ]";

    private static string Plain(IEnumerable<double> values) => "[" + string.Join(", ", values.Select(value => double.IsFinite(value) ? NumberText.Format(value) : "null")) + "]";

    private static string Polar(ComplexNumber value) => $"{{ \"strength\": {Number(value.Magnitude)}, \"phase\": {Number(value.Phase)} }}";

    private static string Complex(ComplexNumber value) => $"[{Number(value.Re)}, {Number(value.Im)}]";

    /// <summary>Decimal and exact; null where it is infinite.</summary>
    private static string Number(double value) => double.IsFinite(value)
        ? $"{{ \"value\": {NumberText.Format(value)}, \"exact\": \"{NumberText.FormatHex(value)}\" }}"
        : "null";
}
