using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Rings;

/// <summary>A ring as comma-separated numbers: with a sequence one row per step, else one row per node.</summary>
internal static class RingCsv
{
    /// <summary>The file's text.</summary>
    public static string Render(RingSubject subject)
    {
        var csv = new StringBuilder();
        if (subject.Run is { } run)
        {
            Row(csv, ["step", "input", "readout", .. Enumerable.Range(0, run.Activity.Nodes).SelectMany(j => Names(subject.Ring, $"node_{j}"))]);
            for (int t = 0; t < run.Activity.Steps; t++)
            {
                Row(csv, [$"{t}", Number(run.Input[t]), Number(run.Activity.Outputs[t]), .. Enumerable.Range(0, run.Activity.Nodes).SelectMany(j => Parts(subject.Ring, run.Activity[j, t]))]);
            }

            return csv.ToString();
        }

        Row(csv, ["node", .. Names(subject.Ring, "coupling"), .. Names(subject.Ring, "input"), .. Names(subject.Ring, "readout")]);
        for (int j = 0; j < subject.Ring.Nodes; j++)
        {
            Row(csv, [$"{j}", .. Parts(subject.Ring, subject.Ring.Coupling(j)), .. Parts(subject.Ring, subject.Ring.Input(j)), .. Parts(subject.Ring, subject.Ring.Readout(j))]);
        }

        return csv.ToString();
    }

    private static string[] Names(WaveRing ring, string name) => ring.Form == RingForm.Real ? [name] : [name + "_re", name + "_im"];

    private static string[] Parts(WaveRing ring, ComplexNumber value) => ring.Form == RingForm.Real ? [Number(value.Re)] : [Number(value.Re), Number(value.Im)];

    private static void Row(StringBuilder csv, IEnumerable<string> cells) => csv.AppendJoin(',', cells).Append('\n');

    private static string Number(double value) => NumberText.Format(value);
}
