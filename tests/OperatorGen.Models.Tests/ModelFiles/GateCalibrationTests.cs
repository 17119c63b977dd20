using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

/// <summary>The ranges of selective gates in a model file.</summary>
public class GateCalibrationTests
{
    private static readonly string s_hash = new('7', 64);

    [Fact]
    public void Ranges_are_read_as_they_were_written_also_of_gates_that_close()
    {
        ModelDeclaration declaration = Calibrated(new(0.25, 1.5, 0.5, 90), GateRange.Empty with { Closed = 90 }, new(-3, -1, -2, 80) { Closed = 10 }, new(1, 1, 1, 90), new(0, 2, 1, 90), new(0, 2, 1, 90));
        StageResult<ModelDeclaration> read = ModelFileReader.Read(ModelFileWriter.Write(declaration), default);
        Assert.Empty(read.Faults);
        Assert.Equal(declaration.Calibration, read.Value!.Calibration);
        Assert.Equal(declaration.ContentHash(), read.Value.ContentHash());
        Assert.NotEqual(declaration.ContentHash(), Calibrated(declaration.Calibration!.Layers[0].GateRanges.Reverse().ToArray()).ContentHash());
        Assert.Equal(declaration.Calibration, ArchitectureCatalog.Resolve(read.Value, default).Value!.Calibration);
    }

    [Fact]
    public void Ranges_of_another_model_are_refused()
    {
        ModelDeclaration[] others =
        [
            Calibrated(new GateRange(0, 1, 0.5, 9)),
            Samples.S4Example(new Random(1), preNorm: false, layers: 1) with { Calibration = Calibrated(new GateRange(0, 1, 0.5, 9)).Calibration },
        ];
        Assert.All(others, other => Assert.Contains(ArchitectureCatalog.Resolve(other, default).Faults, fault => fault.Kind == FaultKinds.CalibrationMismatch));
    }

    [Theory]
    [InlineData("[0.25, -2]", "[0.75, -2]")]
    [InlineData("[0.5, -1]", "[0.125, -1]")]
    [InlineData("[0.375, -1.5]", "[0.375, -5]")]
    [InlineData("[9, 8]", "[9, 8.5]")]
    [InlineData("[9, 8]", "[0, 8]")]
    [InlineData("[0, 1]", "[0, -1]")]
    [InlineData("[9, 8]", "[9, 0]")]
    public void Numbers_that_are_no_range_are_refused_at_their_place(string from, string to)
    {
        Assert.DoesNotContain(Marked.FaultsOf(Text()), fault => fault.Kind == FaultKinds.WrongValue);
        Marked marked = Marked.Parse(Text().Replace("\"gateRanges\"", "⟦\"gateRanges\"⟧", StringComparison.Ordinal).Replace(from, to, StringComparison.Ordinal));
        Fault fault = Assert.Single(Marked.FaultsOf(marked.Text));
        Assert.Equal((FaultKinds.WrongValue, marked.Place), (fault.Kind, fault.Place));
        Assert.Contains("min <= mean <= max", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"gateRanges\": {", "\"gateRanges\": ⟦1⟧, \"x\": {", "an object with 'min', 'max', 'mean', 'count'")]
    [InlineData("\"max\": { \"shape\": [2], \"values\": [0.5, -1] }", "\"max\": { \"shape\": [1], \"values\": [0.5] }", "one number per gate in each")]
    [InlineData("\"max\"", "\"most\"", "'max'")]
    [InlineData("\"gateRanges\": {", "\"readouts\": 1, \"gateRanges\": {", "'readouts'")]
    public void What_is_missing_or_unknown_is_named(string from, string to, string message)
    {
        string text = Text().Replace(from, to, StringComparison.Ordinal).Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal);
        Assert.NotEqual(Text(), text);
        Fault fault = Marked.FaultsOf(text).First(fault => fault.Message.Contains(message, StringComparison.Ordinal));
        Assert.NotNull(fault.Place);
    }

    private static ModelDeclaration Calibrated(params GateRange[] ranges) => Samples.Mamba1Block(new Random(2), bias: false) with
    {
        Calibration = new Calibration("set", 3, s_hash, EquatableArray.Of(ArgumentMeasures.OfGates(ranges.ToEquatableArray()))),
    };

    private static string Text() => $$"""
        { "format": "operatorgen/1", "architecture": "none",
          "calibration": { "name": "set", "count": 3, "sha256": "{{s_hash}}", "layers": { "0": { "gateRanges": {
            "min": { "shape": [2], "values": [0.25, -2] }, "max": { "shape": [2], "values": [0.5, -1] }, "mean": { "shape": [2], "values": [0.375, -1.5] },
            "count": { "shape": [2], "values": [9, 8] }, "closed": { "shape": [2], "values": [0, 1] } } } } },
          "tensors": { "x": { "shape": [1], "values": [1] } } }
        """;
}
