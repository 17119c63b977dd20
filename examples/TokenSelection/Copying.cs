using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using TokenSelections.Construction;

namespace TokenSelections;

/// <summary>Copying: exactly by three waves, nearly by GELU, and not by what is linear or quadratic in the waves.</summary>
internal static class Copying
{
    private const int Seed = 3, Strings = 20, TrainingStrings = 100, Lags = 64;

    /// <summary>Prints the table.</summary>
    public static void Print(TextWriter output)
    {
        var exact = new Copy();
        var fine = new CopyGelu();
        var coarse = new CopyGeluCoarse();
        CopyTask[] tasks = [.. CopyTask.OfAllLengths(Seed, CopyModels.Nodes, Strings)], training = [.. CopyTask.OfAllLengths(Seed + 1, CopyModels.Nodes, TrainingStrings)];
        int longer = CopyModels.Nodes + 4;
        output.WriteLine($"Copying strings of {CopyModels.Codes} codes, every length from 1 to {CopyModels.Nodes}, by a ring of {CopyModels.Nodes} modes (seed {Seed})");
        output.WriteLine();
        output.WriteLine("                                                         right of all tokens       largest error");
        Row(output, "one layer, decoder x^3: s conj(m) b", Of(tasks, exact.Forward));
        Row(output, "SSM + GELU-FNN twice, scales 0.1 and 0.03", Of(tasks, fine.Forward));
        Row(output, "SSM + GELU-FNN twice, scales 0.3 and 0.1", Of(tasks, coarse.Forward));
        Row(output, $"best linear filter of the last {Lags} tokens", Linear(training, tasks));
        Row(output, "the same layer, decoder x, best linear map", Refitted(training, tasks, o => o));
        Row(output, "the same layer, decoder x^2, best linear map", Refitted(training, tasks, o => o * o));
        Row(output, $"decoder x^3, strings of length {longer}", Of([.. CopyTask.OfLength(Seed, longer, Strings)], exact.Forward));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chance                                                           {100.0 / CopyModels.Codes,5:F1} %"));
    }

    /// <summary>The result of a model of tokens.</summary>
    internal static CopyResult Of(CopyTask[] tasks, Forward forward)
    {
        int right = 0, all = 0;
        double error = 0;
        foreach (CopyTask task in tasks)
        {
            var logits = new double[task.Tokens.Length * CopyModels.Tokens];
            forward(task.Tokens, logits);
            for (int j = 0; j < task.Expected.Length; j++)
            {
                ReadOnlySpan<double> row = logits.AsSpan((task.First + j) * CopyModels.Tokens, CopyModels.Tokens);
                right += Logits.IsGreatest(row, task.Expected[j]) ? 1 : 0;
                all++;

                // Logits are 2 c o - c^2: of the two outermost codes, 1 and -1, the difference is 4 o.
                error = Math.Max(error, Math.Abs(((row[CopyModels.Codes - 1] - row[0]) / 4) - CopyModels.Code(task.Expected[j])));
            }
        }

        return new CopyResult(right, all, error);
    }

    /// <summary>The best time-invariant linear filter: scores are sums over the last tokens, one-hot, found by least squares.</summary>
    private static CopyResult Linear(CopyTask[] training, CopyTask[] tasks) => Fitted(training, tasks, (Lags * CopyModels.Tokens) + 1, (task, row, features) =>
    {
        features.Clear();
        features[^1] = 1;
        for (int lag = 0; lag < Lags && lag <= row; lag++)
        {
            features[(lag * CopyModels.Tokens) + task.Tokens[row - lag]] = 1;
        }
    });

    /// <summary>The units of the exact layer with another decoder, and the linear map after it found by least squares.</summary>
    private static CopyResult Refitted(CopyTask[] training, CopyTask[] tasks, Func<double, double> decoder)
    {
        ModeBank bank = Copy.Operator.Layers[0].Bank!;
        var readouts = new Dictionary<CopyTask, double[]>(ReferenceEqualityComparer.Instance);
        foreach (CopyTask task in training.Concat(tasks))
        {
            var rows = new double[task.Tokens.Length * Copy.InputWidth];
            Copy.Embed(task.Tokens, rows);
            readouts.Add(task, ModeSeries.Readouts(bank, rows, task.Tokens.Length));
        }

        return Fitted(training, tasks, bank.Readouts + 1, (task, row, features) =>
        {
            features[^1] = 1;
            for (int h = 0; h < bank.Readouts; h++)
            {
                features[h] = decoder(readouts[task][(row * bank.Readouts) + h]);
            }
        });
    }

    private static CopyResult Fitted(CopyTask[] training, CopyTask[] tasks, int width, Action<CopyTask, int, Span<double>> features)
    {
        var fit = new LeastSquares(width, CopyModels.Codes);
        var row = new double[width];
        foreach (CopyTask task in training)
        {
            for (int j = 0; j < task.Expected.Length; j++)
            {
                features(task, task.First + j, row);
                fit.Add(row, task.Expected[j]);
            }
        }

        double[,] map = fit.Solve();
        int right = 0, all = 0;
        var scores = new double[CopyModels.Codes];
        foreach (CopyTask task in tasks)
        {
            for (int j = 0; j < task.Expected.Length; j++)
            {
                features(task, task.First + j, row);
                for (int code = 0; code < scores.Length; code++)
                {
                    scores[code] = Enumerable.Range(0, width).Sum(f => map[f, code] * row[f]);
                }

                right += Best(scores) == task.Expected[j] ? 1 : 0;
                all++;
            }
        }

        return new CopyResult(right, all, double.NaN);
    }

    private static int Best(ReadOnlySpan<double> scores) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(scores);

    private static void Row(TextWriter output, string name, CopyResult result) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-52} {result.Right,7} {result.All,7}  {result.Percent,5:F1} %      {Error(result.Error)}").TrimEnd());

    private static string Error(double error) => double.IsNaN(error) ? "" : error < 1e-12 ? "below 1e-12" : error.ToString(error < 0.1 ? "E1" : "F2", CultureInfo.InvariantCulture);

    /// <summary>A model: logits for all tokens.</summary>
    internal delegate void Forward(ReadOnlySpan<int> tokens, Span<double> logits);
}
