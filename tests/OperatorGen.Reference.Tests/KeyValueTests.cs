using System;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class KeyValueTests
{
    [Fact]
    public void K_by_V_cells_equal_the_explicit_sum_over_their_past()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            ModelShape shape = ModelShape.Draw(new Random(seed), CellClass.KeyValue) with
            {
                InputWidth = 6,
                Encoder = false,
                Layers = 1,
                Values = 1 + (seed % 4),
                Activation = "identity",
                Mixing = false,
                Residual = false,
                PreNorm = false,
                PostNorm = false,
                Pooling = Pooling.None,
                HeadWidth = 0,
                Scaling = false,
            };
            Layer layer = RandomModels.Create(seed, shape).Model.Layers[0] with { Input = InputStage.None };
            Cell cell = layer.Cell with { Count = 6 };
            SequenceModel model = Tiny.Model(6 * cell.ValueWidth, layer with { Width = 6 * cell.ValueWidth, Cell = cell });
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

    // o_t[g,j] = D[g] v_t[g,j] + gamma Re sum_{tau <= t} sum_k c[g,k] a[g,k]^(t-tau) b-bar[g,k] v_tau[g,j];
    // the read before the update sums over tau < t and takes a^(t-1-tau).
    private static double Expected(Cell cell, double[] input, int t, int i)
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

    private static Complex Number(Parameter parameter, Cell cell, int index)
    {
        Tensor value = ((ConstantParameter)parameter).Value;
        return cell.Field == Field.Complex ? new Complex(value.Values[2 * index], value.Values[(2 * index) + 1]) : value.Values[index];
    }
}
