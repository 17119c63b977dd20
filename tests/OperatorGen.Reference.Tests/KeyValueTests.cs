using System;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class KeyValueTests
{
    private static readonly DiscretizationRule[] s_rules =
        [DiscretizationRule.ZeroOrderHold, DiscretizationRule.Bilinear, DiscretizationRule.ExponentialEuler, DiscretizationRule.None];

    [Fact]
    public void K_by_V_cells_equal_the_explicit_sum_over_their_past()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            SelectiveCell cell = RandomCell(seed);
            SequenceModel model = Tiny.Model(cell.InputWidth, Tiny.Layer(cell.InputWidth, cell));
            double[] input = RandomModels.Input(model, 7, seed);

            double[] output = new ReferenceEvaluator(model).Forward(input);

            for (int t = 0; t < 7; t++)
            {
                for (int i = 0; i < model.OutputWidth; i++)
                {
                    Assert.Equal(Expected(cell, input, t, i), output[(t * model.OutputWidth) + i], 1e-12);
                }
            }
        }
    }

    /// <summary>Cells with constant numbers, six of them, with one to four values per mode and every transition, field, rule and order of the read in turn.</summary>
    private static SelectiveCell RandomCell(int seed)
    {
        ModelShape shape = new() { Modes = 1 + (seed % 7), Field = (Field)(seed % 2), Rule = s_rules[seed % 4], DeltaPerCell = seed % 3 > 0 };
        ChannelModes modes = RandomCells.Constant(new Random(seed), shape, 6);
        bool scalar = seed % 5 > 2;
        Parameter eigenvalues = new ConstantParameter(scalar ? RandomCells.Constant(new Random(seed), shape with { Modes = 1 }, 6).A : modes.A);
        return new SelectiveCell(
            6,
            modes.Modes,
            1 + (seed / 2 % 4),
            modes.Field,
            scalar ? new ScalarTransition(eigenvalues) : new DiagonalTransition(eigenvalues),
            modes.Rule,
            new ConstantParameter(modes.Delta),
            new ConstantParameter(modes.B),
            new ConstantParameter(modes.C),
            modes.Gamma,
            seed / 3 % 2 == 0 ? ReadOrder.PostUpdate : ReadOrder.PreUpdate)
        {
            Skip = seed % 4 == 0 ? null : modes.Skip,
        };
    }

    // o_t[g,j] = D[g] v_t[g,j] + gamma Re sum_{tau <= t} sum_k c[g,k] a[g,k]^(t-tau) b-bar[g,k] v_tau[g,j];
    // the read before the update sums over tau < t and takes a^(t-1-tau).
    private static double Expected(SelectiveCell cell, double[] input, int t, int i)
    {
        int width = cell.OutputWidth, g = i / cell.ValueWidth, lag = cell.Order == ReadOrder.PreUpdate ? 1 : 0;
        double sum = cell.Skip is null ? 0 : cell.Skip.Values[g] * input[(t * width) + i];
        for (int tau = 0; tau <= t - lag; tau++)
        {
            for (int k = 0; k < cell.KeyWidth; k++)
            {
                int mode = (g * cell.KeyWidth) + k;
                Tensor delta = ((ConstantParameter)cell.Delta).Value;
                Complex a = cell.Transition is ScalarTransition scalar ? Number(scalar.A, cell, g) : Number(((DiagonalTransition)cell.Transition).A, cell, mode);
                (Complex transition, Complex factor) = Discretization.Of(cell.Rule, delta.Values[delta.Count == 1 ? 0 : g], a);
                Complex weight = Number(cell.C, cell, mode) * factor * Number(cell.B, cell, mode);
                sum += cell.Gamma * (weight * Complex.Pow(transition, t - lag - tau)).Real * input[(tau * width) + i];
            }
        }

        return sum;
    }

    private static Complex Number(Parameter parameter, SelectiveCell cell, int index)
    {
        Tensor value = ((ConstantParameter)parameter).Value;
        return cell.Field == Field.Complex ? new Complex(value.Values[2 * index], value.Values[(2 * index) + 1]) : value.Values[index];
    }
}
