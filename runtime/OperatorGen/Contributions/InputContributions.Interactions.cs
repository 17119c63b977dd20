using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <content>The waves over time, and what two of them say to each other.</content>
public sealed partial class InputContributions
{
    /// <summary>Two waves of the strongest terms in the complex basis.</summary>
    /// <param name="term">A term of order 2 in waves of modes, of one of this input's scores.</param>
    /// <exception cref="ArgumentException">The term is not of order 2, or has a skip or a gate argument, which do not oscillate.</exception>
    public PairInteraction Interaction(ContributionTerm term)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (!IsInteraction(term))
        {
            throw new ArgumentException("Only a product of two waves of modes has a sum and a difference of frequencies.", nameof(term));
        }

        WaveFactor a = term.Factors[0];
        WaveFactor b = term.Factors[^1];
        LayerDescription layer = _explainer.Target.Layer;
        Wave first = layer.Wave(a.Channel, a.Mode);
        Wave second = layer.Wave(b.Channel, b.Mode);
        var conjugate = new Wave(Conjugate(second.Eigenvalue), Conjugate(second.Weight));
        return new PairInteraction(first, second, Follow(second), Follow(conjugate));

        static ComplexNumber Conjugate(ComplexNumber x) => new(x.Re, -x.Im);

        PairMode Follow(Wave other) => PairMode.Follow(first, other, _input.V, _explainer.Tables.Stride, a.Channel, b.Channel, _omega, term.Coefficient);
    }

    /// <summary>True for a product of two waves of modes.</summary>
    /// <param name="term">A term.</param>
    public static bool IsInteraction(ContributionTerm term) =>
        term is { Order: 2 } && term.Factors[0].Kind == WaveKind.Mode && term.Factors[^1].Kind == WaveKind.Mode;

    /// <summary>Every wave over time, in canonical order.</summary>
    private double[][] Series()
    {
        WaveLayout layout = _explainer.Layout;
        LayerDescription layer = _explainer.Target.Layer;
        int stride = _explainer.Tables.Stride;
        var series = new double[layout.Count][];
        for (int a = 0; a < series.Length; a++)
        {
            WaveFactor factor = layout.Factor(a, 1);
            series[a] = factor.Kind == WaveKind.Mode
                ? ModeSeries.Wave(layer.Bank!, factor.Channel, factor.Mode, _input.V, stride, Steps)
                : new double[Steps];
            for (int t = 0; factor.Kind != WaveKind.Mode && t < Steps; t++)
            {
                series[a][t] = factor.Kind == WaveKind.Skip
                    ? layer.Skip(factor.Channel) * _input.V[(t * stride) + factor.Channel]
                    : _input.Layer!.GateArguments[(t * layer.Channels) + factor.Channel];
            }
        }

        return series;
    }
}
