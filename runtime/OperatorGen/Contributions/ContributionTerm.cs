using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>One term of a score: <c>coefficient times the weighted sum over time of a product of waves</c>.</summary>
/// <param name="Factors">The waves, in canonical order.</param>
/// <param name="Coefficient">
/// The coefficient of the monomial in the score, with the multinomial coefficient; null where a factor is an oscillator, which has other weights in every readout.
/// </param>
/// <param name="Contribution">What the term adds to the score.</param>
/// <param name="OfBias">Of order 1 the part of <paramref name="Contribution"/> that is the response to the encoder's bias; else 0.</param>
/// <param name="Readouts">Of one oscillator or two the readouts that the term comes from; null for other terms.</param>
public sealed record ContributionTerm(IReadOnlyList<WaveFactor> Factors, double? Coefficient, double Contribution, double OfBias, TermReadouts? Readouts)
{
    /// <summary>The order of the term: how many waves it multiplies.</summary>
    public int Order
    {
        get
        {
            int order = 0;
            foreach (WaveFactor factor in Factors)
            {
                order += factor.Power;
            }

            return order;
        }
    }

    /// <summary>What is not the response to the encoder's bias.</summary>
    public double OfInput => Contribution - OfBias;

    /// <summary>The names of the factors, for example <c>w(3,0)^2 d(3)</c>; see <see cref="WaveFactor.Name"/>.</summary>
    public string Name => string.Join(' ', Factors.Select(factor => factor.Name));

    /// <summary>
    /// The waves that the product is: eigenvalue, frequency, period and lifetime for each choice of conjugates, that of the sum of all frequencies first. Computed whenever it
    /// is asked for. Empty where a factor is instantaneous or <see cref="InputContributions.InteractionObstacle"/> has a reason.
    /// </summary>
    public IReadOnlyList<InteractionWave> Waves => TermWaves.Of(Eigenvalues);

    /// <summary>Of three oscillators and more what each choice of conjugates adds, of those that have a weight; empty for other terms.</summary>
    public IReadOnlyList<OscillatorProduct> Products { get; init; } = [];

    /// <summary>The eigenvalue and the power of every factor; empty where the product is no wave.</summary>
    internal IReadOnlyList<(ComplexNumber Eigenvalue, int Power)> Eigenvalues { get; init; } = [];
}

/// <summary>
/// A term of oscillators by the readouts that it comes from. Each adds its part to the weights; with s_n the state of the first oscillator and x(t) that of the
/// second, or a skip or gate argument, or 1 where the term has nothing else,
/// <code>
/// contribution = sum_t omega_t Re(weight s_n(t) x(t) + conjugate weight s_n(t) conj(x(t)))
/// </code>
/// </summary>
/// <param name="Weight">The sum of all readouts' weights.</param>
/// <param name="ConjugateWeight">The same for the conjugated second oscillator; 0 where there is none.</param>
/// <param name="Strongest">The parts of greatest magnitude, strongest first.</param>
/// <param name="Count">How many parts there are.</param>
/// <param name="Rest">What the other parts add, so that all together are the term's contribution.</param>
public sealed record TermReadouts(ComplexNumber Weight, ComplexNumber ConjugateWeight, IReadOnlyList<ReadoutPart> Strongest, int Count, double Rest)
{
    /// <summary>How many parts are listed at most.</summary>
    public const int Listed = 4;
}

/// <summary>What a term of oscillators has of one readout, or of a product of two.</summary>
/// <param name="Readout">The readout.</param>
/// <param name="Other">Of a product the second readout, not below the first; the same one for its square. Null where the term has one readout.</param>
/// <param name="Contribution">What the part adds to the score.</param>
public readonly record struct ReadoutPart(int Readout, int? Other, double Contribution);
