using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.TestKit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>The random models that the tests of generated code run over: always the same ones.</summary>
internal static class RandomSample
{
    private static readonly SeededModel[] s_plain = Compilable(RandomModels.Create, 60);
    private static readonly SeededModel[] s_keyValue = Compilable(KeyValueModel, 15);
    private static readonly SeededModel[] s_wide = Compilable(WideModel, 8);

    /// <summary>Models of every shape class: constant and selective cells, K x V cells, models wider than a vector.</summary>
    public static SeededModel[] All { get; } = [.. s_plain, .. s_keyValue, .. s_wide];

    /// <summary>Fewer of them, for tests that cut and step through long sequences.</summary>
    public static SeededModel[] Some { get; } = [.. s_plain[..20], .. s_keyValue[..8], .. s_wide];

    private static SeededModel[] Compilable(Func<int, SeededModel> create, int count) =>
        [.. Enumerable.Range(1, 10_000).Select(create).Where(seeded => GeneratedKinds.Supports(seeded.Model)).Take(count)];

    private static SeededModel KeyValueModel(int seed) =>
        RandomModels.Create(seed, ModelShape.Draw(new Random(seed), CellClass.KeyValue) with { Order = ReadOrder.PostUpdate });

    private static SeededModel WideModel(int seed) =>
        RandomModels.Create(seed, ModelShape.DrawWide(new Random(seed), (CellClass)(seed % 3)) with { Order = ReadOrder.PostUpdate });
}
