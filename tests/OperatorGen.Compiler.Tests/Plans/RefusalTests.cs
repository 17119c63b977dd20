using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>What has no plan gets its diagnostic, and what has one gets the same text everywhere.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void Every_random_model_is_planned()
    {
        for (int seed = 1; seed <= 150; seed++)
        {
            foreach (CellClass cells in Enum.GetValues<CellClass>())
            {
                StageResult<PlanSet> result = CompilerStages.Plan(RandomModels.Create(seed, cells).Model, Precision.Both, default);
                Assert.DoesNotContain(result.Faults, fault => fault.Kind.Severity == FaultSeverity.Error);
                Assert.Equal(2, result.Value!.Plans.Count);
            }
        }
    }

    [Theory]
    [InlineData(SelectiveKind.Mamba, "one value per key and are read after the update")]
    [InlineData(SelectiveKind.Retnet, "complex keys and queries are those")]
    [InlineData(SelectiveKind.LogGate, "complex cells of several values")]
    [InlineData(SelectiveKind.Delta, "delta rule are read after the update")]
    [InlineData(SelectiveKind.GatedDelta, "delta rule have keys and queries")]
    [InlineData(SelectiveKind.Rwkv6, "a bonus belongs to a read before the update")]
    public void Selective_cells_without_a_scan_are_refused_and_keep_their_operator(SelectiveKind kind, string reason)
    {
        SequenceModel model = RandomModels.Create(31, new ModelShape { Cells = CellClass.Selective, Selective = kind }).Model;
        Assert.NotNull(CompilerStages.Plan(model, Precision.Single, default).Value);
        SequenceModel changed = model with { Layers = EquatableArray.Of(model.Layers[0] with { Cell = WithoutScan((SelectiveCell)model.Layers[0].Cell, kind) }) };
        StageResult<PlanSet> result = CompilerStages.Plan(changed, Precision.Single, default);
        Assert.Null(result.Value);
        Fault fault = Assert.Single(result.Faults);
        Assert.Equal("OPG0403", fault.Kind.Id);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(CompilerStages.Expand(changed, ModelOptions.None, default).Value);
    }

    [Fact]
    public void A_state_with_a_name_is_refused_where_modes_run_in_both_directions()
    {
        Assert.All(new[] { CellClass.Constant, CellClass.Shared }, kind =>
        {
            SequenceModel model = RandomModels.Create(5, new ModelShape { Cells = kind, BothDirections = 1 }).Model;
            SequenceModel named = model with { Layers = EquatableArray.Of(model.Layers[0] with { Cell = model.Layers[0].Cell with { StateName = "state" } }) };
            Fault fault = Assert.Single(CompilerStages.Plan(named, Precision.Single, default).Faults);
            Assert.Equal("OPG0403", fault.Kind.Id);
            Assert.Contains("both directions", fault.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_weight_that_single_precision_cannot_hold_is_refused_there_and_taken_in_double()
    {
        SequenceModel model = TestModels.Waves("identity", [0.5, 0], [1e300, 0]);
        foreach (Precision precision in new[] { Precision.Single, Precision.Both })
        {
            StageResult<PlanSet> result = CompilerStages.Plan(model, precision, default);
            Assert.Null(result.Value);
            Fault fault = Assert.Single(result.Faults, fault => fault.Kind.Severity == FaultSeverity.Error);
            Assert.Equal("OPG0404", fault.Kind.Id);
            Assert.Contains("1e300", fault.Message, StringComparison.OrdinalIgnoreCase);
        }

        Assert.NotNull(CompilerStages.Plan(model, Precision.Double, default).Value);
    }

    [Fact]
    public void Weights_above_four_mebibytes_are_refused_and_ones_below_are_not()
    {
        // A linear map of n x n floats with a little around it: 1016 n^2 is just below 4 MiB = 1024^2 floats, 1024 is above with the bias.
        Assert.Contains(Errors(1024, Precision.Single), id => id == "OPG0400");
        Assert.Empty(Errors(992, Precision.Single));
        Assert.Contains(Errors(992, Precision.Double), id => id == "OPG0400");
        Assert.Contains(Errors(992, Precision.Both), id => id == "OPG0400");
    }

    [Fact]
    public void Symbols_give_no_plan_and_no_error()
    {
        SequenceModel model = TestModels.Inline("identity", DiscretizationRule.None, null, null, ["alpha", "0", "1", "0", "1", "0"]);
        StageResult<PlanSet> result = CompilerStages.Plan(model, Precision.Both, default);
        Assert.Empty(result.Value!.Plans);
        Assert.Equal("OPG0402", Assert.Single(result.Faults).Kind.Id);
    }

    [Fact]
    public void The_text_is_the_same_twice_and_in_every_culture()
    {
        foreach (SeededModel seeded in Evaluation.Samples.All)
        {
            string first = GeneratedModel.Generate(seeded.Model, Precision.Both).Text;
            Assert.Equal(first, GeneratedModel.Generate(seeded.Model, Precision.Both).Text);
            foreach (string culture in new[] { "de-DE", "fi-FI", "tr-TR" })
            {
                CultureInfo before = CultureInfo.CurrentCulture;
                try
                {
                    CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                    SeededModel again = RandomModels.Create(seeded.Seed, seeded.Shape);
                    Assert.Equal(first, GeneratedModel.Generate(again.Model, Precision.Both).Text);
                }
                finally
                {
                    CultureInfo.CurrentCulture = before;
                }
            }

            Assert.DoesNotContain('\r', first);
        }
    }

    /// <summary>Cells of a kind with the one thing that no scan has.</summary>
    private static SelectiveCell WithoutScan(SelectiveCell cell, SelectiveKind kind) => kind switch
    {
        SelectiveKind.Mamba => cell with { Order = ReadOrder.PreUpdate },
        SelectiveKind.Retnet => cell with { Query = new ConstantParameter(new Tensor(EquatableArray.Of(cell.Count, cell.KeyWidth, 2), new double[2 * cell.Count * cell.KeyWidth]), Field.Complex) },
        SelectiveKind.LogGate => cell with { Field = Field.Complex },
        SelectiveKind.Delta => cell with { Order = ReadOrder.PreUpdate },
        SelectiveKind.GatedDelta => cell with { Query = null },
        SelectiveKind.Rwkv6 => cell with { Bonus = new Tensor(EquatableArray.Of(cell.Count, cell.KeyWidth), new double[cell.Count * cell.KeyWidth]), Key = null },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string[] Errors(int size, Precision precision)
    {
        SequenceModel model = TestModels.Waves("identity", [0.5, 0], [1, 0]);
        var wide = new Linear(1, size, new Tensor(EquatableArray.Of(size, 1), new double[size]), null);
        var square = new Linear(size, size, new Tensor(EquatableArray.Of(size, size), new double[size * size]), null);
        var halves = new Tensor(EquatableArray.Of(size, 1, 2), [.. Enumerable.Repeat(0.5, 2 * size)]);
        ChannelModes cell = (ChannelModes)model.Layers[0].Cell with { Channels = size, A = halves, B = halves, C = halves };
        Layer layer = model.Layers[0] with { Width = size, Cell = cell };
        StageResult<PlanSet> result = CompilerStages.Plan(model with { Encoder = wide, Layers = EquatableArray.Of(layer), Head = square }, precision, default);
        return [.. result.Faults.Where(fault => fault.Kind.Severity == FaultSeverity.Error).Select(fault => fault.Kind.Id)];
    }
}
