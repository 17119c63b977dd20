using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>HiPPO-LegS without noise, whose eigenvectors are worthless: the choice of the form, and its readouts beside 320 binary digits.</summary>
public sealed class LowRankStepTests
{
    private const int Steps = 40;

    /// <summary>
    /// The condition numbers of 8, 16 and 32 states are 8e4, 8e10 and 4e18. The weights are doubles: beside a matrix whose eigenvectors are that bad there is one, within
    /// 1e-16 of it, whose eigenvectors are a little less so.
    /// </summary>
    [Theory]
    [InlineData(4, 8e4, true, false)]
    [InlineData(8, 8e10, false, false)]
    [InlineData(16, 1e13, false, false)]
    [InlineData(32, 1e13, false, false)]
    public void Eigenvectors_are_chosen_where_their_condition_allows_it(int modes, double condition, bool inDouble, bool inSingle)
    {
        var lowering = new LowRankModesLowering(HippoLegs.Cell(new Random(1), modes, 0.01));
        double found = lowering.Eigenbasis?.Condition ?? double.PositiveInfinity;
        Assert.InRange(found, 0.5 * condition, condition > 1e12 ? double.PositiveInfinity : 2 * condition);
        Assert.Equal(inDouble, lowering.IsDiagonal(ElementType.Double));
        Assert.Equal(inSingle, lowering.IsDiagonal(ElementType.Single));
        Assert.Contains(inDouble ? "in eigenvectors: " : "as a low-rank step: ", lowering.Choice(ElementType.Double), StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_four_states_agree_with_320_binary_digits()
    {
        LowRankModes cell = HippoLegs.Cell(new Random(2), 32, 0.001, 0.02, 0.1);
        SequenceModel model = Model(cell);
        double[] v = RandomModels.Input(model, Steps, 3);
        double[] exact = [.. ExtendedLowRank.Readouts(cell, v).SelectMany(row => row)];

        Check(RoundingBound.Compute(model, v, RoundingBound.DoubleEpsilon), exact, Forward<double>(model, v));
        Check(RoundingBound.Compute(model, v, RoundingBound.SingleEpsilon), exact, Forward<float>(model, v));
    }

    /// <summary>The eigenvectors of 64 states are wrong by more than a part in a million, although A V = V Lambda to the last digits: the choice is needed.</summary>
    [Fact]
    public void Eigenvectors_of_sixty_four_states_are_wrong()
    {
        LowRankModes cell = HippoLegs.Cell(new Random(2), 32, 0.02);
        double[] v = RandomModels.Input(Model(cell), Steps, 3);
        double[] exact = [.. ExtendedLowRank.Readouts(cell, v).SelectMany(row => row)];
        var lowering = new LowRankModesLowering(cell);
        if (lowering.Eigenbasis is { } basis)
        {
            RealMatrix a = LowRankModesBasis.Transition(cell, 0);
            Assert.InRange(Residual(a, basis.Bases[0]), 0, 1e-11 * a.Frobenius());
            double[] found = Forward<double>(Model(cell with { Form = LowRankForm.Eigenbasis }), v);
            Assert.True(found.Zip(exact, (x, y) => Math.Abs(x - y)).Max() > 1e-6 * exact.Max(Math.Abs));
        }
    }

    /// <summary>exp(inv_dt) may be 0: A-bar is the identity and b-bar is 0, so that the readout is the skip, one product. A second channel is as any other.</summary>
    [Fact]
    public void A_step_size_of_0_moves_no_state()
    {
        LowRankModes cell = HippoLegs.Cell(new Random(4), 8, 0, 0.02);
        Assert.False(new LowRankModesLowering(cell).IsDiagonal(ElementType.Double));
        double[] v = RandomModels.Input(Model(cell), Steps, 3);
        double[] found = Forward<double>(Model(cell), v);
        for (int t = 0; t < Steps; t++)
        {
            Assert.Equal(cell.Skip!.Values[0] * v[2 * t], found[2 * t]);
            Assert.NotEqual(cell.Skip.Values[1] * v[(2 * t) + 1], found[(2 * t) + 1]);
        }
    }

    private static void Check(RoundingResult bound, double[] exact, double[] found)
    {
        // The bound is of the code and a reference in double, each beside the other: it holds of the code and the exact numbers.
        for (int i = 0; i < exact.Length; i++)
        {
            Assert.InRange(Math.Abs(found[i] - exact[i]), 0, bound.Bound[i]);
        }

        Assert.InRange(bound.Relative, 0, 1e-2);
    }

    private static double Residual(RealMatrix a, Eigenbasis basis) => Enumerable.Range(0, basis.Eigenvalues.Count).Max(m => Enumerable.Range(0, a.Size).Max(row =>
        (Enumerable.Range(0, a.Size).Aggregate(ComplexNumber.Zero, (sum, k) => sum + (a[row, k] * basis.Vector(m, k))) - (basis.Eigenvalues[m] * basis.Vector(m, row))).Magnitude));

    private static SequenceModel Model(LowRankModes cell) => new("legs", cell.InputWidth, EquatableArray.Of(
        new Layer("", cell.InputWidth, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Identity }, false, null)));

    private static double[] Forward<T>(SequenceModel model, double[] v)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> generated = GeneratedModel.Load<T>(model);
        var output = new T[v.Length];
        generated.Forward(Array.ConvertAll(v, T.CreateChecked), output, generated.CreateState(), VectorWidth.Widest);
        return Array.ConvertAll(output, double.CreateChecked);
    }
}
