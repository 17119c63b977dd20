using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.TestKit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>The random models that the tests of generated code run over: always the same ones.</summary>
internal static class RandomSample
{
    private static readonly CellClass[] s_kinds = [.. Enum.GetValues<CellClass>().Where(kind => kind != CellClass.LinearCde)];
    private static readonly SeededModel[] s_plain = [.. Enumerable.Range(1, 75).Select(RandomModels.Create)];
    private static readonly SeededModel[] s_wide =
    [
        .. Enumerable.Range(1, 3 * s_kinds.Length).Select(seed => RandomModels.Create(seed, ModelShape.DrawWide(new Random(seed), s_kinds[seed % s_kinds.Length]) with { BothDirections = 0 })),
        .. s_kinds.Select((kind, k) => RandomModels.Create(100 + k, ModelShape.DrawWide(new Random(100 + k), kind) with { InputWidth = 33, Encoder = true, Width = 17, InnerWidth = 17, Modes = 17, BothDirections = 0, Field = kind == CellClass.Selective ? Field.Real : Field.Complex })),
    ];

    // Every kind of selective cells; the last of each above a vector, in keys, values and cells. The bound says little of float and several wide layers, so there is one.
    private static readonly SeededModel[] s_selective =
    [
        .. from kind in Enum.GetValues<SelectiveKind>()
           from seed in Enumerable.Range(1, 3)
           let random = new Random(seed + (10 * (int)kind))
           let drawn = seed == 3 ? ModelShape.DrawWide(random, CellClass.Selective) with { Modes = 17, Layers = 1 } : ModelShape.Draw(random, CellClass.Selective) with { Layers = seed }
           select RandomModels.Create(seed, drawn with { Selective = kind, Slices = (seed + (int)kind) % 2 == 0 }),
    ];

    // Matrices of every structure by every step, the last ones above a vector; the bound says little of several layers.
    private static readonly SeededModel[] s_matrices =
    [
        .. Enumerable.Range(1, 24).Select(seed => RandomModels.Create(seed, ModelShape.Draw(new Random(seed), CellClass.LinearCde) with { Layers = 1 + (seed % 2) })),
        .. Enumerable.Range(1, 9).Select(seed => RandomModels.Create(seed, ModelShape.DrawWide(new Random(seed), CellClass.LinearCde) with { InputWidth = 3 + seed, Width = 3 + seed, Modes = new[] { 15, 16, 17, 33 }[seed % 4], Layers = 1 })),
    ];

    private static readonly CellClass[] s_directed = [CellClass.Constant, CellClass.LowRank, CellClass.Shared];

    // Layers of both directions, before, between and behind causal ones, with one readout per channel or several.
    private static readonly SeededModel[] s_both =
    [
        .. from seed in Enumerable.Range(1, 7)
           from kind in s_directed
           select RandomModels.Create(seed, ModelShape.Draw(new Random(seed), kind) with { BothDirections = seed, Layers = seed == 1 ? 1 : 3, Width = seed, InputWidth = seed, Field = (Field)(seed / 2 % 2), Reads = seed == 1 ? 3 : 1 }),
        .. s_directed.Select(kind => RandomModels.Create(2, ModelShape.DrawWide(new Random(3), kind) with { BothDirections = 1, InputWidth = 33, Width = 33, Reads = 1 })),
    ];

    /// <summary>Models of every kind of cells, some of them wider than a vector.</summary>
    public static SeededModel[] All { get; } = [.. s_plain, .. s_wide, .. s_selective, .. s_matrices, .. s_both];

    /// <summary>Causal models, fewer of them, for tests that cut and step through long sequences.</summary>
    public static SeededModel[] Some { get; } = [.. s_plain[..36].Concat(s_wide).Concat(s_selective).Concat(s_matrices).Where(seeded => seeded.Model.IsCausal)];
}
