using System;
using System.Linq;
using OperatorGen.TestKit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>The random models that the tests of generated code run over: always the same ones.</summary>
internal static class RandomSample
{
    private static readonly CellClass[] s_kinds = Enum.GetValues<CellClass>();
    private static readonly SeededModel[] s_plain = [.. Enumerable.Range(1, 75).Select(RandomModels.Create)];
    private static readonly SeededModel[] s_wide =
    [
        .. Enumerable.Range(1, 3 * s_kinds.Length).Select(seed => RandomModels.CreateWide(seed, s_kinds[seed % s_kinds.Length])),
        .. s_kinds.Select((kind, k) => RandomModels.Create(100 + k, ModelShape.DrawWide(new Random(100 + k), kind) with { InputWidth = 33, Encoder = true, Width = 17, InnerWidth = 17, Modes = 17 })),
    ];

    /// <summary>Models of every kind of cells, some of them wider than a vector.</summary>
    public static SeededModel[] All { get; } = [.. s_plain, .. s_wide];

    /// <summary>Fewer of them, for tests that cut and step through long sequences.</summary>
    public static SeededModel[] Some { get; } = [.. s_plain[..28], .. s_wide];
}
