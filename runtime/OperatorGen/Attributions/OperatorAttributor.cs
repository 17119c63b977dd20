using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Attributes scores to waves, all orders together, with the exact decoder functions: integrated gradients along the straight path from silent waves to the actual
/// ones (Sundararajan, Taly and Yan 2017, arXiv:1703.01365), the value of Aumann and Shapley (1974) of each wave. Nothing is truncated, and what the waves get sums to
/// the score less that of silent waves. Made once for an operator; its methods may be called from many threads.
/// </summary>
/// <remarks>
/// Without gates the integral has a closed form: wave n of readout c gets <c>sum_t omega_t kappa_c w_cn(t) (g(o_c(t)) - g(0)) / o_c(t)</c>, kappa_c being the weight of
/// the decoded readout in the score. With gates it is computed by Gauss-Legendre rules that are refined until the sum holds.
/// </remarks>
public sealed class OperatorAttributor
{
    private readonly Func<int, int, WaveFactor> _factor;
    private readonly Lazy<LayerSlopes>[] _slopes; // of each layer up to the attributed one

    /// <summary>Prepares.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="layer">The layer whose waves are told apart, from 0; null: the last, whose decoded outputs make the scores.</param>
    /// <exception cref="InvalidOperationException">A layer is selective: it has no waves.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public OperatorAttributor(OperatorDescription operators, int? layer = null)
    {
        ArgumentNullException.ThrowIfNull(operators);
        Layer = ContributionTarget.LayerOf(operators, layer);
        Operator = operators;
        Target = new ContributionTarget(operators, Layer);
        LayerDescription own = Target.Layer;
        _slopes = [.. operators.Layers.Take(Layer + 1).Select(one => new Lazy<LayerSlopes>(() => new LayerSlopes(one)))];
        Slopes = SlopesOf(Layer);
        if (own.Bank!.IsShared)
        {
            var layout = new SharedLayout(new SharedTables(own.Bank), own.Gate is not null);
            (WaveCount, _factor) = (layout.Count, layout.Factor);
        }
        else
        {
            var layout = new WaveLayout(own);
            (WaveCount, _factor) = (layout.Count, layout.Factor);
        }
    }

    /// <summary>The operator.</summary>
    public OperatorDescription Operator { get; }

    /// <summary>The layer whose waves are told apart, from 0.</summary>
    public int Layer { get; }

    /// <summary>How many scores there are, or outputs of the layer where it is not the last.</summary>
    public int Count => Target.Count;

    /// <summary>How many waves there are: waves of modes, or oscillators that all readouts share, skips and gate arguments.</summary>
    public int WaveCount { get; }

    internal ContributionTarget Target { get; }

    /// <summary>Of the layer whose waves are told apart.</summary>
    internal LayerSlopes Slopes { get; }

    /// <summary>Of a layer up to that one; made when it is asked for.</summary>
    internal LayerSlopes SlopesOf(int layer) => _slopes[layer].Value;

    /// <summary>Why scores cannot be taken back to the model's input; null: they can.</summary>
    internal string? ModelInputObstacle => InputPass.Obstacle(Operator, Layer);

    /// <summary>The waves, in canonical order: readout by readout the modes, then the skip; gate arguments last. Or oscillators, skips, gate arguments.</summary>
    public IReadOnlyList<WaveFactor> Factors() => [.. Enumerable.Range(0, WaveCount).Select(wave => _factor(wave, 1))];

    /// <summary>Evaluates the operator for an input; its scores can be attributed then.</summary>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="step">Of a model without pooling the time step whose outputs are attributed; null: the last. Unused with pooling.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such time step.</exception>
    public InputAttributions Of(ReadOnlySpan<double> input, int? step = null) => new(this, input, step);

    /// <summary>Evaluates the operator for an input; its scores can be attributed then.</summary>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="step">Of a model without pooling the time step whose outputs are attributed; null: the last. Unused with pooling.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such time step.</exception>
    public InputAttributions Of(ReadOnlySpan<float> input, int? step = null) => new(this, Widening.Of(input), step);

    /// <summary>The name of a score or output; its number where the model names none.</summary>
    /// <param name="score">Its index.</param>
    public string Label(int score) => Target.Label(Operator, score);
}
