using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TokenSelections;

/// <summary>A stack that was trained to copy (<c>examples/training/selection.py</c>), on freshly drawn strings of 16 words.</summary>
internal static class Trained
{
    /// <summary>The words; start, stop and blank follow them.</summary>
    public const int Words = 16;

    private const int Seed = 13, Strings = 100;

    /// <summary>The lengths that it was trained on.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [8, 12, 16, 20, 24, 28, 32];

    /// <summary>Prints the accuracy for each length.</summary>
    public static void Print(TextWriter output)
    {
        var model = new TrainedCopy();
        output.WriteLine($"Copying by a trained SSM + FNN + SSM + FNN, {Words} words, {Strings} fresh strings per length (seed {Seed})");
        output.WriteLine();
        output.WriteLine("length    right of all words");
        foreach (int length in Lengths)
        {
            int right = Right(model, length);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{length,6} {right,8} {length * Strings,6}  {100.0 * right / (length * Strings),5:F1} %"));
        }
    }

    /// <summary>How many words of random strings of a length are written again.</summary>
    internal static int Right(TrainedCopy model, int length)
    {
        const int Start = Words, Stop = Words + 1, Blank = Words + 2;
        var random = new Random(Seed);
        int right = 0;
        for (int i = 0; i < Strings; i++)
        {
            int[] words = [.. Enumerable.Range(0, length).Select(_ => random.Next(Words))];
            int[] tokens = [Start, .. words, Stop, .. Enumerable.Repeat(Blank, length)];
            var logits = new float[tokens.Length * TrainedCopy.OutputWidth];
            model.Forward(tokens, logits);
            for (int j = 0; j < length; j++)
            {
                ReadOnlySpan<float> row = logits.AsSpan((length + 2 + j) * TrainedCopy.OutputWidth, TrainedCopy.OutputWidth);
                right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row) == words[j] ? 1 : 0;
            }
        }

        return right;
    }
}
