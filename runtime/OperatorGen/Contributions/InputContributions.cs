using System;
using System.Collections.Generic;
using System.Runtime.Intrinsics;
using OperatorGen.Analysis;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// What every wave and every pair of waves contributes to the scores for one input: the sums over time that all scores share, from which
/// <see cref="Explain"/> takes one score apart.
/// </summary>
public sealed partial class InputContributions
{
    /// <summary>What <see cref="Explain"/> may spend on the search for the strongest terms of order 3 and above: about a second.</summary>
    public const long DefaultWork = 2_000_000_000;

    private readonly OperatorExplainer _explainer;
    private readonly LayerInput _input;
    private readonly LayerSums _sums;
    private readonly double[] _omega;
    private readonly double[] _first;
    private readonly double[] _bias;
    private double[][]? _series;

    internal InputContributions(OperatorExplainer explainer, ReadOnlySpan<double> input, int? step)
    {
        _explainer = explainer;
        _input = LayerInput.Of(explainer, input);
        Step = explainer.Operator.Pooled ? null : step ?? _input.Steps - 1;
        if (Step is { } at && (uint)at >= (uint)_input.Steps)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"The input has {_input.Steps} time steps.");
        }

        _omega = Omega();
        _sums = Vector512.IsHardwareAccelerated ? Sums<Simd512<double>, Vector512<double>>()
            : Vector256.IsHardwareAccelerated ? Sums<Simd256<double>, Vector256<double>>()
            : Sums<Simd128<double>, Vector128<double>>();
        _first = _sums.First(explainer.Layout);
        (int Steps, bool Mean)? steady = explainer.Target.Layer.PostNorm is not null ? null : Step is { } single ? (single + 1, false) : (Steps, true);
        _bias = _input.Bias.Length == 0 ? []
            : Vector512.IsHardwareAccelerated ? BiasPass<Simd512<double>, Vector512<double>>.Sums(explainer.Tables, _input.Bias, _omega, steady)
            : Vector256.IsHardwareAccelerated ? BiasPass<Simd256<double>, Vector256<double>>.Sums(explainer.Tables, _input.Bias, _omega, steady)
            : BiasPass<Simd128<double>, Vector128<double>>.Sums(explainer.Tables, _input.Bias, _omega, steady);
    }

    /// <summary>The number of time steps.</summary>
    public int Steps => _input.Steps;

    /// <summary>The time step whose outputs are taken apart; null: the mean over all.</summary>
    public int? Step { get; }

    /// <summary>How many scores there are, or outputs of the layer where it is not the last.</summary>
    public int Count => _explainer.Count;

    /// <summary>omega_t, the weight of every time step.</summary>
    public IReadOnlyList<double> Weights => _omega;

    /// <summary>The exact scores, or outputs of the layer where it is not the last.</summary>
    public IReadOnlyList<double> Scores()
    {
        var scores = new double[Count];
        for (int s = 0; s < scores.Length; s++)
        {
            scores[s] = Exact(s, _input.Trace is null ? _sums.Totals(_explainer.Target, s, _explainer.Polynomial(s), []).Exact : 0);
        }

        return scores;
    }

    /// <summary>What is held fixed: the layer's input where other layers stand before it, the residual stream, and the norms' means and scales.</summary>
    public IReadOnlyList<FrozenValues> Frozen
    {
        get
        {
            List<FrozenValues> frozen = [];
            if (_input.Layer is not { } trace)
            {
                return frozen;
            }

            LayerDescription layer = _explainer.Target.Layer;
            if (_explainer.Layer > 0)
            {
                frozen.Add(new FrozenValues("input of the layer", layer.Width, trace.Input));
            }

            Add("mean of the norm before the layer", trace.PreNormMean);
            Add("scale of the norm before the layer", trace.PreNormScale);
            if (layer.Residual)
            {
                frozen.Add(new FrozenValues("residual stream", layer.Width, trace.Input));
            }

            Add("mean of the norm after the layer", trace.PostNormMean);
            Add("scale of the norm after the layer", trace.PostNormScale);
            return frozen;

            void Add(string name, double[] values)
            {
                if (values.Length > 0)
                {
                    frozen.Add(new FrozenValues(name, 1, values));
                }
            }
        }
    }

    /// <summary>Takes a score apart.</summary>
    /// <param name="score">The index of the score, or of the layer's output.</param>
    /// <param name="top">How many of the strongest terms are listed.</param>
    /// <param name="work">
    /// How many multiplications the search for the strongest terms of order 3 and above may take. An order that is not finished within them takes no
    /// part in the ranking; <see cref="ScoreExplanation.RankedOrder"/> says which did. The totals are complete in any case.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score, or top is negative.</exception>
    public ScoreExplanation Explain(int score, int top = 20, long work = DefaultWork)
    {
        if ((uint)score >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, $"There are {Count} scores.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ReadoutPolynomial polynomial = _explainer.Polynomial(score);
        WaveLayout layout = _explainer.Layout;
        var strongest = new Strongest(top);
        Span<double> totals = stackalloc double[polynomial.Order + 1];
        (double decoded, double remainder) = _sums.Totals(_explainer.Target, score, polynomial, totals);
        List<NamedContribution> constants = Constants(score, polynomial);
        List<OrderTotal> orders = [];
        (FirstOrderTotals waves, OrderTotal first) = First(polynomial.Linear(), strongest);
        orders.Add(first);
        if (polynomial.Order > 1)
        {
            (double sum, double magnitude) = _sums.Pairs(layout, polynomial.Quadratic(), strongest);
            orders.Add(new OrderTotal(2, layout.TermCount(2, _explainer.Target.Layer.Glu), sum, magnitude));
        }

        for (int k = 3; k <= polynomial.Order; k++)
        {
            orders.Add(new OrderTotal(k, layout.TermCount(k, _explainer.Target.Layer.Glu), totals[k], Math.Abs(totals[k])));
        }

        int ranked = Math.Min(polynomial.Order, 2);
        List<Candidate> found = strongest.Sorted();
        long left = top == 0 ? 0 : work;
        while (ranked < polynomial.Order && left > 0)
        {
            var search = new TermSearch(layout, _omega, _series ??= Series(), ranked + 1, strongest, left);
            if (!search.Run(polynomial, !_explainer.Target.Layer.Glu))
            {
                break;
            }

            left = search.Work;
            ranked++;
            found = strongest.Sorted();
        }

        return new ScoreExplanation(score, _explainer.Label(score), Exact(score, decoded), constants, waves, orders, remainder, Materialised(found), ranked);
    }

    private LayerSums Sums<TSimd, TVector>()
        where TSimd : ISimd<TVector, double>
        where TVector : struct
    {
        LayerDescription layer = _explainer.Target.Layer;
        if (layer.Gates == 0)
        {
            double[] v = _input.Borrow();
            ChannelSums sums = ChannelPass<TSimd, TVector>.Sums(_explainer.Tables, layer.Decoder, _explainer.Powers, v.AsSpan(0, Steps * _explainer.Tables.Stride), _omega, _explainer.Expansion.Order);
            _input.Return(v);
            return new SeparableSums(sums, _explainer.Powers);
        }

        double[] stream = layer.Gate is null ? [] : _input.Layer!.GateArguments;
        (double[] gram, int width) = GatedPass<TSimd, TVector>.Gram(_explainer.Tables, _input.V, stream, layer.Channels, _omega);
        return new GatedSums(gram, width, _explainer.Tables.Stride, _input.Layer!, _omega);
    }

    private double[] Omega()
    {
        var omega = new double[Steps];
        double[]? scales = _explainer.Target.Layer.PostNorm is null ? null : _input.Layer!.PostNormScale;
        for (int t = 0; t < omega.Length; t++)
        {
            double weight = Step is null ? 1.0 / Steps : t == Step ? 1 : 0;
            omega[t] = weight * (scales?[t] ?? 1);
        }

        return omega;
    }

    private List<ContributionTerm> Materialised(List<Candidate> strongest)
    {
        List<ContributionTerm> terms = [];
        foreach (Candidate candidate in strongest)
        {
            int[] waves = candidate.Indices();
            double bias = waves.Length == 1 ? candidate.Coefficient * Bias(waves[0]) : 0;
            terms.Add(new ContributionTerm(_explainer.Layout.Factors(waves), candidate.Coefficient, candidate.Contribution, bias));
        }

        return terms;
    }
}
