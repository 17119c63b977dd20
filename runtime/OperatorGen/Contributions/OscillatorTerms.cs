using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Terms of oscillators from order 3 on for one input, and how many products have a weight at all. A term is passed over only where Hoelder's inequality proves that it cannot be among
/// the strongest, as in <see cref="TermSearch"/>.
/// </summary>
/// <param name="products">The products of oscillators.</param>
/// <param name="omega">The weights of the time steps.</param>
/// <param name="series">A wave over time, by its canonical index.</param>
internal sealed class OscillatorTerms(OscillatorProducts products, double[] omega, Func<int, ComplexNumber[]> series) : TermRanking
{
    private const double Slack = 1 + 1e-9; // far above the rounding of norms and products

    private readonly List<ProductCount> _counts = [];

    /// <summary>The products of every order that was ranked.</summary>
    public IReadOnlyList<ProductCount> Counts => _counts;

    /// <summary>What each choice of conjugates with a weight adds.</summary>
    /// <param name="polynomial">The score.</param>
    /// <param name="waves">The factors.</param>
    /// <param name="factors">The same.</param>
    public IReadOnlyList<OscillatorProduct> Products(ReadoutPolynomial polynomial, int[] waves, IReadOnlyList<WaveFactor> factors)
    {
        ComplexNumber[] weights = products.Weights(polynomial, waves, out ConjugateChoices choices);
        var found = new List<OscillatorProduct>();
        for (int p = 0; p < weights.Length; p++)
        {
            if (weights[p] != ComplexNumber.Zero)
            {
                found.Add(products.Product(waves, factors, choices.Signs[p], weights[p], Contribution(waves, choices.Signs[p], weights[p])));
            }
        }

        return found;
    }

    protected override bool Rank(ReadoutPolynomial polynomial, int order, Strongest strongest, ref long work)
    {
        var norms = new Dictionary<int, double>();
        var resonance = new CommonResonance();
        var budget = new WorkBudget(work);
        long weighted = 0;
        bool done = products.Visit(polynomial, order, budget, (waves, choices, weights) =>
        {
            double bound = 0;
            for (int p = 0; p < weights.Length; p++)
            {
                if (weights[p] != ComplexNumber.Zero)
                {
                    bound += weights[p].Magnitude;
                    weighted += choices.Monomials(p);
                    if (!budget.Spend(resonance.Differ ? 0 : CommonResonance.Work * order))
                    {
                        return false;
                    }

                    resonance.Add(products, waves, choices.Signs[p]);
                }
            }

            foreach (int wave in waves)
            {
                bound *= Norm(norms, wave, order, budget);
            }

            if (bound * Slack < strongest.Threshold)
            {
                return true;
            }

            if (!budget.Spend(8L * omega.Length * order * weights.Length))
            {
                return false;
            }

            double contribution = 0;
            for (int p = 0; p < weights.Length; p++)
            {
                contribution += weights[p] == ComplexNumber.Zero ? 0 : Contribution(waves, choices.Signs[p], weights[p]);
            }

            strongest.Add(new Candidate(contribution, 0, [.. waves], 0, 0));
            return true;
        });
        work = budget.Left;
        if (done)
        {
            _counts.Add(new ProductCount(order, products.Count(order), weighted, resonance.Text));
        }

        return done;
    }

    // sum_t omega_t Re(weight prod), with conjugates.
    private double Contribution(int[] waves, string signs, ComplexNumber weight)
    {
        ComplexNumber[][] factors = Array.ConvertAll(waves, wave => series(wave));
        var sum = default(CompensatedSum);
        for (int t = 0; t < omega.Length; t++)
        {
            if (omega[t] == 0)
            {
                continue;
            }

            ComplexNumber product = weight;
            for (int i = 0; i < factors.Length; i++)
            {
                ComplexNumber z = factors[i][t];
                product *= signs[i] == '-' ? z.Conjugate() : z;
            }

            sum.Add(omega[t] * product.Re);
        }

        return sum.Value;
    }

    private double Norm(Dictionary<int, double> norms, int wave, int order, WorkBudget budget)
    {
        if (!norms.TryGetValue(wave, out double norm))
        {
            budget.Spend(20L * omega.Length); // a power per step
            norm = TermSearch.Norm(Array.ConvertAll(series(wave), z => z.Magnitude), omega, order);
            norms[wave] = norm;
        }

        return norm;
    }
}

/// <summary>The resonance that products have in common.</summary>
internal sealed class CommonResonance
{
    /// <summary>What one product takes per factor, in products of numbers, about: a phase, and a piece of text.</summary>
    public const int Work = 100;

    /// <summary>Whether products differ, or one has none: no further one matters.</summary>
    public bool Differ { get; private set; }

    /// <summary>The text; null where they differ, where none cancel and where nothing oscillates.</summary>
    public string? Text { get => Differ ? null : field; private set; }

    /// <summary>Adds a product.</summary>
    public void Add(OscillatorProducts products, int[] waves, string signs)
    {
        string? own = Differ ? "" : products.Resonance(waves, signs);
        if (own is "")
        {
            return;
        }

        Differ = own is null || (Text is not null && own != Text);
        Text ??= own;
    }
}
