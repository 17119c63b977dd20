using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// A bound on how far code that evaluates a model by its recurrence can be from the reference that runs on the same constants.
/// <para>
/// It is a running error analysis: every intermediate x of the reference has an e beside it with |x(code) - x| at most e, computed at
/// every time step for this model and this input. Each stage adds the error that it passes on from its input and the roundings of its
/// own, in units of u, the unit roundoff. Per stage (the classes named here hold the derivations):
/// </para>
/// <list type="bullet">
/// <item>recurrence (<c>ModeRounding</c>): the state of a mode deviates by <c>E_t = |a| E_(t-1) + 5 u (|a s_(t-1)| + |v_t|)</c>, the readout
/// by <c>sum_n |c_n| E_n</c>, which is at most about <c>u sum_n |c_n| max|s_n| / (1 - |a_n|)</c> times the constant; an error of the input passes
/// through the kernel: <c>sum_j |K_j| e_(t-j)</c>;</item>
/// <item>low-rank modes (<c>LowRankModesRounding</c>): as modes in eigenvectors, with what these are off by; as a low-rank step (<c>LowRankStepRounding</c>) the
/// roundings of a step pass on through the exact transition;</item>
/// <item>both directions (<c>BackwardRounding</c>): the recurrence of the reversed sequence, and one rounding of the sum;</item>
/// <item>selective recurrence (<c>SelectiveCellRounding</c>): the same with <c>e_a |s_(t-1)| + e_k |w_t|</c> beside it, e_a and e_k from those of the gates' and keys' signals
/// (<c>SignalRounding</c>, <c>GateErrors</c>); a delta rule by norms over the keys (<c>DeltaDeviation</c>);</item>
/// <item>linear maps and convolutions (<c>LinearRounding</c>): <c>|W| e + gamma_(n+1) (|W| |x| + |b|)</c>;</item>
/// <item>decoder functions (<c>FunctionRounding</c>): the Lipschitz constant about the argument, and 4 ulp of the value;</item>
/// <item>norms (<c>NormRounding</c>, <c>RmsNormRounding</c>, <c>LengthNormRounding</c>): the exact derivative, a bound of the remainder, and the roundings; BatchNorms (<c>BatchNormRounding</c>) are affine;</item>
/// <item>pooling, in double or compensated: <c>mean(e) + 4 u mean|x|</c>.</item>
/// </list>
/// <para>
/// Second-order terms in u are carried where they could matter and never dropped silently elsewhere: magnitudes are taken as |x| + e. It holds for any
/// order of summation and for fused or separate multiply-add, but for the plain recurrence in time: a lowering that multiplies powers of a needs its own analysis.
/// It is a worst case; roundings that cancel at random leave far less. It grows by the product of the layers' gains, so that it says little
/// (<see cref="RoundingResult.Relative"/> above 1e-2) for float and more than two layers: <see cref="ComputeFirstOrder"/> is for those.
/// </para>
/// </summary>
public static class RoundingBound
{
    /// <summary>The unit roundoff of float, 2^-24: the reference runs with constants rounded to float.</summary>
    public const double SingleEpsilon = 1.0 / (1 << 24);

    /// <summary>The unit roundoff of double, 2^-53: the reference runs with its own constants, and the bound holds for constants a few ulp away.</summary>
    public const double DoubleEpsilon = 1.0 / (1L << 53);

    /// <summary>Runs the reference over an input from a fresh state and bounds the distance of other code from it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The samples, shape [time, input]; numbers of the code's precision, so that both see the same input.</param>
    /// <param name="epsilon">The unit roundoff: <see cref="SingleEpsilon"/> or <see cref="DoubleEpsilon"/>.</param>
    public static RoundingResult Compute(SequenceModel model, ReadOnlySpan<double> input, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(model);
        var arithmetic = new Arithmetic(epsilon);
        (double[] expected, IReadOnlyList<StepTrace> steps) = Run(model, input, arithmetic);
        return new RoundingResult(expected, Propagated(model, steps, arithmetic));
    }

    /// <summary>
    /// The same to first order in u, for models of many layers, where the worst case of every stage after the other says little: for each
    /// output the sum over all roundings of |d output / d rounding| |rounding|, with the derivatives through all stages at once, by reading the model
    /// backwards. Terms of order u^2 are left out; the result is doubled for them. Each output costs a pass as long as the reference's: meant for
    /// models that pool. Never more than <see cref="Compute"/> gives.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The samples, shape [time, input]; numbers of the code's precision, so that both see the same input.</param>
    /// <param name="epsilon">The unit roundoff: <see cref="SingleEpsilon"/> or <see cref="DoubleEpsilon"/>.</param>
    public static RoundingResult ComputeFirstOrder(SequenceModel model, ReadOnlySpan<double> input, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(model);
        var arithmetic = new Arithmetic(epsilon);
        (double[] expected, IReadOnlyList<StepTrace> steps) = Run(model, input, arithmetic);
        double[] bound = Propagated(model, steps, arithmetic);
        var cache = new StageCache();
        for (int i = 0; i < bound.Length; i++)
        {
            bound[i] = Math.Min(bound[i], 2 * Backwards(model, steps, i, new Sensitivity(arithmetic, cache), arithmetic));
        }

        return new RoundingResult(expected, bound);
    }

