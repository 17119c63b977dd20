using System;
using System.Linq;

namespace TokenSelections.Trained;

/// <summary>Regression, as <c>examples/training/tasks.py</c> defines it: a smooth function of the second coordinates of the two tokens, among 64 in [0, 1]^2, whose first coordinates are greatest.</summary>
internal static class TrainedRegressing
{
    private const int Tokens = 64;

    // By integration: u v has mean 1/4, variance 7/144 and covariance -1/pi^2 with cos(pi u).
    private const double Mean = 0.25;
    private static readonly double s_deviation = Math.Sqrt(0.625 + (7.0 / 144) - (3 / (Math.PI * Math.PI)));

    /// <summary>The mean squared error on fresh sequences, without noise; the target has variance 1.</summary>
    public static double Error(TrainedRegression model, int sequences, int seed)
    {
        var random = new Random(seed);
        double sum = 0;
        var output = new float[1];
        for (int i = 0; i < sequences; i++)
        {
            float[] tokens = [.. Enumerable.Range(0, 2 * Tokens).Select(_ => random.NextSingle())];
            model.Forward(tokens, output);
            double error = output[0] - Target(tokens);
            sum += error * error;
        }

        return sum / sequences;
    }

    private static double Target(float[] tokens)
    {
        int[] falling = [.. Enumerable.Range(0, Tokens).OrderByDescending(j => tokens[2 * j])];
        double u = tokens[(2 * falling[0]) + 1], v = tokens[(2 * falling[1]) + 1];
        return (Math.Cos(Math.PI * u) + (Math.Cos(Math.PI * v) / 2) + (u * v) - Mean) / s_deviation;
    }
}
