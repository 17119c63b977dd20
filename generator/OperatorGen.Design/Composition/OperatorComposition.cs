using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Composes the truncated layers of an operator without normalisation.</summary>
public sealed class OperatorComposition
{
    /// <summary>Terms of one polynomial where nobody says otherwise.</summary>
    public const int DefaultBudget = 100_000;

    private readonly List<CompositionAtom> _atoms = [];
    private readonly Dictionary<CompositionAtom, int> _numbers = [];
    private readonly GradedPolynomials _algebra;
    private readonly int _order;

    private OperatorComposition(int order, int budget)
    {
        _order = order;
        _algebra = new GradedPolynomials(n => _atoms[n].Grade, order, budget);
    }

    /// <summary>Composes.</summary>
    /// <param name="operators">The operator; its layers have waves, no norms but affine ones, no input stages and no gate streams.</param>
    /// <param name="expansion">The polynomials of its layers.</param>
    /// <param name="order">The total order, in the readouts of the first layer, after which terms are dropped.</param>
    /// <param name="inputMagnitude">What |u|, the scaled input, never exceeds; null: unknown, and no bound of the dropped terms is given.</param>
    /// <param name="budget">The most terms that a polynomial may have.</param>
    /// <exception cref="InvalidOperationException">A layer is of another kind.</exception>
    /// <exception cref="TermLimitException">There are more terms than the budget.</exception>
    public static ComposedOperator Compose(OperatorDescription operators, OperatorExpansion expansion, int order, double? inputMagnitude = null, int budget = DefaultBudget)
    {
        foreach (LayerDescription layer in operators.Layers)
        {
            if (layer.Bank is not { IsCausal: true } || layer.PreNorm is { IsAffine: false } || layer.PostNorm is { IsAffine: false } || layer.Gate is not null || !layer.Input.IsNone)
            {
                throw new InvalidOperationException($"The layer \"{layer.Name}\" cannot be composed: it is selective, runs backward in time, or has a norm, an input stage or a gate stream. Norms stay named functions; explain such a model layer by layer.");
            }
        }

        long full = 1;
        foreach (LayerExpansion layer in expansion.Layers)
        {
            full = Math.Min(full * Math.Max(Degree(layer), layer.Layer.Residual ? 1 : 0), long.MaxValue / DecoderPolynomial.GreatestOrder);
        }

        var composition = new OperatorComposition(order, budget);
        IReadOnlyList<Polynomial<double, DoubleRing>> outputs = composition.Compose(expansion);
        TruncationBound dropped = order >= full
            ? TruncationBound.Of(0)
            : inputMagnitude is { } magnitude
                ? CompositionMajorant.Dropped(operators, expansion, order, full, magnitude, budget)
                : TruncationBound.None("no range of the input is known");
        return new ComposedOperator(operators, expansion, order, full, composition._atoms, outputs, dropped);
    }

    /// <summary>The degree of a truncated layer in its readouts.</summary>
    internal static int Degree(LayerExpansion layer) => layer.Layer.Glu is not null ? layer.Order : layer.Readouts.Max(p => Degree(p.Monomials()));

    private static int Degree(double[] powers)
    {
        int degree = powers.Length - 1;
        while (degree > 0 && powers[degree] == 0)
        {
            degree--;
        }

        return degree;
    }

    private Polynomial<double, DoubleRing>[] Compose(OperatorExpansion expansion)
    {
        LayerDescription first = expansion.Layers[0].Layer;
        Polynomial<double, DoubleRing>[] x = [];
        if (expansion.Layers.Any(layer => layer.Layer.Residual))
        {
            x = [.. Enumerable.Range(0, first.Width).Select(j => Atom(new CompositionAtom(-1, j, Monomial.One, 1)))];
        }

        for (int l = 0; l < expansion.Layers.Count; l++)
        {
            LayerDescription layer = expansion.Layers[l].Layer;
            Polynomial<double, DoubleRing>[] readouts = l == 0
                ? [.. Enumerable.Range(0, layer.Channels).Select(h => Atom(new CompositionAtom(0, h, Monomial.One, 1)))]
                : Responses(l, layer.Bank!, [.. x.Select((stream, i) => Normed(layer.PreNorm, i, stream))]);

            Polynomial<double, DoubleRing>[] outputs = layer.Glu is not null ? Gated(expansion.Layers[l], readouts) : Plain(expansion.Layers[l], readouts);
            for (int i = 0; i < outputs.Length && layer.Residual; i++)
            {
                outputs[i] = _algebra.Add(outputs[i], 1, x[i]);
            }

            x = [.. outputs.Select((output, i) => Normed(layer.PostNorm, i, output))];
        }

        return x;
    }

