using System;
using System.Linq;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Properties of the code of models, vector widths and cuts that FsCheck draws.</summary>
public sealed class RandomModelPropertyTests
{
    // Every model is compiled by Roslyn; a fixed start makes every run the same.
    private static readonly Config s_config = Config.QuickThrowOnFailure
        .WithMaxTest(15)
        .WithReplay(new Replay(new Rnd(20_250_607, 1_234_567), FSharpOption<int>.None));

    [Fact]
    public void Forward_is_step_is_any_cut_and_stays_within_the_rounding_bound_in_float() => Holds<float>(RoundingBound.SingleEpsilon);

    [Fact]
    public void Forward_is_step_is_any_cut_and_stays_within_the_rounding_bound_in_double() => Holds<double>(RoundingBound.DoubleEpsilon);

    private static void Holds<T>(double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Gen<int[]> permilles = Gen.ArrayOf(Gen.Choose(0, 1000));
        Check.One(s_config, Prop.ForAll(
            RandomModels.Arbitrary(),
            Gen.Elements(VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512).ToArbitrary(),
            permilles.ToArbitrary(),
            (seeded, width, cuts) => EveryLength<T>(seeded, width, cuts, epsilon)));
    }

    /// <summary>Lengths of none, one, an odd number and more than two chunks; the cuts are given in thousandths of the length.</summary>
    private static void EveryLength<T>(SeededModel seeded, VectorWidth width, int[] permilles, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        foreach (int steps in new[] { 0, 1, 13, (2 * model.ChunkLength) + 7 })
        {
            T[] input = Samples.Input<T>(seeded, steps, seeded.Seed);
            if (steps == 0 && model.Pooled)
            {
                Assert.Throws<ArgumentException>(() => Samples.Run(model, input, width));
                continue;
            }

            T[] whole = Samples.Run(model, input, width);
            if (model.IsCausal)
            {
                int[] cuts = [.. permilles.Select(p => p * steps / 1000).Order()];
                Samples.SameBits<T>(whole, Cut.At(model, input, width, cuts), $"{seeded}, {width}, {steps} steps cut at {string.Join(' ', cuts)}");
                Samples.SameBits<T>(whole, Cut.Steps(model, input, width), $"{seeded}, {width}, {steps} steps one by one");
            }

            if (steps > 0)
            {
                RoundingResult bound = RoundingBound.Compute(seeded.Model, Array.ConvertAll(input, double.CreateChecked), epsilon);
                double ratio = bound.Ratio(Array.ConvertAll(whole, double.CreateChecked));
                Assert.True(ratio <= 1, $"{seeded}, {width}, {steps} steps: {ratio} of the bound {bound.Largest}");
            }
        }
    }
}
