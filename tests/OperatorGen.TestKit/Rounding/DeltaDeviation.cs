using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// The delta rule by norms over the keys, of each cell and value. With <c>M = I - beta k k^T</c>, <c>s_t = alpha M s_(t-1) + beta v k</c>, computed as
/// <c>p = k s; d = beta (v - alpha p); s = alpha s + k d</c>; K, S and e_k stand for the norms of k, s_(t-1) and its errors, a prime for the largest that the
/// code can have, as K' = K + e_k and S' = S + E:
/// <code>
/// m   = |M| = max(1, |1 - beta K^2|), exactly                e_m = |beta| e_k (K + K') + e_beta K'^2
/// E_t = alpha m E_(t-1) + (e_alpha (m + e_m) + alpha e_m) S' the exact transition of the deviation, and the wrong transition
///     + e_beta |v| K + beta' e_v K + beta' v' e_k            the wrong addition
///     + K' beta' gamma_(n+4) (v' + alpha' K' S')             the roundings of p, n keys in any order, and of d
///     + 3 u (alpha' S' + K' beta' (v' + alpha' K' S'))       those of the update
/// </code>
/// </summary>
internal sealed class DeltaDeviation(SelectiveCell cell, Arithmetic arithmetic) : StateDeviation
{
    private readonly double[] _deviation = new double[cell.OutputWidth]; // [G, V]

    public override void Step(LayerProbe trace, StepErrors errors)
    {
        int keys = cell.KeyWidth;
        for (int i = 0; i < _deviation.Length; i++)
        {
            int g = i / cell.ValueWidth, first = g * keys;
            double alpha = Math.Abs(trace.Transition[first].Real), alphaError = errors.Gate[first], beta = Math.Abs(trace.Step[g]), betaError = errors.Step[g];
            double value = Math.Abs(trace.Value[i]), valueError = errors.Value[i];
            double key = Norm(k => trace.Key[first + k].Real), keyError = Norm(k => errors.Key[first + k]);
            double largestState = Norm(k => trace.StateBefore[((first + k) * cell.ValueWidth) + (i % cell.ValueWidth)].Real) + _deviation[i];
            double largestKey = key + keyError, largestBeta = beta + betaError, largestAlpha = alpha + alphaError;
            double erasing = Math.Max(1, Math.Abs(1 - (trace.Step[g] * key * key)));
            double erasingError = (beta * keyError * (key + largestKey)) + (betaError * largestKey * largestKey);
            double added = largestBeta * (value + valueError + (largestAlpha * largestKey * largestState));
            _deviation[i] = (alpha * erasing * _deviation[i])
                + (((alphaError * (erasing + erasingError)) + (alpha * erasingError)) * largestState)
                + (betaError * value * key) + (largestBeta * valueError * key) + (largestBeta * (value + valueError) * keyError)
                + (largestKey * arithmetic.Gamma(keys + 4) * added)
                + (3 * arithmetic.Unit * ((largestAlpha * largestState) + (largestKey * added)));
        }

        double Norm(Func<int, double> component) => Math.Sqrt(Enumerable.Range(0, keys).Sum(k => component(k) * component(k)));
    }

    public override double Read(int i, double[] weights) => Math.Sqrt(weights.Sum(weight => weight * weight)) * _deviation[i];
}
