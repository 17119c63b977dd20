using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Studies;

/// <summary>One truncated model that is to be studied.</summary>
/// <param name="Expansion">Its polynomials.</param>
/// <param name="Terms">The number of terms of the whole operator.</param>
internal sealed record StudyPlan(OperatorExpansion Expansion, BigInteger Terms)
{
    /// <summary>All pairs of expansions and orders; an exact expansion has one order, its own.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kinds">The expansions.</param>
    /// <param name="orders">The orders.</param>
    /// <param name="centre">The point of Taylor expansions.</param>
    /// <param name="ranges">Chebyshev's ranges where the model has no calibration; null: unknown.</param>
    /// <param name="skip">Called with an expansion that is not possible and the reason, which is then left out; null: that is an error.</param>
    /// <exception cref="UnusableInputException">An expansion is not possible.</exception>
    public static StudyPlan[] Of(StudiedModel model, IEnumerable<ExpansionKind> kinds, IReadOnlyList<int> orders, double centre, IReadOnlyList<ArgumentRanges>? ranges, Action<string, string>? skip)
    {
        List<StudyPlan> plans = [];
        foreach (ExpansionKind kind in kinds)
        {
            if (OperatorExpansion.Obstacle(model.Operator, kind, model.Model.Calibration, ranges) is { } obstacle)
            {
                if (skip is null)
                {
                    throw new UnusableInputException($"{model.Path}: the expansion {OptionNames.Expansions.Of(kind)} is not possible: {obstacle}.");
                }

                skip(OptionNames.Expansions.Of(kind), obstacle);
                continue;
            }

            var greatest = OperatorExpansion.Of(model.Operator, new ExpansionRequest(kind, orders.Max(), centre), model.Model.Calibration, ranges);
            IEnumerable<OperatorExpansion> expansions = kind == ExpansionKind.Exact ? [greatest] : orders.Select(greatest.WithOrder);
            plans.AddRange(expansions.Select(expansion => new StudyPlan(expansion, TermsOf(expansion))));
        }

        return [.. plans];
    }

    /// <summary>
    /// How many terms an operator has, over all layers. Without a gated linear unit: the monomials in the waves (and the gate stream) of each channel,
    /// as far as their coefficients are not 0. With one: the monomials of degree at most P in all waves of the layer; where readouts share the modes, in the real
    /// and imaginary parts of the modes (real parts alone where all is real), and in the inputs where there are skips.
    /// </summary>
    public static BigInteger TermsOf(OperatorExpansion expansion) =>
        expansion.Layers.Aggregate(BigInteger.Zero, (sum, layer) => sum + TermsOf(layer));

    private static BigInteger TermsOf(LayerExpansion expansion)
    {
        LayerDescription layer = expansion.Layer;
        ModeBank bank = layer.Bank!;
        int summands = bank.Summands;
        if (layer.Glu is not null)
        {
            return Choose(bank.IsShared ? (long)bank.StateParts + (bank.HasSkip ? bank.Inputs : 0) : (long)layer.Channels * summands, expansion.Order);
        }

        BigInteger sum = 0;
        for (int c = 0; c < layer.Channels; c++)
        {
            double[] f = expansion.Readouts[c].Monomials();
            double[] q = layer.Gate is null ? [1] : expansion.Gates[c].Monomials();
            for (int degree = 0; degree < f.Length; degree++)
            {
                int factors = q.Where((coefficient, power) => coefficient != 0 && degree + power <= expansion.Order).Count();
                sum += f[degree] == 0 ? 0 : factors * Choose(summands - 1, degree);
            }
        }

        return sum;
    }

    /// <summary>(n + k)! / (n! k!): the monomials of degree at most k in n variables, or of degree k in n + 1.</summary>
    private static BigInteger Choose(long n, int k)
    {
        BigInteger result = 1;
        for (int i = 1; i <= k; i++)
        {
            result = result * (n + i) / i;
        }

        return result;
    }
}
