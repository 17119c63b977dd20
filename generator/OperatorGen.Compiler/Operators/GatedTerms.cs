using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// The terms of one output of a layer with a gate: products of waves of any channels, which the product of value and gate makes interact. They
/// are enumerated one after the other from the factored form and never stored.
/// </summary>
public sealed class GatedTerms
{
    /// <summary>After this many monomials in a row whose coefficient is 0 the enumeration ends.</summary>
    public const int SearchLimit = 1_000_000;

    private readonly ReadoutPolynomial _polynomial;
    private readonly int _channels;
    private readonly int _summands;
    private readonly int _waves;
    private readonly ModeBank _bank;

    private GatedTerms(LayerExpansion expansion, int output)
    {
        LayerDescription layer = expansion.Layer;
        var eta = new double[layer.OutputWidth];
        eta[output] = 1;
        Output = output;
        _polynomial = LocalPolynomial.About0(expansion).For(eta);
        _channels = layer.Channels;
        _waves = layer.Modes;
        _bank = layer.Bank!;
        _summands = _bank.Summands;
        Variables = (_channels * _summands) + _polynomial.Variables - _channels;
    }

    /// <summary>The output.</summary>
    public int Output { get; }

    /// <summary>The number of variables: waves and skips of all channels, channel by channel, and the arguments of a gate stream after them.</summary>
    public int Variables { get; }

    /// <summary>How many monomials there are; where channels do not interact most have the coefficient 0.</summary>
    public BigInteger Count => MonomialCount.UpTo(Variables, _polynomial.Order);

    /// <summary>The names of the variables: <c>w(c,n)</c> is wave n of channel c, <c>d(c)</c> its skip, <c>z(c)</c> a gate's argument.</summary>
    public VariableNames Names => new(Name);

    /// <summary>The terms of the output that is shown with a channel; null where the layer has no gate or no expansion.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="channel">The channel.</param>
    public static GatedTerms? Of(SymbolicOperator symbolic, int layer, int channel) =>
        symbolic.Expansion?.Layers[layer] is { Gates.Count: > 0 } expansion
            ? new GatedTerms(expansion, System.Math.Min(channel, expansion.Layer.OutputWidth - 1))
            : null;

    /// <summary>
    /// The terms in canonical order, by degree and then by variables; those whose coefficient is 0 are left out. Ends where a million monomials
    /// in a row have none.
    /// </summary>
    public IEnumerable<Term<double>> Terms()
    {
        int searched = 0;
        for (int degree = 0; degree <= _polynomial.Order; degree++)
        {
            var indices = new int[degree];
            do
            {
                double coefficient = Coefficient(indices);
                if (++searched > SearchLimit)
                {
                    yield break;
                }

                if (coefficient != 0)
                {
                    searched = 0;
                    yield return new Term<double>(Monomial.Of(indices), coefficient);
                }
            }
            while (Next(indices));
        }
    }

    /// <summary>The waves that a product of variables is; none where it is no wave.</summary>
    /// <param name="monomial">The product.</param>
    internal IReadOnlyList<InteractionWave> Waves(Monomial monomial) => TermWaves.Of(_bank, monomial, Mode);

    private int Mode(int variable) =>
        Readout(variable) is var readout && readout < _channels && variable % _summands != _waves ? _bank.ModeOf(readout, variable % _summands) : -1;

    /// <summary>The next indices in ascending order of the list; false after the last.</summary>
    private bool Next(int[] indices)
    {
        int place = indices.Length - 1;
        while (place >= 0 && indices[place] == Variables - 1)
        {
            place--;
        }

        if (place < 0)
        {
            return false;
        }

        int next = indices[place] + 1;
        for (; place < indices.Length; place++)
        {
            indices[place] = next;
        }

        return true;
    }

    /// <summary>The coefficient of the readouts' monomial times how often the product of their sums makes this product of waves.</summary>
    private double Coefficient(int[] indices)
    {
        List<Factor> factors = [];
        double multinomial = 1;
        foreach (IGrouping<int, int> readout in indices.GroupBy(Readout))
        {
            int drawn = 0;
            foreach (IGrouping<int, int> wave in readout.GroupBy(index => index))
            {
                int power = wave.Count();
                for (int k = 1; k <= power; k++)
                {
                    drawn++;
                    multinomial *= (double)drawn / k;
                }
            }

            factors.Add(new Factor(readout.Key, drawn));
        }

        double coefficient = _polynomial.Coefficient([.. factors]);
        return coefficient == 0 ? 0 : coefficient * multinomial;
    }

    private int Readout(int variable) => variable < _channels * _summands ? variable / _summands : _channels + variable - (_channels * _summands);

    private Expression Name(int variable)
    {
        int readout = Readout(variable);
        if (readout >= _channels)
        {
            return Eq.Symbol("z").At(readout - _channels);
        }

        int wave = variable % _summands;
        return wave == _waves ? Eq.Symbol("d").At(readout) : Eq.Symbol("w").At(readout, wave);
    }
}