    private Polynomial<double, DoubleRing> Normed(NormDescription? norm, int channel, Polynomial<double, DoubleRing> x) =>
        norm is null ? x : _algebra.Add(Polynomial<double, DoubleRing>.Constant(norm.Bias(channel)), norm.Weight(channel), x);

    /// <summary>
    /// The readouts of a polynomial stream: the recurrence is linear, so every product of atoms drives atoms of its own. Modes of one channel hear one element of
    /// the stream, whose coefficient stays outside; shared modes hear all of them, and the product's coefficients are the atom's drive.
    /// </summary>
    private Polynomial<double, DoubleRing>[] Responses(int layer, ModeBank bank, Polynomial<double, DoubleRing>[] stream)
    {
        var drives = new Dictionary<Monomial, double[]>();
        for (int i = 0; i < stream.Length && bank.IsShared; i++)
        {
            foreach (Term<double> term in stream[i].Terms)
            {
                if (!drives.TryGetValue(term.Monomial, out double[]? drive))
                {
                    drives.Add(term.Monomial, drive = new double[bank.Inputs]);
                }

                drive[i] = term.Coefficient;
            }
        }

        return [.. Enumerable.Range(0, bank.Readouts).Select(h =>
        {
            int own = bank.InputOf(h);
            double[] alone = ChannelKernels.Input(bank, own);
            IEnumerable<(Monomial Source, double Coefficient, double[] Drive)> parts = bank.IsShared
                ? drives.OrderBy(drive => drive.Key).Select(drive => (drive.Key, 1.0, drive.Value))
                : stream[own].Terms.Select(term => (term.Monomial, term.Coefficient, alone));
            return parts.Aggregate(Polynomial<double, DoubleRing>.Zero, (readout, part) => _algebra.Add(
                readout, part.Coefficient, Atom(new CompositionAtom(layer, h, part.Source, _algebra.Grade(part.Source)) { Drive = new EquatableArray<double>(part.Drive) })));
        })];
    }

    private Polynomial<double, DoubleRing>[] Plain(LayerExpansion expansion, Polynomial<double, DoubleRing>[] readouts)
    {
        Polynomial<double, DoubleRing>[] h = [.. readouts.Select((o, c) => _algebra.Compose(expansion.Readouts[c].Monomials(), o))];
        if (expansion.Layer.Mixing is not { } mixing)
        {
            return h;
        }

        var outputs = new Polynomial<double, DoubleRing>[mixing.Outputs];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Polynomial<double, DoubleRing>.Constant(mixing.Bias(i));
            for (int c = 0; c < h.Length; c++)
            {
                outputs[i] = _algebra.Add(outputs[i], mixing.Weight(i, c), h[c]);
            }
        }

        return outputs;
    }

    private Polynomial<double, DoubleRing>[] Gated(LayerExpansion expansion, Polynomial<double, DoubleRing>[] readouts)
    {
        ReadoutPolynomial[] coefficients = Outputs(expansion);
        var outputs = Enumerable.Repeat(Polynomial<double, DoubleRing>.Zero, coefficients.Length).ToArray();
        foreach (Factor[] monomial in ReadoutMonomials.Of(readouts.Length, expansion.Order))
        {
            Polynomial<double, DoubleRing> product = Polynomial<double, DoubleRing>.One;
            foreach (Factor factor in monomial)
            {
                for (int k = 0; k < factor.Power; k++)
                {
                    product = _algebra.Multiply(product, readouts[factor.Variable]);
                }
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = _algebra.Add(outputs[i], coefficients[i].Coefficient(monomial), product);
            }
        }

        return outputs;
    }

    /// <summary>Every output of a layer as a polynomial in its readouts.</summary>
    internal static ReadoutPolynomial[] Outputs(LayerExpansion expansion)
    {
        LocalPolynomial local = LocalPolynomial.About0(expansion);
        var outputs = new ReadoutPolynomial[expansion.Layer.OutputWidth];
        for (int i = 0; i < outputs.Length; i++)
        {
            var eta = new double[outputs.Length];
            eta[i] = 1;
            outputs[i] = local.For(eta);
        }

        return outputs;
    }

    private Polynomial<double, DoubleRing> Atom(CompositionAtom atom)
    {
        if (atom.Grade > _order)
        {
            return Polynomial<double, DoubleRing>.Zero;
        }

        if (!_numbers.TryGetValue(atom, out int number))
        {
            number = _atoms.Count;
            _numbers.Add(atom, number);
            _atoms.Add(atom);
        }

        return Polynomial<double, DoubleRing>.Variable(number);
    }
}
