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
    /// <summary>The expansions that are studied where none are named, as far as they are possible.</summary>
    public static IReadOnlyList<ExpansionKind> UsualKinds { get; } = [ExpansionKind.Taylor, ExpansionKind.Chebyshev, ExpansionKind.Measure];

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
            plans.AddRange(expansions.Select(expansion => new StudyPlan(expansion, expansion.Layers.Aggregate(BigInteger.Zero, (sum, layer) => sum + layer.TermCount))));
        }

        return [.. plans];
    }
}
