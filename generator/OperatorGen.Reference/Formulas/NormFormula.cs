using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>A norm of one time step.</summary>
internal abstract class NormFormula
{
    public abstract double[] Of(double[] x);

    public static NormFormula? Of(Norm? norm, ReferenceOptions options) => norm switch
    {
        null => null,
        LayerNorm layer => new LayerNormFormula(layer, options),
        BatchNorm batch => new BatchNormFormula(batch, options),
        RmsNorm rms => new RmsNormFormula(rms, options),
        LengthNorm length => new LengthNormFormula(length, options),
        _ => throw new NotSupportedException($"The reference has no formula for a {norm.GetType().Name}."),
    };
}

/// <summary><c>(x - mean) / sqrt(var + epsilon) * weight + bias</c>, mean and var over the channels of one time step, var with divisor n.</summary>
internal sealed class LayerNormFormula(LayerNorm norm, ReferenceOptions options) : NormFormula
{
    private readonly double[] _weight = norm.Weight.Stored(options);   // [width]
    private readonly double[] _bias = norm.Bias.Stored(options);       // [width]

    public override double[] Of(double[] x)
    {
        double mean = 0;
        foreach (double value in x)
        {
            mean += value / x.Length;
        }

        double variance = 0;
        foreach (double value in x)
        {
            variance += (value - mean) * (value - mean) / x.Length;
        }

        var y = new double[x.Length];                                  // [width]
        for (int c = 0; c < x.Length; c++)
        {
            y[c] = ((x[c] - mean) / Math.Sqrt(variance + norm.Epsilon) * _weight[c]) + _bias[c];
        }

        return y;
    }
}

/// <summary>
/// <c>(x - mean) / sqrt(variance + epsilon) * weight + bias</c> with constants for mean and variance. Stored are the factor
/// <c>f = weight / sqrt(variance + epsilon)</c> and the summand <c>bias - mean f</c>.
/// </summary>
internal sealed class BatchNormFormula : NormFormula
{
    private readonly double[] _factor;   // [width]
    private readonly double[] _summand;  // [width]

    public BatchNormFormula(BatchNorm norm, ReferenceOptions options)
    {
        _factor = new double[norm.Width];
        _summand = new double[norm.Width];
        for (int c = 0; c < norm.Width; c++)
        {
            double factor = (norm.Weight?.Values[c] ?? 1) / Math.Sqrt(norm.Variance.Values[c] + norm.Epsilon);
            _factor[c] = options.Stored(factor);
            _summand[c] = options.Stored((norm.Bias?.Values[c] ?? 0) - (norm.Mean.Values[c] * factor));
        }
    }

    public override double[] Of(double[] x)
    {
        var y = new double[x.Length];                                  // [width]
        for (int c = 0; c < x.Length; c++)
        {
            y[c] = (_factor[c] * x[c]) + _summand[c];
        }

        return y;
    }
}

/// <summary><c>x / sqrt(mean(x^2) + epsilon) * weight</c>, the mean over each group of channels of one time step.</summary>
internal sealed class RmsNormFormula(RmsNorm norm, ReferenceOptions options) : NormFormula
{
    private readonly double[] _weight = norm.Weight.Stored(options);   // [width]

    public override double[] Of(double[] x)
    {
        var y = new double[x.Length];                                  // [width]
        for (int first = 0; first < x.Length; first += norm.GroupWidth)
        {
            double mean = 0;
            for (int c = first; c < first + norm.GroupWidth; c++)
            {
                mean += x[c] * x[c] / norm.GroupWidth;
            }

            for (int c = first; c < first + norm.GroupWidth; c++)
            {
                y[c] = x[c] / Math.Sqrt(mean + norm.Epsilon) * _weight[c];
            }
        }

        return y;
    }
}

/// <summary><c>x / max(|x|, floor) * sqrt(width) * weight</c>.</summary>
internal sealed class LengthNormFormula(LengthNorm norm, ReferenceOptions options) : NormFormula
{
    private readonly double[] _weight = norm.Weight.Stored(options);   // [width]

    public override double[] Of(double[] x)
    {
        double square = 0;
        foreach (double value in x)
        {
            square += value * value;
        }

        double length = Math.Max(Math.Sqrt(square), norm.Floor);
        var y = new double[x.Length];                                  // [width]
        for (int c = 0; c < x.Length; c++)
        {
            y[c] = x[c] / length * Math.Sqrt(x.Length) * _weight[c];
        }

        return y;
    }
}
