using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Reference;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tests.Selective;

/// <summary>A selective model, evaluated with everything that happens on the way, and its derivative.</summary>
public sealed class SelectivePassTests
{
    [Theory]
    [MemberData(nameof(SelectiveSample.Kinds), MemberType = typeof(SelectiveSample))]
    public void Scores_are_those_of_the_reference(SelectiveKind kind)
    {
        foreach (SelectiveSample sample in SelectiveSample.Of(kind))
        {
            double[] expected = new ReferenceEvaluator(sample.Model).Forward(sample.Input);
            double[] scores = new SelectivePass(sample.Operator, sample.Input).Scores;
            Assert.Equal(expected.Length, scores.Length);

            // Two evaluations in double precision of some hundred operations per number, each amplified by norms at most by some ten: 1e-12 of the greatest.
            double tolerance = 1e-12 * Math.Max(1, expected.Max(Math.Abs));
            Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Theory]
    [MemberData(nameof(SelectiveSample.Kinds), MemberType = typeof(SelectiveSample))]
    public void The_derivative_is_the_limit_of_differences_with_the_scales_of_norms_held(SelectiveKind kind)
    {
        foreach (SelectiveSample sample in SelectiveSample.Of(kind))
        {
            var pass = new SelectivePass(sample.Operator, sample.Input);
            double[] weights = [.. Enumerable.Range(0, sample.Operator.OutputWidth).Select(i => i % 2 == 0 ? 1.0 : -0.5)];
            int step = sample.Operator.Pooled ? 0 : SelectiveSample.Steps - 2;
            double[] derivative = pass.InputDerivative(weights, step, valuesOnly: false);
            double Number(double[] input) => weights.Select((weight, i) => weight * pass.WithScales(input).Scores[(step * weights.Length) + i]).Sum();
            AssertDerivative(sample.Input, derivative, Number);
        }
    }

    [Theory]
    [MemberData(nameof(SelectiveSample.Kinds), MemberType = typeof(SelectiveSample))]
    public void The_value_path_is_the_derivative_with_the_matrix_of_attention_held(SelectiveKind kind)
    {
        foreach (SelectiveSample sample in SelectiveSample.Of(kind))
        {
            SelectivePath path = sample.Paths()[0];
            SelectiveRecurrence recurrence = path.Recurrence;
            var random = new Random(5);
            double[] input = [.. Enumerable.Range(0, path.Steps * recurrence.Inputs).Select(_ => random.NextDouble() - 0.5)];
            double[] weights = [.. Enumerable.Range(0, path.Steps * recurrence.Readouts).Select(_ => random.NextDouble() - 0.5)];
            var held = new SelectivePath(recurrence, input);
            double[][] matrices = [.. Enumerable.Range(0, recurrence.Readouts).Select(c => held.Attention(c / recurrence.Values, c % recurrence.Values))];
            double Number(double[] changed)
            {
                double[] values = new SelectivePath(recurrence, changed).Values.ToArray();
                double sum = 0;
                for (int i = 0; i < weights.Length; i++)
                {
                    int t = i / recurrence.Readouts, c = i % recurrence.Readouts;
                    sum += weights[i] * Enumerable.Range(0, t + 1).Sum(tau => matrices[c][(t * path.Steps) + tau] * values[(tau * recurrence.Readouts) + c]);
                }

                return sum;
            }

            AssertDerivative(input, held.InputDerivative(weights, valuesOnly: true), Number);
        }
    }

    [Fact]
    public void The_models_have_layers_with_a_feed_forward_part_and_without()
    {
        LayerDescription[] layers = [.. Enum.GetValues<SelectiveKind>().SelectMany(SelectiveSample.Of).SelectMany(sample => sample.Operator.Layers)];
        Assert.Contains(layers, layer => layer.FeedForward is { Norm: not null });
        Assert.Contains(layers, layer => layer.FeedForward is { Norm: null });
        Assert.Contains(layers, layer => layer.FeedForward is null);
    }

    [Fact]
    public void Log_gates_that_are_written_over_change_nothing_in_the_path()
    {
        foreach (SelectiveSample sample in Enum.GetValues<SelectiveKind>().SelectMany(SelectiveSample.Of))
        {
            SelectivePath path = sample.Paths()[0];
            double[] logs = path.LogGates(), kept = [.. logs];
            Array.Fill(logs, 7);
            Assert.Equal(kept, path.LogGates());
        }
    }

    /// <summary>
    /// Against central differences of step h = 2^-17 in every third component. They are off by h^2 / 6 times a third derivative, which is a third of what they differ from those of the
    /// step 2 h, and by 2^-53 / h, about 1.5e-11, times the number and what it is a sum of: 1e-8 of the greatest is allowed. A complex gate turns fast where its argument is near 0,
    /// and there the first term decides.
    /// </summary>
    private static void AssertDerivative(double[] input, double[] derivative, Func<double[], double> number)
    {
        const double Step = 1.0 / (1 << 17);
        double tolerance = 1e-8 * Math.Max(1, Math.Max(Math.Abs(number(input)), derivative.Max(Math.Abs)));
        for (int i = 0; i < input.Length; i += 3)
        {
            double At(double change)
            {
                double[] changed = [.. input];
                changed[i] += change;
                return number(changed);
            }

            double Difference(double step) => (At(step) - At(-step)) / (2 * step);
            double near = Difference(Step);
            Assert.Equal(near, derivative[i], tolerance + Math.Abs(Difference(2 * Step) - near));
        }
    }
}
