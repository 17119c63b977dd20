using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Takes scores apart into the contributions of waves and of their interactions. Made once for an operator and an expansion; its methods may be
/// called from many threads.
/// </summary>
public sealed class OperatorExplainer
{
    private readonly ReadoutPolynomial?[] _polynomials;

    /// <summary>Prepares.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="expansion">The polynomials that replace the decoder functions; null: the declared ones.</param>
    /// <param name="layer">The layer whose terms are shown, from 0; null: the last, whose terms make the scores.</param>
    /// <exception cref="InvalidOperationException">A layer is selective: it has no waves; or a decoder function has no Taylor series and no expansion is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The expansion is of another operator.</exception>
    public OperatorExplainer(OperatorDescription operators, OperatorExpansion? expansion = null, int? layer = null)
    {
        ArgumentNullException.ThrowIfNull(operators);
        Layer = ContributionTarget.LayerOf(operators, layer);
        Operator = operators;
        Expansion = expansion ?? operators.Expansion ?? throw new InvalidOperationException("The operator has no declared expansion, since a decoder function has no Taylor series: give one, Chebyshev or Measure.");
        if (Expansion.Layers.Count != operators.Layers.Count || Expansion.Layers[Layer].Layer != operators.Layers[Layer])
        {
            throw new ArgumentException("The expansion was made of another operator.", nameof(expansion));
        }

        LayerExpansion own = Expansion.Layers[Layer];
        Target = new ContributionTarget(operators, Layer);
        Waves = LayerWaves.Of(own);
        Local = LocalPolynomial.About0(own);
        _polynomials = new ReadoutPolynomial?[Target.Count];
    }

    /// <summary>The operator.</summary>
    public OperatorDescription Operator { get; }

    /// <summary>The polynomials that replace the decoder functions.</summary>
    public OperatorExpansion Expansion { get; }

    /// <summary>The layer whose terms are shown, from 0.</summary>
    public int Layer { get; }

    /// <summary>How many scores there are, or outputs of the layer where it is not the last.</summary>
    public int Count => Target.Count;

    internal ContributionTarget Target { get; }

    internal LayerWaves Waves { get; }

    internal LocalPolynomial Local { get; }

    /// <summary>What every wave and every pair of waves contributes for an input.</summary>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="step">Of a model without pooling the time step whose outputs are taken apart; null: the last. Unused with pooling.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such time step.</exception>
    public InputContributions Of(ReadOnlySpan<double> input, int? step = null) => new(this, input, step);

    /// <summary>What every wave and every pair of waves contributes for an input.</summary>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="step">Of a model without pooling the time step whose outputs are taken apart; null: the last. Unused with pooling.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such time step.</exception>
    public InputContributions Of(ReadOnlySpan<float> input, int? step = null) => new(this, Widening.Of(input), step);

    /// <summary>The waves that terms are products of, in canonical order.</summary>
    public IReadOnlyList<WaveFactor> Factors() => [.. Enumerable.Range(0, Waves.Count).Select(wave => Waves.Factor(wave, 1))];

    /// <summary>
    /// The terms that can weigh most in a score for any input of a range: by |coefficient| times the product of the waves' greatest magnitudes over the range.
    /// </summary>
    /// <param name="magnitudes">What every wave of <see cref="Factors"/> is at most, at any step and for any input of the range; infinite where it has no bound.</param>
    /// <param name="score">The index of the score.</param>
    /// <param name="top">How many terms are listed.</param>
    /// <param name="work">See <see cref="InputContributions.Explain"/>.</param>
    /// <exception cref="ArgumentException">There is not one magnitude per wave.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score, or top is negative.</exception>
    /// <exception cref="InvalidOperationException">The layer ends with a LayerNorm, whose scale no input range bounds usefully.</exception>
    public BoundRanking Rank(IReadOnlyList<double> magnitudes, int score, int top = 20, long work = InputContributions.DefaultWork) =>
        BoundRanking.Of(this, magnitudes, score, top, work);

    /// <summary>The name of a score or output; its number where the model names none.</summary>
    /// <param name="score">Its index.</param>
    public string Label(int score) => Target.Label(Operator, score);

    /// <summary>A score as a polynomial in the readouts.</summary>
    internal ReadoutPolynomial Polynomial(int score) => _polynomials[score] ??= Local.For(Target.Eta(score));
}
