using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Safetensors;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Package;

/// <summary>The sequences and upstream's outputs of the checkpoint that is the consumers' model.</summary>
internal static class UpstreamCase
{
    public const int Channels = 3;

    public const int Steps = 16;

    /// <summary>The checkpoint, with the tensors of the model behind <c>w.</c>.</summary>
    public static string Checkpoint { get; } = Path.Combine(RepositoryFolder.Path, "tests", "OperatorGen.Conformance", "cases", "s4d-n4-h3-l16-a", "f64.safetensors");

    private static readonly SafetensorsFile s_file = SafetensorsFile.Parse(File.ReadAllBytes(Checkpoint));

    /// <summary>The input of a sequence, [time, channel], as the consumers read it.</summary>
    public static float[] Input(int sequence) => [.. Rows("in.u", sequence).Select(value => (float)value)];

    /// <summary>The input of a sequence as a command line.</summary>
    public static IEnumerable<string> Arguments(int sequence) => Input(sequence).Select(value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Upstream's output is in double precision and the consumers compute in float: the tolerance is that of <c>operatorgen check</c> for float, 2e-5 of the
    /// greatest output, which the rounding bounds of the conformance tests imply.
    /// </summary>
    public static void AssertOutput(int sequence, IReadOnlyList<float> output)
    {
        double[] expected = Rows("out.y", sequence);
        Assert.Equal(expected.Length, output.Count);
        double tolerance = 2e-5 * expected.Max(double.Abs);
        Assert.All(expected.Zip(output), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    /// <summary>Checks what a consumer printed.</summary>
    public static void AssertPrinted(string output) =>
        AssertOutput(0, [.. output.Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture))]);

    /// <summary>A sequence of a tensor [sequence, channel, time] as [time, channel].</summary>
    private static double[] Rows(string name, int sequence)
    {
        double[] values = s_file.Find(name)!.ToDoubles();
        return [.. from t in Enumerable.Range(0, Steps) from c in Enumerable.Range(0, Channels) select values[(((sequence * Channels) + c) * Steps) + t]];
    }
}
