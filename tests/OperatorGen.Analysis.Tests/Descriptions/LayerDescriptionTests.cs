using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Descriptions;

/// <summary>Descriptions made from padded tables.</summary>
public sealed class LayerDescriptionTests
{
    [Fact]
    public void Waves_are_taken_out_of_padded_tables()
    {
        // Two channels of two complex modes in rows of four: per mode a row of real and one of imaginary parts.
        float[] eigenvalues = [0.5f, 0.25f, 9, 9, 0.125f, 0, 9, 9, -0.5f, 0.75f, 9, 9, 1, 2, 9, 9];
        float[] weights = [1, 2, 9, 9, 3, 4, 9, 9, 5, 6, 9, 9, 7, 8, 9, 9];
        ModeBank waves = ModeRows.PerChannel(2, 2, true, PaddedTable.Read(eigenvalues, 4, 4, (0, 2)), null, PaddedTable.Read(weights, 4, 4, (0, 2)), PaddedTable.Read([0.5f, -1, 9, 9], 1, 4, (0, 2)));
        LayerDescription layer = Layer(waves, "gelu-erf");
        Assert.Equal(new Wave(new ComplexNumber(0.5, 0.125), new ComplexNumber(1, 3)), layer.Wave(0, 0));
        Assert.Equal(new Wave(new ComplexNumber(0.75, 2), new ComplexNumber(6, 8)), layer.Wave(1, 1));
        Assert.Equal(-1, layer.Skip(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Wave(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Wave(0, -1));
    }

    [Fact]
    public void A_real_mode_has_one_row()
    {
        LayerDescription layer = Layer(ModeRows.PerChannel(1, 2, false, [0.5, 0.25], null, [3, 4], null), "tanh");
        Assert.Equal(new Wave(0.25, 4), layer.Wave(0, 1));
        Assert.False(layer.Bank!.HasSkip);
        Assert.Equal(0, layer.Skip(0));
        Assert.False(layer.IsSelective);
    }

    [Fact]
    public void Segments_of_a_padded_table_stand_side_by_side()
    {
        double[] table = [1, 2, 9, 9, 3, 9, 9, 9, 4, 5, 9, 9, 6, 9, 9, 9];
        Assert.Equal([1, 2, 3, 4, 5, 6], PaddedTable.Read(table, 2, 8, (0, 2), (4, 1)));
        Assert.Throws<ArgumentException>(() => PaddedTable.Read(table, 3, 8, (0, 1)));
        Assert.Throws<ArgumentException>(() => PaddedTable.Read(table, 2, 8, (7, 2)));
    }

    [Fact]
    public void Panels_of_a_padded_table_are_put_together_to_rows()
    {
        // 2 rows of 7 columns: panels of 3, 3 and 1, each row by row.
        float[] table = [1, 2, 9, 4, 5, 9, 9, 3, 9, 9, 6, 9, 7, 8];
        Assert.Equal([1, 2, 3, 7, 4, 5, 6, 8], PaddedTable.ReadPanels(3, table, 2, 7, (0, 2), (4, 1), (6, 1)));
        Assert.Throws<ArgumentException>(() => PaddedTable.ReadPanels(3, table, 3, 7, (0, 1)));
        Assert.Throws<ArgumentException>(() => PaddedTable.ReadPanels(0, table, 2, 7, (0, 1)));
    }

    [Fact]
    public void A_selective_layer_has_no_waves()
    {
        LayerDescription layer = new() { Name = "m", Width = 2, Recurrence = new SelectiveRecurrence(new SelectiveSignals(3), 3, 4, 1, false, new DecayGate([0.5, 0.5, 0.5]), 0, null, null, 1), Decoder = DecoderFunctions.Identity };
        Assert.True(layer.IsSelective);
        Assert.Throws<InvalidOperationException>(() => layer.Wave(0, 0));
    }

    private static LayerDescription Layer(ModeBank waves, string decoder) =>
        new() { Name = "l", Width = waves.Inputs, Recurrence = waves, Decoder = DecoderFunctions.Find(decoder)! };
}