    private static (double[] Output, IReadOnlyList<StepTrace> Steps) Run(SequenceModel model, ReadOnlySpan<double> input, Arithmetic arithmetic)
    {
        if (model.Output != OutputFunction.Scores)
        {
            throw new NotSupportedException($"There is no rounding bound for the output function {model.Output}.");
        }

        var evaluator = new ReferenceEvaluator(model, arithmetic.Single ? ReferenceOptions.SingleConstants : ReferenceOptions.Exact);
        ReferenceState state = evaluator.CreateState();
        state.Probe = new Probe();
        return (evaluator.Forward(input, state), state.Probe.Steps);
    }

    private static double[] Propagated(SequenceModel model, IReadOnlyList<StepTrace> steps, Arithmetic arithmetic)
    {
        Approximate[] x = [.. steps.Select(step => Encoded(model, step, arithmetic))];
        for (int l = 0; l < model.Layers.Count; l++)
        {
            x = LayerRounding.Of(model.Layers[l], x, [.. steps.Select(step => step.Layers[l])], arithmetic);
        }

        x = model.Pooling switch
        {
            Pooling.None => x,
            Pooling.Mean => [Mean(x, arithmetic)],
            Pooling.Last => [x[^1]],
            _ => throw new NotSupportedException($"There is no rounding bound for the pooling {model.Pooling}."),
        };
        return [.. x.SelectMany(h => model.Head is null ? h.Error : LinearRounding.Of(model.Head, h, arithmetic).Error)];
    }

    /// <summary>The sum over all roundings of |d output / d rounding| |rounding| for one output.</summary>
    private static double Backwards(SequenceModel model, IReadOnlyList<StepTrace> steps, int output, Sensitivity sensitivity, Arithmetic arithmetic)
    {
        Approximate[] last = [.. steps.Select(step => Approximate.Exact(step.Layers[model.Layers.Count - 1].Output))];
        double[][] x = [.. last.Select(h => new double[h.Value.Length])];
        var unit = new double[model.OutputWidth];
        unit[output % model.OutputWidth] = 1;
        if (model.Pooling == Pooling.Mean)
        {
            Approximate mean = Mean(last, arithmetic);
            double[] toMean = sensitivity.Through(model.Head, mean.Value, new double[model.OutputWidth], unit);
            sensitivity.Add(toMean, mean.Error);
            x = [.. x.Select(_ => Array.ConvertAll(toMean, s => s / steps.Count))];
        }
        else
        {
            int t = model.Pooling == Pooling.Last ? steps.Count - 1 : output / model.OutputWidth;
            x[t] = sensitivity.Through(model.Head, last[t].Value, new double[model.OutputWidth], unit);
        }

        for (int l = model.Layers.Count - 1; l >= 0; l--)
        {
            x = LayerSensitivity.Of(model.Layers[l], [.. steps.Select(step => step.Layers[l])], x, sensitivity, arithmetic);
        }

        for (int t = 0; t < x.Length; t++)
        {
            double[] scaled = sensitivity.Through(model.Encoder, steps[t].Scaled, steps[t].Encoded, x[t]);
            sensitivity.Add(scaled, Scaled(model, steps[t], arithmetic).Error);
        }

        return sensitivity.Total;
    }

    private static Approximate Encoded(SequenceModel model, StepTrace step, Arithmetic arithmetic)
    {
        Approximate u = Scaled(model, step, arithmetic);
        return model.Encoder is null ? u : LinearRounding.Of(model.Encoder, u, step.Encoded, arithmetic);
    }

    /// <summary>u = s x + o with two roundings.</summary>
    private static Approximate Scaled(SequenceModel model, StepTrace step, Arithmetic arithmetic)
    {
        Approximate u = Approximate.Exact(step.Scaled);
        for (int c = 0; model.Scaling is not null && c < u.Error.Length; c++)
        {
            double product = Math.Abs(arithmetic.Stored(model.Scaling.Scale.Values[c]) * step.Sample[c]);
            u.Error[c] = arithmetic.Gamma(2) * (product + Math.Abs(arithmetic.Stored(model.Scaling.Offset.Values[c])));
        }

        return u;
    }

    private static Approximate Mean(Approximate[] x, Arithmetic arithmetic)
    {
        int width = x[0].Value.Length;
        var value = new double[width];
        var error = new double[width];
        for (int c = 0; c < width; c++)
        {
            value[c] = x.Sum(step => step.Value[c]) / x.Length;
            error[c] = x.Sum(step => step.Error[c] + (4 * arithmetic.Unit * step.Magnitude(c))) / x.Length;
        }

        return new Approximate(value, error);
    }
}
