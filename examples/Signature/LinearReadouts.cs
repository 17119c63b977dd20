using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using OperatorGen;
using OperatorGen.Analysis;

namespace Signatures;

/// <summary>What linear readouts of cells know of the words S^12 and S^123: found by least squares on paths, tested on others.</summary>
internal static class LinearReadouts
{
    private const int Seed = 2, Training = 9_600, Tests = 2_400;
    private const int Multiplied = 64; // states of the forced cell that the second layer multiplies
    private const double Ridge = 1e-9;

    private static readonly int[] s_letters = [2, 3];

    // Root mean square errors in the authors' repository, and that of predicting zero.
    private static readonly (double Two, double Three) s_publishedZero = (0.112, 0.0585);

    private static readonly (string Name, double Two, double Three)[] s_published =
    [
        ("S4, one layer", 0.112, 0.0585), ("S4, two layers, GELU", 0.01456, 0.01965), ("S5, two layers, GELU", 0.00114, 0.00541), ("Mamba, one layer", 0.0217, 0.0347), ("Mamba, two layers", 0.00157, 0.00420),
        ("random linear CDE", 0.000207, 0.00685),
    ];

    /// <summary>Prints the errors beside theory, and what the operators say of the cells.</summary>
    public static void Print(TextWriter output)
    {
        (ToyTask Training, ToyTask Tests)[] tasks = [.. s_letters.Select(letters => ToyTask.Random(Seed, letters, Training + Tests).Split(Training))];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Words of paths of {ToyTask.Steps} steps by linear readouts of the last state: root mean square error over that of predicting zero ({Training} and {Tests} paths, seed {Seed})"));
        output.WriteLine();
        output.WriteLine("cell                               states    S^12  theory   S^123  theory");
        Cell[] cells = [.. Cells()];
        foreach (Cell cell in cells)
        {
            double[] errors = [.. tasks.Select(task => Error(cell.Last, task.Training, task.Tests))];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cell.Name,-33} {cell.States,7}  {errors[0],6:F4}  {Text(cell.Theory.Two)}  {errors[1],6:F4}  {Text(cell.Theory.Three)}").TrimEnd());
        }

        output.WriteLine();
        output.WriteLine("What the operator says");
        foreach (Cell cell in cells)
        {
            output.WriteLine($"  {cell.Name}: {cell.Sentence}");
        }

