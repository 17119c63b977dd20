using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tests.Selective;

/// <summary>Random selective models of every kind, of one layer and of two, each with an input: always the same ones.</summary>
internal sealed record SelectiveSample(SequenceModel Model, OperatorDescription Operator, double[] Input)
{
    public const int Steps = 9;

    /// <summary>All kinds.</summary>
    public static TheoryData<SelectiveKind> Kinds => [.. Enum.GetValues<SelectiveKind>()];

    /// <summary>The models of a kind.</summary>
    public static SelectiveSample[] Of(SelectiveKind kind) => [.. Enumerable.Range(1, 4).Select(seed =>
    {
        ModelShape drawn = ModelShape.Draw(new Random(seed + (10 * (int)kind)), CellClass.Selective);
        SequenceModel model = RandomModels.Create(seed, drawn with { Layers = 1 + (seed % 2), Selective = kind, Slices = (seed + (int)kind) % 2 == 0 }).Model;
        return new SelectiveSample(model, OperatorDescriptions.Of(model), RandomModels.Input(model, Steps, seed));
    })];

    /// <summary>The paths of all layers.</summary>
    public SelectivePath[] Paths()
    {
        var pass = new SelectivePass(Operator, Input);
        return [.. Enumerable.Range(0, Operator.Layers.Count).Select(pass.Layer)];
    }
}
