using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Design.Tests.Rings;

/// <summary>Waves of a random cell, and inputs for it.</summary>
internal static class RandomWaves
{
    /// <summary>A third of the modes real, of either sign; magnitudes from fast decay up to a lifetime of 10^4 steps; frequencies of either sign.</summary>
    public static Wave[] Of(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        double magnitude = 1 - Math.Pow(10, -4 * random.NextDouble());
        double angle = random.Next(6) switch { 0 => 0, 1 => Math.PI, _ => Math.PI * ((2 * random.NextDouble()) - 1) };
        var eigenvalue = angle is 0 or Math.PI
            ? new ComplexNumber(angle == 0 ? magnitude : -magnitude, 0)
            : new ComplexNumber(magnitude * Math.Cos(angle), magnitude * Math.Sin(angle));
        double scale = Math.Pow(10, 2 - (4 * random.NextDouble()));
        return new Wave(eigenvalue, new ComplexNumber(scale * Signed(random), scale * Signed(random)));
    })];

    public static double[] Input(Random random, int steps) => [.. Enumerable.Range(0, steps).Select(_ => 3 * Signed(random))];

    private static double Signed(Random random) => (2 * random.NextDouble()) - 1;
}