        output.WriteLine();
        output.WriteLine("Published by the authors of the toy task: trained models (the random linear CDE: its readout alone), their own paths, errors of the validation");
        output.WriteLine();
        output.WriteLine("model                                         S^12           S^123");
        foreach ((string name, double two, double three) in s_published)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-41}  {two / s_publishedZero.Two,6:F4}          {three / s_publishedZero.Three,6:F4}"));
        }

        output.WriteLine("A trained Mamba of two layers is ahead of the random linear CDE for S^123, and behind it for S^12.");

        static string Text(double theory) => double.IsNaN(theory) ? "      " : theory.ToString("F4", CultureInfo.InvariantCulture);
    }

    /// <summary>The cells.</summary>
    internal static IEnumerable<Cell> Cells()
    {
        var invariant = new TimeInvariant();
        var unforced = new Unforced();
        var forced = new Forced();
        var dense = new Dense();
        yield return new("time-invariant diagonal", RandomCells.Invariant, path => Last(path, TimeInvariant.OutputWidth, invariant.Forward), (1, 1), Linear());
        yield return new("unforced diagonal", RandomCells.Unforced, path => Last(path, Unforced.OutputWidth, unforced.Forward), (Math.Sqrt(1.0 / 2), Math.Sqrt(5.0 / 6)), Sentence(Unforced.Operator));
        yield return new("forced selective diagonal", RandomCells.Forced, path => Last(path, Forced.OutputWidth, forced.Forward), (0, Math.Sqrt(1.0 / 2)), Sentence(Forced.Operator));
        yield return new("dense", RandomCells.Dense, path => Last(path, Dense.OutputWidth, dense.Forward), (double.NaN, double.NaN), Sentence(Dense.Operator));
        yield return new("two forced diagonals, a product", Multiplied * (ToyTask.Channels + 1), path => Product(path, All(path, Forced.OutputWidth, forced.Forward)), (0, 0), $"of the first layer: {Sentence(Forced.Operator)} The sum of a word times an increment is a word with one letter more.");
    }

    /// <summary>
    /// The error of the best linear readout of some features, on paths that it was not found on, over that of 0. A ridge far below the features makes the readout unique where they depend
    /// on each other.
    /// </summary>
    internal static double Error(Func<double[], double[]> last, ToyTask training, ToyTask test)
    {
        double[][] rows = Rows(last, training);
        double ridge = Ridge * rows.Max(row => row.Max(Math.Abs));
        Matrix<double> features = Matrix<double>.Build.DenseOfRowArrays(rows).Stack(ridge * Matrix<double>.Build.DenseIdentity(rows[0].Length));
        Vector<double> readout = features.QR(QRMethod.Thin).Solve(Vector<double>.Build.DenseOfArray([.. training.Words, .. new double[rows[0].Length]]));
        double error = 0, zero = 0;
        foreach ((double[] row, double word) in Rows(last, test).Zip(test.Words))
        {
            double miss = Vector<double>.Build.DenseOfArray(row).DotProduct(readout) - word;
            error += miss * miss;
            zero += word * word;
        }

        return Math.Sqrt(error / zero);
    }

    /// <summary>The features of all paths, behind a 1.</summary>
    private static double[][] Rows(Func<double[], double[]> last, ToyTask task) => [.. task.Paths.AsParallel().AsOrdered().Select(path => (double[])[1, .. last(path)])];

    private static double[] Last(double[] path, int width, Forward forward) => All(path, width, forward)[^width..];

    private static double[] All(double[] path, int width, Forward forward)
    {
        var states = new double[ToyTask.Steps * width];
        forward(path, states);
        return states;
    }

    /// <summary>The last states, and sums over time of states times increments, <c>sum_t (z_(t-1) + z_t) / 2 h_t^i</c>: a second layer with eigenvalue 1 behind a product.</summary>
    private static double[] Product(double[] path, double[] states)
    {
        const int Width = RandomCells.Forced, Multiplied = LinearReadouts.Multiplied;
        var sums = new double[Multiplied * ToyTask.Channels];
        for (int t = 0; t < ToyTask.Steps; t++)
        {
            for (int i = 0; i < ToyTask.Channels; i++)
            {
                double h = path[(t * ToyTask.Channels) + i] - (t == 0 ? 0 : path[((t - 1) * ToyTask.Channels) + i]);
                for (int n = 0; n < Multiplied && h != 0; n++)
                {
                    sums[(i * Multiplied) + n] += h * (states[(t * Width) + n] + (t == 0 ? 0 : states[((t - 1) * Width) + n])) / 2;
                }
            }
        }

        return [.. states[^Multiplied..], .. sums];
    }

    private static string Sentence(OperatorDescription description) => SignatureProjection.Of((ControlledRecurrence)description.Layers[0].Recurrence, 0, 1).Consequence;

    /// <summary>What the operator says of a model without products of waves.</summary>
    private static string Linear() => OrderShares.Of(new OperatorExplainer(TimeInvariant.Operator).Of(ToyTask.Random(Seed, 3, 1).Paths[0]).Explain(0))!.ToString();

    private delegate void Forward(ReadOnlySpan<double> path, Span<double> states);

    /// <summary>A cell.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="States">Its states.</param>
    /// <param name="Last">Its features at the end of a path.</param>
    /// <param name="Theory">The errors that theory gives; not-a-number where it gives none.</param>
    /// <param name="Sentence">What the operator says of it.</param>
    internal sealed record Cell(string Name, int States, Func<double[], double[]> Last, (double Two, double Three) Theory, string Sentence);
}
