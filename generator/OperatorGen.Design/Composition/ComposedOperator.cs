using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Several layers without normalisation as one operator: polynomials in atoms (see <see cref="CompositionAtom"/>), truncated at a total order
/// in the readouts of the first layer. What a layer truncates itself is part of its expansion and not counted here.
/// </summary>
public sealed class ComposedOperator
{
    internal ComposedOperator(
        OperatorDescription operators,
        OperatorExpansion expansion,
        int order,
        long fullOrder,
        IReadOnlyList<CompositionAtom> atoms,
        IReadOnlyList<Polynomial<double, DoubleRing>> outputs,
        TruncationBound dropped)
    {
        Operators = operators;
        Expansion = expansion;
        Order = order;
        FullOrder = fullOrder;
        Atoms = atoms;
        Outputs = outputs;
        Dropped = dropped;
    }

    /// <summary>The operator whose layers are composed.</summary>
    public OperatorDescription Operators { get; }

    /// <summary>The expansion of its layers.</summary>
    public OperatorExpansion Expansion { get; }

    /// <summary>The total order after which terms are dropped.</summary>
    public int Order { get; }

    /// <summary>The product of the layers' degrees: the total order at which nothing is dropped.</summary>
    public long FullOrder { get; }

    /// <summary>True where no term was dropped: the composition is the composition of the truncated layers.</summary>
    public bool IsExact => Order >= FullOrder;

    /// <summary>The atoms; variable n of an output's polynomial is atom n.</summary>
    public IReadOnlyList<CompositionAtom> Atoms { get; }

    /// <summary>The last layer's outputs, before pooling and head, as polynomials in the atoms.</summary>
    public IReadOnlyList<Polynomial<double, DoubleRing>> Outputs { get; }

    /// <summary>How much the dropped terms can add to an output at any step, for inputs of the range that was given; or why that is not known.</summary>
    public TruncationBound Dropped { get; }

    /// <summary>The number of terms of all outputs.</summary>
    public int TermCount => Outputs.Sum(p => p.Count);

    /// <summary>The last layer's outputs for a sequence.</summary>
    /// <param name="input">The raw input, [time, input].</param>
    /// <returns>[time, output].</returns>
    public double[] Evaluate(ReadOnlySpan<double> input)
    {
        OperatorTrace trace = OperatorTrace.Of(Operators, input, Expansion);
        LayerTrace first = trace.Layers[0];
        var series = new double[Atoms.Count][];
        for (int n = 0; n < series.Length; n++)
        {
            CompositionAtom atom = Atoms[n];
            series[n] = atom.Layer switch
            {
                -1 => Column(first.Input, atom.Channel, trace.Steps),
                0 => Column(first.Readouts, atom.Channel, trace.Steps),
                _ => ModeSeries.Readouts(Operators.Layers[atom.Layer].Bank!.Along(atom.Channel, atom.Drive), Product(atom.Source, series, trace.Steps), trace.Steps),
            };
        }

        var outputs = new double[trace.Steps * Outputs.Count];
        for (int i = 0; i < Outputs.Count; i++)
        {
            foreach (Term<double> term in Outputs[i].Terms)
            {
                double[] product = Product(term.Monomial, series, trace.Steps);
                for (int t = 0; t < trace.Steps; t++)
                {
                    outputs[(t * Outputs.Count) + i] += term.Coefficient * product[t];
                }
            }
        }

        return outputs;
    }

    /// <summary>
    /// The kernel of a product of first-layer readouts that drives a later readout, at the given lags of the cells' input:
    /// <c>sum_sigma K(sigma) prod_k K_k(tau_k - sigma)</c>. The sum is taken term by term, so that equal and nearly equal eigenvalues need no care.
    /// </summary>
    /// <param name="atom">An atom of the second layer or later whose source is a product of first-layer readouts.</param>
    /// <param name="lags">One lag per factor of the source, in the order of its readouts.</param>
    /// <param name="inputs">Which input of the first layer's cells each lag belongs to; null: the one whose channel the factor reads, where modes are not shared.</param>
    /// <exception cref="ArgumentException">The atom has another source, there is another number of lags or inputs, or no inputs where modes are shared.</exception>
    public double Kernel(CompositionAtom atom, IReadOnlyList<int> lags, IReadOnlyList<int>? inputs = null)
    {
        ModeBank first = Operators.Layers[0].Bank!;
        List<int> channels = [];
        foreach (Factor factor in atom.Source)
        {
            if (Atoms[factor.Variable].Layer != 0)
            {
                throw new ArgumentException("The kernel in closed form is that of a product of first-layer readouts.", nameof(atom));
            }

            channels.AddRange(Enumerable.Repeat(Atoms[factor.Variable].Channel, factor.Power));
        }

        if (atom.Layer < 1 || channels.Count == 0 || channels.Count != lags.Count || channels.Count != (inputs ?? lags).Count)
        {
            throw new ArgumentException($"The atom is driven by {channels.Count} factors, but {lags.Count} lags and {inputs?.Count ?? lags.Count} inputs were given.", nameof(lags));
        }

        if (inputs is null && first.IsShared)
        {
            throw new ArgumentException("The modes of the first layer are shared: every input of its cells has a kernel of its own, and each lag needs its input.", nameof(inputs));
        }

        int shortest = lags.Min();
        int longest = lags.Max();
        double[] outer = ChannelKernels.Of(Operators.Layers[atom.Layer].Bank!, atom.Channel, atom.Drive, shortest + 1);
        double[][] inner = [.. channels.Select((h, k) => ChannelKernels.Of(first, h, ChannelKernels.Input(first, inputs?[k] ?? first.InputOf(h)), longest + 1))];
        double sum = 0;
        for (int sigma = 0; sigma <= shortest; sigma++)
        {
            double product = outer[sigma];
            for (int k = 0; k < inner.Length; k++)
            {
                product *= inner[k][lags[k] - sigma];
            }

            sum += product;
        }

        return sum;
    }

    private static double[] Product(Monomial monomial, double[][] series, int steps)
    {
        var product = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            product[t] = 1;
        }

        foreach (Factor factor in monomial)
        {
            for (int k = 0; k < factor.Power; k++)
            {
                for (int t = 0; t < steps; t++)
                {
                    product[t] *= series[factor.Variable][t];
                }
            }
        }

        return product;
    }

    private static double[] Column(double[] rows, int column, int steps)
    {
        int stride = rows.Length / steps;
        var values = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            values[t] = rows[(t * stride) + column];
        }

        return values;
    }
}
