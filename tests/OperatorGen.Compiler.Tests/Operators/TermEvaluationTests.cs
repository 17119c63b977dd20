using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>The interaction terms are what the model computes.</summary>
public sealed class TermEvaluationTests
{
    [Theory]
    [InlineData("polynomial(1/2, 1, -1/3, 1/7)")]
    [InlineData("polynomial(0, 0, 1)")]
    [InlineData("identity")]
    public void The_terms_of_a_polynomial_decoder_sum_to_the_references_output(string decoder)
    {
        SequenceModel model = TestModels.Waves(decoder, [0.5, 0.3, -0.2, 0.75, 0.9, 0, 0.1, -0.6], [1, 0.5, -0.4, 0.2, 0.3, 0, 0.8, 1.1], 0.25);
        SymbolicOperator symbolic = CompilerStages.Expand(model, new ModelOptions(3), default).Value!;
        ModeBank waves = ((WaveCell)symbolic.Layers[0].Cell).Waves;
        DecoderExpansion expansion = symbolic.ExpansionOf(0, 0);
        Assert.True(expansion.IsExact);
        DecoderTerm[] terms = [.. expansion.Terms(waves.Summands)];
        Assert.Equal(expansion.TermCount(waves.Summands), new BigInteger(terms.Length));
        double[] input = RandomModels.Input(model, 50, 3);
        double[] output = new ReferenceEvaluator(model).Forward(input);
        var states = new ComplexNumber[waves.WavesPerReadout];
        for (int t = 0; t < input.Length; t++)
        {
            var values = new double[waves.Summands];
            for (int n = 0; n < waves.WavesPerReadout; n++)
            {
                states[n] = (waves[0, n].Eigenvalue * states[n]) + input[t];
                values[n] = (waves[0, n].Weight * states[n]).Re;
            }

            values[waves.WavesPerReadout] = waves.Skip(0) * input[t];
            double sum = 0, magnitude = 0;
            foreach (DecoderTerm term in terms)
            {
                double product = term.Coefficient;
                foreach (Factor factor in term.Monomial)
                {
                    product *= Math.Pow(values[factor.Variable], factor.Power);
                }

                sum += product;
                magnitude += Math.Abs(product);
            }

            Assert.True(Math.Abs(sum - output[t]) <= 1e-12 * magnitude, $"step {t}: {sum} and {output[t]}");
        }
    }

    [Theory]
    [InlineData("gelu-erf")]
    [InlineData("gelu-tanh")]
    [InlineData("silu")]
    public void Odd_orders_above_one_add_no_terms(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        foreach (int order in new[] { 3, 5, 7 })
        {
            DecoderTerm[] terms = [.. new DecoderExpansion(function, order).Terms(3)];
            Assert.Equal(new DecoderExpansion(function, order - 1).Terms(3).Select(term => term.Monomial), terms.Select(term => term.Monomial));
            Assert.DoesNotContain(terms, term => term.Monomial.Degree == order);
        }

        // The even orders between them are there, and the first.
        Assert.Equal([1, 2, 4, 6], new DecoderExpansion(function, 7).Terms(1).Select(term => term.Monomial.Degree).Order());
    }

    [Fact]
    public void The_first_terms_of_many_millions_come_at_once()
    {
        var expansion = new DecoderExpansion(DecoderFunctions.Softplus, DecoderExpansion.GreatestOrder);
        Assert.True(expansion.TermCount(64) > BigInteger.Pow(10, 15));
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        DecoderTerm[] first = [.. expansion.Terms(64).Take(10)];

        // To enumerate 1e15 terms would take days; ten need neither time nor memory.
        Assert.Equal(10, first.Select(term => term.Monomial).Distinct().Count());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void The_product_of_gates_sums_to_the_state_of_a_selective_scan()
    {
        // s_t = sum over tau of (product of gates from tau + 1 to t) times the input at tau, with the gates that the text names.
        SequenceModel model = RandomModels.Create(31, new ModelShape { Cells = CellClass.Selective, InputWidth = 2, Encoder = false, Activation = "identity", InnerWidth = 3, Modes = 4 }).Model;
        LayerOperator layer = CompilerStages.Expand(model, new ModelOptions(3), default).Value!.Layers[0];
        string[] formulas = [.. Assert.IsType<PathCell>(layer.Cell).Formulas.Select(formula => formula.Text)];
        Assert.Contains("gate_n(t) = exp(Delta(t) A_n)", formulas);
        Assert.Contains("s_n(t) = sum_(tau <= t) (prod_(r = tau+1..t) gate_n(r)) Delta(tau) B_n(tau) v(tau)", formulas);

        var cell = (SelectiveCell)model.Layers[0].Cell;
        var reference = new ReferenceEvaluator(model);
        ReferenceState state = reference.CreateState();
        state.Probe = new Probe();
        reference.Forward(RandomModels.Input(model, 20, 5), state);
        LayerProbe[] traces = [.. state.Probe.Steps.Select(step => step.Layers[0])];
        var transition = (StepTransition)cell.Transition;
        ReadOnlySpan<double> a = transition.A.Values;
        var deltas = new List<double[]>();
        var inputs = new List<double[]>(); // per step, [channel, mode]
        foreach (LayerProbe trace in traces)
        {
            double[] delta = Signal(transition.Delta, trace.CellInput);
            double[] b = Signal(((SelectiveParameter)cell.Key!).Signal, trace.CellInput);
            deltas.Add(delta);
            inputs.Add([.. Enumerable.Range(0, cell.Count * cell.KeyWidth).Select(i => delta[i / cell.KeyWidth] * b[i % cell.KeyWidth] * trace.CellInput[i / cell.KeyWidth])]);
        }

        for (int t = 0; t < traces.Length; t++)
        {
            double[] c = Signal(((SelectiveParameter)cell.Query!).Signal, traces[t].CellInput);
            for (int channel = 0; channel < cell.Count; channel++)
            {
                double readout = (cell.Skip?.Values[channel] ?? 0) * traces[t].CellInput[channel];
                for (int n = 0; n < cell.KeyWidth; n++)
                {
                    int index = (channel * cell.KeyWidth) + n;
                    double sum = 0;
                    for (int tau = 0; tau <= t; tau++)
                    {
                        double gates = 1;
                        for (int r = tau + 1; r <= t; r++)
                        {
                            gates *= Math.Exp(deltas[r][channel] * a[index]);
                        }

                        sum += gates * inputs[tau][index];
                    }

                    // Twenty products and sums of numbers of order 1, cancelling by less than 1000.
                    Assert.Equal(traces[t].State[index].Real, sum, 1e-12);
                    readout += c[n] * sum;
                }

                Assert.Equal(traces[t].Readout[channel], readout, 1e-11);
            }
        }
    }

    private static double[] Signal(Signal signal, double[] v) => signal switch
    {
        CellInputSignal => v,
        SlicedSignal s => Signal(s.Source, v)[s.Start..(s.Start + s.Width)],
        MappedSignal s => [.. Signal(s.Source, v).Select(s.Function.Value)],
        ProjectedSignal s => Map(s.Projection, Signal(s.Source, v)),
        _ => throw new ArgumentException($"A {signal.GetType().Name} is not known.", nameof(signal)),
    };

    private static double[] Map(Linear linear, double[] x)
    {
        var y = new double[linear.Outputs];
        for (int o = 0; o < y.Length; o++)
        {
            y[o] = linear.Bias?.Values[o] ?? 0;
            for (int i = 0; i < x.Length; i++)
            {
                y[o] += linear.Weight.Values[(o * x.Length) + i] * x[i];
            }
        }

        return y;
    }
}
