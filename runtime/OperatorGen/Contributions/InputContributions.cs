using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

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
    private readonly TimeWeights _weights;
    private readonly HeldParts _held;
    private InputAttributions? _attributions;
    private double[]? _scores;
    private Decision? _decision;

    internal InputContributions(OperatorExplainer explainer, ReadOnlySpan<double> input, int? step)
    {
        _explainer = explainer;
        _input = LayerInput.Of(explainer, input);
        Step = TimeWeights.StepOf(explainer.Operator.Pooling, step, _input.Steps);
        _weights = TimeWeights.Of(Steps, Step, explainer.Target.FrozenNorm ? _input.Layer!.PostNormScale : null);
        _held = new HeldParts(explainer.Target, _weights.Values, _input.Layer?.Input ?? [], _input.Layer?.PostNormMean ?? []);
        _sums = explainer.Waves.Sums(_input, _weights);
    }

    /// <summary>The number of time steps.</summary>
    public int Steps => _input.Steps;

    /// <summary>The time step whose outputs are taken apart; null: the mean over all.</summary>
    public int? Step { get; }

    /// <summary>How many scores there are, or outputs of the layer where it is not the last.</summary>
    public int Count => _explainer.Count;

    /// <summary>omega_t, the weight of every time step.</summary>
    public IReadOnlyList<double> Weights => _weights.Values;

    /// <summary>The exact scores, or outputs of the layer where it is not the last.</summary>
    public IReadOnlyList<double> Scores()
    {
        if (_scores is null)
        {
            var scores = new double[Count];
            for (int s = 0; s < scores.Length; s++)
            {
                scores[s] = Exact(s, _input.Trace is null ? _sums.Totals.Of(_explainer.Target, s, _explainer.Polynomial(s), []).Exact : 0);
            }

            _scores = scores;
        }

        return [.. _scores];
    }

    /// <summary>What is held fixed: the layer's input where other layers come before it, the residual stream, and the norms' means and scales.</summary>
    public IReadOnlyList<FrozenValues> Frozen => _input.Layer is { } trace
        ? FrozenValues.Of(_explainer.Target.Layer, _explainer.Layer, trace, trace.PostNormMean, trace.PostNormScale)
        : [];

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
            throw new ArgumentOutOfRangeException(nameof(score), score, $"A score is 0 to {Count - 1}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ReadoutPolynomial polynomial = _explainer.Polynomial(score);
        double[] linear = polynomial.Linear();
        QuadraticForm form = polynomial.Quadratic();
        LayerWaves waves = _explainer.Waves;
        var strongest = new Strongest(top);
        Span<double> totals = stackalloc double[polynomial.Order + 1];
        (double decoded, double remainder) = _sums.Totals.Of(_explainer.Target, score, polynomial, totals);
        FirstOrderSums first = _sums.First(linear, strongest);
        FirstOrderTotals parts = first.Totals;
        List<OrderTotal> orders = [new(1, waves.TermCount(1), parts.WavesOfInput + parts.WavesOfBias + parts.SkipOfInput + parts.SkipOfBias + parts.Gates, first.Magnitude)];
        if (polynomial.Order > 1)
        {
            (double sum, double magnitude) = _sums.Pairs(form, strongest);
            orders.Add(new OrderTotal(2, waves.TermCount(2), sum, magnitude));
        }

        for (int k = 3; k <= polynomial.Order; k++)
        {
            orders.Add(new OrderTotal(k, waves.TermCount(k), totals[k], Math.Abs(totals[k])));
        }

        int ranked = Math.Min(polynomial.Order, 2);
        List<Candidate> found = strongest.Sorted();
        TermRanking? ranking = top > 0 && ranked < polynomial.Order ? _sums.Ranking : null;
        if (ranking is not null)
        {
            (ranked, found) = ranking.Extend(polynomial, ranked, strongest, work);
        }

        ContributionTerm[] terms = [.. found.Select(candidate => _sums.Term(candidate, polynomial, linear, form)).Select(term => term with { Eigenvalues = TermWaves.Eigenvalues(_explainer.Target.Layer.Bank!, term.Factors) })];
        return new ScoreExplanation(score, _explainer.Label(score), Exact(score, decoded), Constants(score, polynomial), parts, orders, remainder, terms, ranked)
        {
            Source = this,
            Products = ranking is OscillatorTerms counted ? counted.Counts : [],
        };
    }

    /// <summary>The same input's attributions, all orders together: they need no expansion.</summary>
    public InputAttributions Attributions => _attributions ??= _explainer.Attributor.Of(_input.Raw, Step);

    /// <summary>Attributes a score to the waves, all orders together, or the difference of two scores: nothing is left out.</summary>
    /// <param name="score">The index of the score, or of the layer's output.</param>
    /// <param name="against">The score that is subtracted: why the one and not the other. Null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score.</exception>
    /// <exception cref="ArgumentException">Both scores are the same.</exception>
    public ScoreAttribution Attribute(int score, int? against = null) => Attributions.Attribute(score, against);

    /// <summary>Two modes of one of the strongest terms in the complex basis.</summary>
    /// <param name="term">A term of order 2 in waves of modes or in oscillators, of one of this input's scores.</param>
    /// <exception cref="ArgumentException">The term is not of order 2, or has a skip or a gate argument, which do not oscillate.</exception>
    /// <exception cref="InvalidOperationException">The product is no mode: see <see cref="InteractionObstacle"/>.</exception>
    public PairInteraction Interaction(ContributionTerm term)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (!IsPair(term))
        {
            throw new ArgumentException("Only a product of two waves of modes has a sum and a difference of frequencies.", nameof(term));
        }

        return InteractionObstacle(term) is { } reason ? throw new InvalidOperationException($"The two modes have no sum and difference of frequencies: {reason}.") : _sums.Interaction(term);
    }

    /// <summary>
    /// Why a product of waves of modes, or of oscillators, is no wave and has no frequencies; null where it has. Skips and gate arguments, which are instantaneous, are passed over.
    /// </summary>
    /// <param name="term">A term of one of this input's scores.</param>
    public string? InteractionObstacle(ContributionTerm term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return TermWaves.Obstacle(_explainer.Target.Layer.Bank!, term.Factors);
    }

    /// <summary>True for a product of two waves of modes, or of two oscillators, whatever their directions in time; <see cref="InteractionObstacle"/> tells which have no frequencies.</summary>
    /// <param name="term">A term.</param>
    public static bool IsPair(ContributionTerm term) =>
        term is { Order: 2 } && term.Factors.All(TermWaves.IsMode);

    internal OperatorExplainer Explainer => _explainer;

    internal Decision Decision => _decision ??= new(_explainer.Operator, _explainer.Layer, Steps, Step, Frozen, Scores(), _explainer.Label);
}
