using System.Collections.Generic;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// One score or output of one input, taken apart: <c>Exact = sum of the terms + Remainder</c>, up to rounding.
/// </summary>
/// <param name="Score">The index of the score.</param>
/// <param name="Label">Its name; empty where the model names none.</param>
/// <param name="Exact">The score, from the exact decoder functions.</param>
/// <param name="Constants">The terms of order 0, and what is held fixed.</param>
/// <param name="Waves">Order 1, taken apart.</param>
/// <param name="Orders">The terms of order 1 to P, in total.</param>
/// <param name="Remainder">What the polynomials leave out: sum_t omega_t sum_i eta_i (r_i - its polynomial), from the exact readouts.</param>
/// <param name="Strongest">The terms with the greatest |contribution|, strongest first; of equals the first in canonical order.</param>
/// <param name="RankedOrder">The order up to which all terms took part in the ranking; 2 at most where the layer's readouts share their modes and meet in a gate.</param>
public sealed record ScoreExplanation(
    int Score,
    string Label,
    double Exact,
    IReadOnlyList<NamedContribution> Constants,
    FirstOrderTotals Waves,
    IReadOnlyList<OrderTotal> Orders,
    double Remainder,
    IReadOnlyList<ContributionTerm> Strongest,
    int RankedOrder)
{
    /// <summary>The sum of all terms.</summary>
    public double Sum
    {
        get
        {
            var sum = default(CompensatedSum);
            foreach (NamedContribution constant in Constants)
            {
                sum.Add(constant.Contribution);
            }

            foreach (OrderTotal order in Orders)
            {
                sum.Add(order.Contribution);
            }

            return sum.Value;
        }
    }

    /// <summary>The sum of the terms' magnitudes: what <see cref="Deviation"/> is measured by. Orders from 3 on count with the magnitude of their total.</summary>
    public double Magnitude
    {
        get
        {
            double sum = 0;
            foreach (NamedContribution constant in Constants)
            {
                sum += System.Math.Abs(constant.Contribution);
            }

            foreach (OrderTotal order in Orders)
            {
                sum += order.Magnitude;
            }

            return sum;
        }
    }

    /// <summary>score - terms - remainder: rounding, at most 1e-12 of <see cref="Magnitude"/>.</summary>
    public double Deviation => Exact - Sum - Remainder;

    /// <summary>
    /// Where the remainder is so large that the terms do not explain the score: what is wrong and what to do. The remainder is that large where its magnitude exceeds the
    /// distance between the two greatest scores, of a model that classifies, or half of the score's magnitude. Null where it is smaller.
    /// </summary>
    public string? Warning => RemainderWarning.Of(this);

    /// <summary>Of oscillators that all readouts share: how many products of three and more have a weight, for each order that was ranked; empty else.</summary>
    public IReadOnlyList<ProductCount> Products { get; init; } = [];

    /// <summary>The input that the score is of; null where the explanation was not made by <see cref="InputContributions.Explain"/>.</summary>
    internal InputContributions? Source { get; init; }

    /// <summary>The explanation for people, as the tool prints it: warning, exact scores, totals by order and the strongest terms, in lines of at most 120 columns.</summary>
    public override string ToString()
    {
        var page = new PlainPage();
        ExplanationText.Write(page, this);
        return page.ToString();
    }
}

/// <summary>A contribution with a name of its own.</summary>
/// <param name="Name">What contributes.</param>
/// <param name="Contribution">What it adds to the score.</param>
public sealed record NamedContribution(string Name, double Contribution);

/// <summary>What waves and skips add to a score in first order, each taken apart into the response to the input and to the encoder's bias.</summary>
/// <param name="WavesOfInput">The waves' response to the input.</param>
/// <param name="WavesOfBias">The waves' response to the encoder's bias: what they do when the input is silent.</param>
/// <param name="SkipOfInput">The skips' response to the input.</param>
/// <param name="SkipOfBias">The skips' response to the encoder's bias.</param>
/// <param name="Gates">What the gate stream's arguments add; 0 without gate stream.</param>
public sealed record FirstOrderTotals(double WavesOfInput, double WavesOfBias, double SkipOfInput, double SkipOfBias, double Gates);

/// <summary>All terms of one order.</summary>
/// <param name="Order">The order, 1 or more.</param>
/// <param name="Count">How many terms there are.</param>
/// <param name="Contribution">What they add to the score together.</param>
/// <param name="Magnitude">The sum of their magnitudes for orders 1 and 2; from order 3 on the magnitude of the total.</param>
public sealed record OrderTotal(int Order, BigInteger Count, double Contribution, double Magnitude);
