using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// One stage read backwards: the sensitivity of one output of the model to what enters the stage, from its sensitivity to what leaves it.
/// <see cref="Total"/> gathers |sensitivity| times the stage's own roundings.
/// </summary>
/// <param name="arithmetic">The arithmetic of the code under test.</param>
/// <param name="cache">What passes over other outputs left.</param>
internal sealed class Sensitivity(Arithmetic arithmetic, StageCache cache)
{
    /// <summary>What passes over other outputs left.</summary>
    public StageCache Cache => cache;

    /// <summary>The sum over all roundings so far of |d output / d rounding| |rounding|.</summary>
    public double Total { get; private set; }

    /// <summary>Adds the roundings of a vector.</summary>
    public void Add(double[] sensitivity, double[] roundings)
    {
        for (int i = 0; i < sensitivity.Length; i++)
        {
            Add(sensitivity[i], roundings[i]);
        }
    }

    /// <summary>Adds one rounding.</summary>
    public void Add(double sensitivity, double rounding) => Total += Math.Abs(sensitivity) * rounding;

    /// <summary>Through y = W x + b: W transposed.</summary>
    public double[] Through(Linear? linear, double[] x, double[] y, double[] sensitivity)
    {
        if (linear is null)
        {
            return sensitivity;
        }

        Add(sensitivity, cache.Of(linear, x, () => LinearRounding.Of(linear, Approximate.Exact(x), y, arithmetic).Error));
        ReadOnlySpan<double> weight = linear.Weight.Values;
        var input = new double[linear.Inputs];
        for (int row = 0; row < linear.Outputs; row++)
        {
            for (int column = 0; column < linear.Inputs; column++)
            {
                input[column] += weight[(row * linear.Inputs) + column] * sensitivity[row];
            }
        }

        return input;
    }

    /// <summary>Through a norm.</summary>
    public double[] Through(Norm? norm, double[] x, double[] y, double[] sensitivity)
    {
        if (norm is null)
        {
            return sensitivity;
        }

        Add(sensitivity, cache.Of(norm, x, () => NormRounding.Of(norm, Approximate.Exact(x), y, arithmetic).Error));
        return norm switch
        {
            LayerNorm layer => Through(layer, x, sensitivity),
            RmsNorm rms => RmsNormRounding.Through(rms, x, sensitivity),
            LengthNorm length => LengthNormRounding.Through(length, x, sensitivity),
            BatchNorm batch => [.. sensitivity.Select((s, c) => s * new BatchNormRounding(batch, arithmetic).Factor(c))],
            _ => throw new NotSupportedException($"There is no sensitivity for a {norm.GetType().Name}."),
        };
    }

    /// <summary>Through a function, component by component: f'.</summary>
    public double[] Through(DecoderFunction function, double[] x, double[] sensitivity)
    {
        (double[] roundings, double[] slopes) = cache.Of(function, x, () => Tuple.Create(
            FunctionRounding.Of(function, Approximate.Exact(x), arithmetic).Error,
            Array.ConvertAll(x, argument => FunctionRounding.Slope(function, argument))));
        Add(sensitivity, roundings);
        var input = new double[x.Length];
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = sensitivity[i] * slopes[i];
        }

        return input;
    }

    /// <summary>Through a product of x and y, whose own rounding is u |x y|: the sensitivity to x; that to y is the same with x in the place of y.</summary>
    public double[] Through(double[] x, double[] y, double[] sensitivity)
    {
        Add(sensitivity, [.. x.Select((value, i) => arithmetic.Unit * Math.Abs(value * y[i]))]);
        return [.. sensitivity.Select((s, i) => s * y[i])];
    }

    // With g = w * sensitivity: r (g - mean(g) - xhat mean(g xhat)).
    private static double[] Through(LayerNorm norm, double[] x, double[] sensitivity)
    {
        int n = norm.Width;
        double mean = x.Average();
        double r = 1 / Math.Sqrt((x.Sum(v => (v - mean) * (v - mean)) / n) + norm.Epsilon);
        double[] normalised = Array.ConvertAll(x, v => (v - mean) * r);
        double[] g = [.. sensitivity.Select((s, i) => s * norm.Weight.Values[i])];
        double gMean = g.Average();
        double along = g.Select((value, i) => value * normalised[i]).Average();
        return [.. g.Select((value, i) => r * (value - gMean - (normalised[i] * along)))];
    }
}
