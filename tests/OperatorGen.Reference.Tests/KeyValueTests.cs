using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class KeyValueTests
{
    private const int Steps = 7;

    public static TheoryData<SelectiveKind> Kinds => new(Enum.GetValues<SelectiveKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void K_by_V_cells_equal_the_explicit_sum_over_their_past(SelectiveKind kind)
    {
        for (int seed = 0; seed < 24; seed++)
        {
            var shape = new ModelShape
            {
                Cells = CellClass.Selective,
                Selective = kind,
                InnerWidth = 6,
                Modes = 1 + (seed % 5),
                Heads = 1 + (seed % 3),
                Groups = 1 + (seed / 3 % 3),
                Field = (Field)(seed % 2),
                Slices = seed / 2 % 2 == 0,
                Skip = seed % 4 > 0,
            };
            SelectiveCell cell = RandomSelective.Cell(new Random(seed), shape);
            SequenceModel model = Tiny.Model(cell.InputWidth, Tiny.Layer(cell.InputWidth, cell));
            double[][] input = [.. RandomModels.Input(model, Steps, seed).Chunk(cell.InputWidth)];

            double[] output = new ReferenceEvaluator(model).Forward([.. input.SelectMany(v => v)]);

            for (int i = 0; i < output.Length; i++)
            {
                // Sums of some ten products of numbers of order 1 to 10.
                Assert.Equal(Expected(cell, input, i / model.OutputWidth, i % model.OutputWidth), output[i], 1e-12);
            }
        }
    }

    // o_t[g,j] = D v_t[g,j] + gamma Re sum_(tau <= t) q_t T_t ... T_(tau+1) k_tau f_tau v_tau[g,j] with K x K matrices T;
    // the read before the update ends at t-1, with u k_t v_t beside it.
    private static double Expected(SelectiveCell cell, double[][] input, int t, int i)
    {
        int g = i / cell.ValueWidth, j = i % cell.ValueWidth;
        double skip = cell.Skip is null ? 0 : cell.Skip.Values[cell.Skip.Count == cell.Count ? g : i];
        bool post = cell.Order == ReadOrder.PostUpdate;
        Complex[] state = new Complex[cell.KeyWidth];
        for (int tau = 0; tau <= (post ? t : t - 1); tau++)
        {
            Complex[] x = [.. Numbers(cell.Key, cell, input[tau], g).Select(k => k * Step(cell, input[tau], g) * Value(cell, input[tau], g, j))];
            for (int r = tau + 1; r <= (post ? t : t - 1); r++)
            {
                Complex[,] transition = Transition(cell, input[r], g);
                x = [.. x.Select((_, row) => x.Select((element, column) => transition[row, column] * element).Aggregate(Complex.Add))];
            }

            state = [.. state.Zip(x, Complex.Add)];
        }

        if (cell.Bonus is not null)
        {
            Complex[] key = Numbers(cell.Key, cell, input[t], g);
            state = [.. state.Select((s, k) => s + (cell.Bonus.Values[(g * cell.KeyWidth) + k] * key[k] * Value(cell, input[t], g, j)))];
        }

        return (skip * Value(cell, input[t], g, j)) + (cell.Gamma * Numbers(cell.Query, cell, input[t], g).Zip(state, Complex.Multiply).Aggregate(Complex.Add).Real);
    }

    private static Complex[,] Transition(SelectiveCell cell, double[] v, int g)
    {
        var matrix = new Complex[cell.KeyWidth, cell.KeyWidth];
        int parts = cell.Field == Field.Complex ? 2 : 1;
        Complex[] key = Numbers(cell.Key, cell, v, g);
        for (int row = 0; row < cell.KeyWidth; row++)
        {
            matrix[row, row] = cell.Transition switch
            {
                StepTransition step => Complex.Exp(Step(cell, v, g) * Number(step.A.Values.ToArray(), step.A.Count == cell.Count * parts ? g : (g * cell.KeyWidth) + row, parts)),
                LogGateTransition { PerKey: true } log => Math.Exp(Block(log.LogGate, v, cell.KeyWidth, g, cell)[row]),
                LogGateTransition log => Math.Exp(Block(log.LogGate, v, 1, g, cell)[0]),
                GateTransition gate => Number(Block(gate.Gate, v, parts, g, cell), 0, parts),
                DecayTransition decay => decay.A.Values[g],
                DeltaTransition delta => Alpha(delta),
                _ => throw new NotSupportedException($"A {cell.Transition.GetType().Name} is not known."),
            };
            for (int column = 0; column < cell.KeyWidth && cell.Transition is DeltaTransition; column++)
            {
                matrix[row, column] -= Alpha((DeltaTransition)cell.Transition) * Step(cell, v, g) * key[row] * key[column];
            }
        }

        return matrix;

        double Alpha(DeltaTransition delta) => delta.LogGate is null ? 1 : Math.Exp(Block(delta.LogGate, v, 1, g, cell)[0]);
    }

    private static double Step(SelectiveCell cell, double[] v, int g) => cell.Transition switch
    {
        StepTransition step => Block(step.Delta, v, 1, g, cell)[0],
        DeltaTransition delta => Block(delta.Beta, v, 1, g, cell)[0],
        _ => 1,
    };

    private static double Value(SelectiveCell cell, double[] v, int g, int j) => Block(cell.Value, v, cell.ValueWidth, g, cell)[j];

    private static Complex[] Numbers(Parameter? parameter, SelectiveCell cell, double[] v, int g)
    {
        int parts = parameter?.Field == Field.Complex ? 2 : 1, size = cell.KeyWidth * parts;
        double[] numbers = parameter switch
        {
            null => [1],
            ConstantParameter constant => constant.Value.Values.Slice(g * size, size).ToArray(),
            _ => Block(((SelectiveParameter)parameter).Signal, v, size, g, cell),
        };
        return [.. Enumerable.Range(0, cell.KeyWidth).Select(k => Number(numbers, k, parts))];
    }

    private static double[] Block(Signal signal, double[] v, int size, int g, SelectiveCell cell) => PlainSignals<double>.Block(PlainSignals<double>.Of(signal, v), size, g, cell.Count);

    private static Complex Number(double[] numbers, int index, int parts) => new(numbers[index * parts], parts == 2 ? numbers[(index * parts) + 1] : 0);
}
