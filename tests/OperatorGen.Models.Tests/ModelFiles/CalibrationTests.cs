using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

public class CalibrationTests
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public void A_calibration_and_all_options_are_read_as_they_were_written()
    {
        ModelDeclaration declaration = Calibrated(layers: 2);
        StageResult<ModelDeclaration> read = ModelFileReader.Read(ModelFileWriter.Write(declaration), default);
        Assert.Empty(read.Faults);
        Assert.Equal(declaration.Calibration, read.Value!.Calibration);
        Assert.Equal(declaration.Options, read.Value.Options);
        Assert.Equal(declaration.ContentHash(), read.Value.ContentHash());
        Assert.Equal(ModelFileWriter.Write(declaration), ModelFileWriter.Write(read.Value));
    }

    [Fact]
    public void The_resolved_model_has_the_calibration()
    {
        ModelDeclaration declaration = Calibrated(layers: 2);
        StageResult<SequenceModel> model = ArchitectureCatalog.Resolve(declaration, default);
        Assert.DoesNotContain(model.Faults, fault => fault.Kind.Severity == FaultSeverity.Error);
        Assert.Equal(declaration.Calibration, model.Value!.Calibration);
    }

    [Fact]
    public void A_change_of_the_calibration_changes_the_models_hash()
    {
        ModelDeclaration declaration = Calibrated(layers: 2);
        Calibration calibration = declaration.Calibration!;
        ModelDeclaration[] others =
        [
            declaration with { Calibration = null },
            declaration with { Calibration = calibration with { Name = "other" } },
            declaration with { Calibration = calibration with { Count = 8 } },
            declaration with { Calibration = calibration with { Layers = calibration.Layers.Reverse().ToEquatableArray() } },
        ];
        Assert.Equal(others.Length + 1, others.Append(declaration).Select(other => other.ContentHash()).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(2, 2, 3)]
    [InlineData(2, 3, 0)]
    public void A_calibration_of_another_model_is_refused(int layers, int readouts, int gates)
    {
        ModelDeclaration declaration = Calibrated(2) with { Calibration = Calibration(layers, readouts, gates), Places = DeclarationPlaces.None with { Calibration = new TextPlace(7, 3, 13) } };
        Fault fault = Assert.Single(ArchitectureCatalog.Resolve(declaration, default).Faults, fault => fault.Kind == FaultKinds.CalibrationMismatch);
        Assert.Equal(declaration.Places.Calibration, fault.Place);
    }

    [Theory]
    [InlineData("\"count\": 7", "\"count\": ⟦0⟧", "a positive integer")]
    [InlineData("\"count\": 7", "\"count\": ⟦\"7\"⟧", "a positive integer")]
    [InlineData("\"name\": \"set\"", "\"name\": ⟦7⟧", "the name of the calibration set")]
    [InlineData("\"sha256\": \"" + Hash + "\"", "\"sha256\": ⟦\"00\"⟧", "64 lower-case hexadecimal digits")]
    [InlineData("\"0\": {", "⟦\"1\"⟧: {", "'0', an object with 'readouts'")]
    [InlineData("\"calibration\": {", "\"calibration\": ⟦1⟧, \"source\": {", "an object with 'name'")]
    public void A_value_that_cannot_be_used_is_named_with_its_place(string from, string to, string message)
    {
        string text = ModelFileWriter.Write(Calibrated(2));
        Assert.Contains(from, text, StringComparison.Ordinal);
        Marked marked = Marked.Parse(ReplaceFirst(text, from, to));
        Fault fault = Marked.FaultsOf(marked.Text).First(fault => fault.Kind == FaultKinds.WrongValue);
        Assert.Equal(marked.Place, fault.Place);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0.25, 0.75]", "[0.25, 0.25]", "sum 1")]
    [InlineData("[0.25, 0.75]", "[-0.25, 1.25]", "positive")]
    [InlineData("[-1, 2]", "[2, -1]", "ascending")]
    [InlineData("[-1.5, 3]", "[-0.5, 3]", "outside of the range")]
    [InlineData("[-1.5, 3]", "[-1.5, 1]", "outside of the range")]
    [InlineData("\"counts\": { \"shape\": [1], \"values\": [2] }", "\"counts\": { \"shape\": [1], \"values\": [3] }", "whose sum is the number of nodes")]
    [InlineData("\"counts\": { \"shape\": [1], \"values\": [2] }", "\"counts\": { \"shape\": [1], \"values\": [1.5] }", "positive whole counts")]
    public void Nodes_and_weights_that_are_no_distribution_are_refused(string from, string to, string message)
    {
        string text = Modes();
        Assert.Empty(Marked.FaultsOf(text));
        Fault fault = Assert.Single(Marked.FaultsOf(ReplaceFirst(text, from, to)));
        Assert.Equal(FaultKinds.WrongValue, fault.Kind);
        Assert.NotNull(fault.Place);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_or_unknown_is_named()
    {
        Assert.Contains(Marked.FaultsOf(ReplaceFirst(Modes(), "\"name\": \"set\", ", "")), fault => fault.Kind == FaultKinds.MissingKey && fault.Message.Contains("'name'", StringComparison.Ordinal));
        Assert.Contains(Marked.FaultsOf(ReplaceFirst(Modes(), "\"range\"", "\"ranges\"")), fault => fault.Kind == FaultKinds.MissingKey && fault.Message.Contains("'range'", StringComparison.Ordinal));
        Assert.Contains(Marked.FaultsOf(ReplaceFirst(Modes(), "\"name\"", "\"naem\"")), fault => fault.Kind == FaultKinds.UnknownKey);
    }

    [Fact]
    public void More_numbers_than_the_limit_are_refused_before_they_are_read() =>
        Assert.Contains(Marked.FaultsOf(ReplaceFirst(Modes(), "\"nodes\": { \"shape\": [2]", "\"nodes\": { \"shape\": [100000000]")), fault => fault.Kind == FaultKinds.TooLarge);

    [Theory]
    [InlineData("\"expansion\": ⟦\"pade\"⟧")]
    [InlineData("\"expansion\": ⟦2⟧")]
    [InlineData("\"centre\": ⟦\"0\"⟧")]
    [InlineData("\"centre\": ⟦1e999⟧")]
    [InlineData("\"maxLength\": ⟦0⟧")]
    [InlineData("\"maxLength\": ⟦1.5⟧")]
    public void An_option_that_cannot_be_used_is_named(string option) =>
        Marked.Expect(FaultKinds.WrongValue, Modes().Replace("\"order\": 4", option, StringComparison.Ordinal));

    private static string ReplaceFirst(string text, string from, string to)
    {
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        return text[..at] + to + text[(at + from.Length)..];
    }

    private static string Modes() => $$"""
        { "format": "operatorgen/1", "architecture": "modes",
          "hyper": { "discretization": "none", "gamma": 1, "decoder": "tanh" },
          "options": { "order": 4 },
          "calibration": { "name": "set", "count": 7, "sha256": "{{Hash}}", "layers": { "0": { "readouts": {
            "counts": { "shape": [1], "values": [2] }, "range": { "shape": [1, 2], "values": [-1.5, 3] },
            "nodes": { "shape": [2], "values": [-1, 2] }, "weights": { "shape": [2], "values": [0.25, 0.75] } } } } },
          "tensors": { "eigenvalue": { "shape": [1, 2], "values": [0.5, 0.25] }, "input": { "shape": [1, 2], "values": [1, 0] }, "output": { "shape": [1, 2], "values": [2, 0] } } }
        """;

    private static ModelDeclaration Calibrated(int layers) => Samples.S4Example(new Random(5), preNorm: true, layers: 2) with
    {
        Calibration = Calibration(layers, 3, 3),
        Options = new ModelOptions(4, -1, 1, Precision.Double) { Expansion = ExpansionKind.Measure, Centre = 0.125, MaxLength = 100 },
    };

    private static Calibration Calibration(int layers, int readouts, int gates)
    {
        var random = new Random(6);
        return new Calibration("set", 7, Hash, Enumerable.Range(0, layers).Select(_ => new ArgumentMeasures(Measures(readouts), Measures(gates))).ToEquatableArray());

        EquatableArray<ArgumentMeasure> Measures(int count) => Enumerable.Range(0, count).Select(_ =>
        {
            double[] nodes = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(i => i + random.NextDouble())];
            return new ArgumentMeasure(new ReducedMeasure(nodes, [.. nodes.Select(_ => 1.0 / nodes.Length)]), nodes[0] - random.NextDouble(), nodes[^1] + 1);
        }).ToEquatableArray();
    }
}
