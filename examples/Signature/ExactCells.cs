using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;

namespace Signatures;

/// <summary>Cells that are one word of the signature, or two, beside the signature itself.</summary>
internal static class ExactCells
{
    private const int Channels = 3, Steps = 100, Seed = 1;

    /// <summary>Prints each cell's words, its output at the end of a path, and how far the signature is from it.</summary>
    public static void Print(TextWriter output)
    {
        double[] path = Path();
        var signature = new OperatorGen.Analysis.Signature(PathKind.PiecewiseLinear, Channels, 3);
        for (int t = 0; t < Steps; t++)
        {
            signature.Append([.. Enumerable.Range(0, Channels).Select(c => path[(t * Channels) + c] - (t == 0 ? 0 : path[((t - 1) * Channels) + c]))]);
        }

        output.WriteLine($"Exact cells, on a path of {Channels} channels and {Steps} normal steps rounded to integers, divided by its largest number (seed {Seed})");
        output.WriteLine();
        output.WriteLine("cell       states  its words                output    from the signature");
        foreach ((string name, OperatorDescription description, Func<double[], double> last) in Cells())
        {
            var recurrence = (ControlledRecurrence)description.Layers[0].Recurrence;
            SignatureProjection projection = SignatureProjection.Of(recurrence, 0, 3);
            double value = last(path), expected = projection.ValueOf(signature, 3);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {recurrence.States,6}  {Words(projection),-22} {value,8:F4}    {(Math.Abs(value - expected) <= 1e-12 ? "within 1e-12" : (value - expected).ToString("E2", CultureInfo.InvariantCulture))}"));
        }
    }

    /// <summary>The words that have a coefficient, as a sum.</summary>
    private static string Words(SignatureProjection projection) => string.Join(" ", projection.Coefficients
        .Select((coefficient, index) => (coefficient, word: projection.Order[index]))
        .Where(term => term.coefficient != 0)
        .Select((term, place) => string.Create(CultureInfo.InvariantCulture, $"{(term.coefficient < 0 ? "- " : place > 0 ? "+ " : "")}{(Math.Abs(term.coefficient) == 1 ? "" : Math.Abs(term.coefficient) + " ")}S^{term.word}")));

    /// <summary>The cells with their operators and their outputs at the end of a sequence.</summary>
    private static IEnumerable<(string Name, OperatorDescription Description, Func<double[], double> Last)> Cells()
    {
        var word12 = new Word12();
        var area = new LevyArea();
        var word123 = new Word123();
        yield return ("S^12", Word12.Operator, path => Last(path, (input, values) => word12.Forward(input, values)));
        yield return ("Levy area", LevyArea.Operator, path => Last(path, (input, values) => area.Forward(input, values)));
        yield return ("S^123", Word123.Operator, path => Last(path, (input, values) => word123.Forward(input, values)));
    }

    private static double Last(double[] path, Action<double[], double[]> forward)
    {
        var values = new double[path.Length / Channels];
        forward(path, values);
        return values[^1];
    }

    /// <summary>Normal steps, by the method of Box and Muller, rounded, cumulated and divided, [time, channel].</summary>
    private static double[] Path()
    {
        var random = new Random(Seed);
        double[] steps = [.. Enumerable.Range(0, Steps * Channels).Select(_ => Math.Round(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
        for (int i = Channels; i < steps.Length; i++)
        {
            steps[i] += steps[i - Channels];
        }

        double largest = steps.Max(Math.Abs);
        return [.. steps.Select(value => value / largest)];
    }
}
