using System.Collections.Generic;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>Ranks terms, one whole order after another.</summary>
internal abstract class TermRanking
{
    /// <summary>Ranks all orders from one on, as long as the work lasts. An order that is not finished takes no part.</summary>
    /// <param name="polynomial">The score.</param>
    /// <param name="ranked">The order up to which all terms have been ranked.</param>
    /// <param name="strongest">The strongest of them; takes further ones.</param>
    /// <param name="work">How many products of numbers may be made.</param>
    /// <returns>The order up to which all terms took part, and the strongest of these.</returns>
    public (int Ranked, List<Candidate> Found) Extend(ReadoutPolynomial polynomial, int ranked, Strongest strongest, long work)
    {
        List<Candidate> found = strongest.Sorted();
        while (ranked < polynomial.Order && strongest.Capacity > 0 && work > 0 && Rank(polynomial, ranked + 1, strongest, ref work))
        {
            ranked++;
            found = strongest.Sorted();
        }

        return (ranked, found);
    }

    /// <summary>Tries all terms of an order; false where the work came to an end before, or where terms of the order are not told apart.</summary>
    protected abstract bool Rank(ReadoutPolynomial polynomial, int order, Strongest strongest, ref long work);
}

/// <summary>Terms of waves that each belong to one readout, found by search.</summary>
/// <param name="layout">The waves.</param>
/// <param name="omega">The weights of the time steps.</param>
/// <param name="series">The waves over time, [wave in canonical order][time].</param>
/// <param name="separable">True where only one channel's readout and gate argument interact.</param>
internal sealed class SearchedTerms(WaveLayout layout, double[] omega, double[][] series, bool separable) : TermRanking
{
    protected override bool Rank(ReadoutPolynomial polynomial, int order, Strongest strongest, ref long work)
    {
        var search = new TermSearch(layout, omega, series, order, strongest, work);
        bool done = search.Run(polynomial, separable);
        work = search.Work;
        return done;
    }
}
