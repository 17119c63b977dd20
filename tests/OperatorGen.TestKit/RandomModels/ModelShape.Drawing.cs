using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <content>Shapes drawn at random.</content>
public sealed partial record ModelShape
{
    /// <summary>Widths about and above one vector of 16 lanes; 33 and 130 are several vectors and a rest.</summary>
    private static readonly int[] s_wide = [15, 16, 17, 33, 130];

    /// <summary>The rules under which a model is the same for sequences of every length.</summary>
    private static readonly DiscretizationRule[] s_rules =
        [DiscretizationRule.ZeroOrderHold, DiscretizationRule.Bilinear, DiscretizationRule.ExponentialEuler, DiscretizationRule.None];

    /// <summary>A shape drawn at random from all that models can have.</summary>
    public static ModelShape Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double kind = random.NextDouble();
        return Draw(random, kind switch
        {
            < 0.25 => CellClass.Selective,
            < 0.45 => CellClass.Shared,
            < 0.57 => CellClass.LowRank,
            < 0.69 => CellClass.Oscillators,
            > 0.96 => CellClass.LinearCde,
            _ => CellClass.Constant,
        });
    }

    /// <summary>A shape drawn at random with the given kind of cells.</summary>
    public static ModelShape Draw(Random random, CellClass cells)
    {
        ArgumentNullException.ThrowIfNull(random);
        return DrawSelective(random, DrawCausal(random, cells) with { BothDirections = DrawDirections(random, cells) });
    }

    private static ModelShape DrawCausal(Random random, CellClass cells)
    {
        bool mixing = Chance(random, 0.6);
        // Layers of exponentials overflow; exp has tests of its own.
        DecoderFunction[] functions = [.. DecoderFunctions.All.Where(function => function is not Exp)];
        return new ModelShape
        {
            Cells = cells,
            InputWidth = random.Next(1, 10),
            Encoder = Chance(random, 0.6),
            Width = random.Next(1, 10),
            Layers = random.Next(1, 4),
            Modes = random.Next(1, 10),
            Field = cells == CellClass.LowRank || (Chance(random, 0.6) && cells is not (CellClass.Selective or CellClass.LinearCde)) ? Field.Complex : Field.Real,
            Rule = s_rules[random.Next(s_rules.Length)],
            DeltaPerCell = Chance(random, 0.7),
            Skip = Chance(random, 0.7),
            Activation = cells == CellClass.Selective ? DecoderFunctions.Identity.Name : functions[random.Next(functions.Length)].Name,
            Mixing = mixing,
            Glu = mixing && Chance(random, 0.6),
            Residual = Chance(random, 0.6),
            PreNorm = Chance(random, 0.3),
            PostNorm = Chance(random, 0.3),
            Pooling = (Pooling)Math.Max(random.Next(-2, 3), 0),
            HeadWidth = Chance(random, 0.5) ? random.Next(1, 10) : 0,
            Scaling = Chance(random, 0.3),
            Bias = Chance(random, 0.7),
            Taps = random.Next(0, 5),
            InnerWidth = random.Next(1, 10),
            DeltaRank = random.Next(1, 4),
            DeltaPerMode = Chance(random, 0.2),
            Unit = Chance(random, 0.25) ? DrawUnit(random) : null,
            Norms = Chance(random, 0.3) ? NormKind.Batch : NormKind.Layer,
            Reads = cells is CellClass.Constant or CellClass.LowRank && Chance(random, 0.2) ? random.Next(2, 4) : 1,
            NamedState = Chance(random, 0.2),
        };
    }

    /// <summary>
    /// A shape drawn at random with the given kind of cells whose channels fill more than one vector or leave one lane of it empty: 15, 16, 17, 33 or 130.
    /// Every other number of modes and of outputs is one of 15, 16, 17 and 33 as well. At most two layers; one where its readouts are several per channel.
    /// </summary>
    public static ModelShape DrawWide(Random random, CellClass cells)
    {
        ModelShape drawn = DrawCausal(random, cells);
        return DrawSelective(random, drawn with
        {
            InputWidth = Wide(random, s_wide.Length),
            Width = Wide(random, s_wide.Length),
            InnerWidth = Wide(random, s_wide.Length),
            Modes = Chance(random, 0.5) ? Wide(random, s_wide.Length - 1) : drawn.Modes,
            HeadWidth = Chance(random, 0.5) ? Wide(random, s_wide.Length - 1) : drawn.HeadWidth,
            DeltaRank = Chance(random, 0.3) ? Wide(random, 3) : drawn.DeltaRank,
            Layers = drawn.Reads > 1 ? 1 : Math.Min(drawn.Layers, 2),
            BothDirections = DrawDirections(random, cells),
        });
    }

    private static ModelShape DrawSelective(Random random, ModelShape shape)
    {
        if (shape.Cells != CellClass.Selective)
        {
            return shape;
        }

        bool otherNorm = Chance(random, 0.5);
        return shape with
        {
            Selective = (SelectiveKind)(random.Next() % Enum.GetValues<SelectiveKind>().Length),
            Heads = random.Next(1, 4),
            Groups = random.Next(1, 4),
            Slices = Chance(random, 0.5),
            InputMap = Chance(random, 0.8),
            Passed = Chance(random, 0.4) ? random.Next(1, 10) : 0,
            Gate = Chance(random, 0.7),
            Side = Chance(random, 0.2),
            ReadoutNorm = Chance(random, 0.4),
            NormAfterGate = Chance(random, 0.5),
            Norms = otherNorm ? NormKind.Rms + (random.Next() % 2) : shape.Norms,
            Field = (Field)(random.Next() % 2),
            FeedForward = Chance(random, 0.4) ? Chance(random, 0.2) ? Wide(random, s_wide.Length - 1) : random.Next(1, 10) : 0,
        };
    }

    // By remainders: the first draws of neighbouring seeds are close to each other, so that none below 40 would have a layer of both directions.
    private static int DrawDirections(Random random, CellClass cells) => cells is not (CellClass.Selective or CellClass.Oscillators or CellClass.LinearCde) && random.Next() % 4 == 0 ? 1 + (random.Next() % 7) : 0;

    private static DecoderUnit DrawUnit(Random random) => random.Next(3) switch
    {
        0 => new HalfGlu(DecoderFunctions.Sigmoid, GluValue.Activated),
        1 => new HalfGlu(DecoderFunctions.Sigmoid, GluValue.Readout),
        _ => new FinalActivation(DecoderFunctions.Tanh),
    };

    private static int Wide(Random random, int choices) => s_wide[random.Next(choices)];

    private static bool Chance(Random random, double probability) => random.NextDouble() < probability;
}
