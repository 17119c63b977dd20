using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class RandomModelsTests
{
    [Fact]
    public void The_same_seed_makes_the_same_model()
    {
        Assert.Equal(RandomModels.Create(17).Model, RandomModels.Create(17).Model);
        Assert.NotEqual(RandomModels.Create(17).Model, RandomModels.Create(18).Model);
    }

    [Fact]
    public void Random_models_stay_finite_and_of_moderate_size()
    {
        // A constant layer multiplies by at most some tens: its modes forget within five steps, or by 0.9 a step; an oscillator that does not forget has a small step.
        // A linear controlled differential equation turns its state or moves it by little.
        // A selective layer is cubic in
        // inputs of order 1. Three of the former, or one of the latter behind a norm, stay well below 1e5.
        for (int seed = 0; seed < 300; seed++)
        {
            SeededModel seeded = RandomModels.Create(seed, (CellClass)(seed % Enum.GetValues<CellClass>().Length));
            double[] output = new ReferenceEvaluator(seeded.Model).Forward(RandomModels.Input(seeded.Model, 40, seed));
            Assert.All(output, y => Assert.InRange(y, -1e5, 1e5));
        }
    }

    [Fact]
    public void Every_kind_of_recurrence_has_a_class_of_random_models()
    {
        Cell[] cells = [.. Enum.GetValues<CellClass>().Select(kind => RandomModels.Create(1, kind).Model.Layers[0].Cell)];
        Assert.Equal(Enum.GetValues<CellClass>(), cells.Select(cell => cell.Accept(new CellClasses())));
        IEnumerable<Type> kinds = typeof(Cell).Assembly.GetTypes().Where(type => type.IsSealed && type.IsSubclassOf(typeof(Cell)));
        Assert.Equal(kinds.Select(kind => kind.Name).Order(), cells.Select(cell => cell.GetType().Name).Order());
    }

    [Fact]
    public void Every_kind_of_selective_cells_and_everything_about_them_is_drawn()
    {
        ModelShape[] shapes = [.. Enumerable.Range(0, 300).Select(seed => ModelShape.Draw(new Random(seed), CellClass.Selective))];
        Assert.Equal(Enum.GetValues<SelectiveKind>(), new SortedSet<SelectiveKind>(shapes.Select(shape => shape.Selective)));
        Assert.Equal(Enum.GetValues<NormKind>(), new SortedSet<NormKind>(shapes.Select(shape => shape.Norms)));
        Layer[] layers = [.. shapes.SelectMany((shape, seed) => RandomModels.Create(seed, shape).Model.Layers)];
        SelectiveCell[] cells = [.. layers.Select(layer => (SelectiveCell)layer.Cell)];
        Assert.Equal(Enum.GetValues<StateOrder>(), new SortedSet<StateOrder>(cells.Select(cell => cell.Layout)));
        Assert.Contains(cells, cell => cell.Key is SelectiveParameter { Signal: { } key } && key.Width < cell.Count * cell.KeyWidth && key.Width > cell.KeyWidth);
        Assert.Contains(cells, cell => cell.Skip?.Count > cell.Count);
        Assert.Contains(cells, cell => cell is { Order: ReadOrder.PreUpdate, Bonus: null });
        Assert.Contains(cells, cell => cell is { Order: ReadOrder.PreUpdate, Bonus: not null });
        Assert.Contains(layers, layer => layer.Input is { Projection: null, GateWidth: > 0, PassedWidth: > 0, Convolution: not null });
        Assert.Contains(layers, layer => layer.Input is { Projection: not null, PassedWidth: > 0, Convolution: null });
        Assert.Contains(layers, layer => layer.Decoder is { Side: not null, NormAfterGate: true, Norm: RmsNorm norm } && norm.GroupWidth < norm.Width);
        Assert.Contains(layers, layer => layer.Decoder is { Gate: null, Norm: LengthNorm });
        Assert.Contains(layers, layer => layer.FeedForward is { Norm: null, Up.Outputs: > 1 });
        Assert.Contains(layers, layer => layer.FeedForward is { Norm: not null, Up.Outputs: > 9 });
    }

    [Fact]
    public void FsCheck_draws_random_models_and_names_the_seed_of_a_failure()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(RandomModels.Arbitrary(), seeded => RandomModels.Create(seeded.Seed).Model.Equals(seeded.Model)));
        string message = Assert.ThrowsAny<Exception>(() => Check.QuickThrowOnFailure(Prop.ForAll(RandomModels.Arbitrary(CellClass.Selective), seeded => seeded.Seed < 0))).Message;
        Assert.Contains("seed ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_500_seeds_hold_every_shape_class()
    {
        SeededModel[] models = [.. Enumerable.Range(0, 500).Select(RandomModels.Create)];
        Layer[] layers = [.. models.SelectMany(m => m.Model.Layers)];

        foreach (DecoderFunction function in DecoderFunctions.All.Where(function => function is not Exp))
        {
            Assert.Contains(layers, layer => layer.Cell.IsConstant && layer.Decoder.Activation.Equals(function));
        }

        // A model of the rule DSS is another one for every length.
        foreach (DiscretizationRule rule in Enum.GetValues<DiscretizationRule>().Where(rule => rule != DiscretizationRule.Dss))
        {
            Assert.Contains(layers, layer => layer.Cell is ModeCell { Field: Field.Real } cell && cell.Rule == rule);
            Assert.Contains(layers, layer => layer.Cell is ModeCell { Field: Field.Complex } cell && cell.Rule == rule);
        }

        Assert.Equal(Enumerable.Range(1, 9), new SortedSet<int>(layers.Where(layer => layer.Cell.IsConstant).Select(layer => layer.Cell.StateSizes[^1])));
        Assert.Contains(layers, layer => layer.Cell is ChannelModes { Reads: > 1 });
        Assert.Contains(layers, layer => layer.Cell is ChannelModes { StateName: not null });
        Assert.Contains(layers, layer => layer.Cell is ChannelModes { Channels: > 1, Modes: > 1 } cell && cell.Delta.Count == cell.ModeCount);
        Assert.Contains(layers, layer => layer.Cell is SharedModes { Inputs: > 1, Modes: > 1 } cell && cell.Delta.Count == cell.ModeCount);
        Assert.Equal(Enumerable.Range(1, 9), new SortedSet<int>(models.Select(m => m.Shape.InputWidth)));
        Assert.Equal([0, 1, 2, 3, 4], new SortedSet<int>(layers.Where(l => !l.Cell.IsConstant).Select(l => l.Input.Convolution?.Width ?? 0)));
        Assert.Contains(layers, layer => layer.Decoder.Unit is SplitGlu);
        Assert.Contains(layers, layer => layer.Decoder.Unit is HalfGlu { Value: GluValue.Activated });
        Assert.Contains(layers, layer => layer.Decoder.Unit is HalfGlu { Value: GluValue.Readout });
        Assert.Contains(layers, layer => layer.Decoder.Unit is FinalActivation);
        Assert.Contains(layers, layer => layer.PreNorm is BatchNorm);
        Assert.Contains(layers, layer => layer.Decoder.Mixing is null);
        Assert.Contains(layers, layer => layer.Cell.Skip is null);
        Assert.Contains(layers, layer => layer.PreNorm is not null && layer.PostNorm is not null);
        Assert.Contains(models, m => m.Model.Pooling == Pooling.Mean && m.Model.Head is null);
        Assert.Contains(models, m => m.Model.Pooling == Pooling.Last && m.Model.Head is not null);
        Assert.Contains(models, m => m.Model.Scaling is not null && m.Model.Encoder is null);
    }
}
