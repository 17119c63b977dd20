using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>Linear controlled differential equations.</summary>
public sealed class LinearCdeTests
{
    [Fact]
    public void Sizes_are_read_off_the_tensors()
    {
        LinearCde cell = Cell(Samples.LinearCde(new Random(1)));
        Assert.Equal((2, 3, 4, LinearCdeStep.Exponential), (cell.Inputs, cell.States, cell.Outputs, cell.Step));
        Assert.Equal([4], cell.StateSizes);
        Assert.False(cell.IsConstant);
        Assert.NotNull(cell.B);
    }

    [Theory]
    [InlineData("exponential", "path", true)]
    [InlineData("exponential", "increments", false)]
    [InlineData("euler", "path", true)]
    [InlineData("euler", "increments", false)]
    [InlineData("exponential", null, true)]
    [InlineData("euler", null, false)]
    [InlineData("token", null, false)]
    [InlineData("token", "increments", false)]
    public void Points_of_a_path_are_differences_before_the_recurrence(string step, string? input, bool isPath)
    {
        HyperParameter[] hyper = [Text("step", step), .. input is null ? Array.Empty<HyperParameter>() : [Text("input", input)]];
        Layer layer = Resolve(Samples.LinearCde(new Random(2), hyper: hyper)).Layers[0];
        Assert.Equal(isPath, layer.Input.Convolution is not null);
        if (layer.Input.Convolution is { } differences)
        {
            Assert.Equal([-1.0, 1, -1, 1], differences.Weight.Values.ToArray());
            Assert.Null(differences.Bias);
        }

        Assert.Equal(step switch { "exponential" => LinearCdeStep.Exponential, "euler" => LinearCdeStep.Euler, _ => LinearCdeStep.Product }, ((LinearCde)layer.Cell).Step);
    }

    [Fact]
    public void B_may_be_left_out()
    {
        ModelDeclaration sample = Samples.LinearCde(new Random(3));
        Assert.Null(Cell(sample with { Tensors = sample.Tensors.Where(tensor => tensor.Name != "B").ToEquatableArray() }).B);
    }

    [Fact]
    public void What_was_assumed_is_said()
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(Samples.LinearCde(new Random(4)), default);
        Assert.Equal([("step", "exponential"), ("input", "path")], result.Assumed.Select(assumed => (assumed.Name, assumed.Value)));
        Assert.Empty(ArchitectureCatalog.Resolve(Samples.LinearCde(new Random(4), hyper: [Text("step", "token")]), default).Value is null ? ["refused"] : Array.Empty<string>());
    }

    [Theory]
    [InlineData("⟦\"A\"⟧: { \"shape\": [1, 2, 1], \"values\": [1, 2] }", "A")]
    [InlineData("⟦\"Z_0\"⟧: { \"shape\": [2], \"values\": [1, 2] }", "Z_0")]
    [InlineData("⟦\"B\"⟧: { \"shape\": [1, 2], \"values\": [1, 2] }", "B")]
    [InlineData("⟦\"C\"⟧: { \"shape\": [1, 2], \"values\": [1, 2] }", "C")]
    public void A_tensor_of_another_shape_is_refused_at_its_place(string marked, string name)
    {
        Fault fault = Marked.Expect(FaultKinds.MisshapenTensor, Model(marked, name));
        Assert.Contains($"'{name}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("Z_0")]
    [InlineData("C")]
    public void A_missing_tensor_is_named(string name) =>
        Assert.Contains(Marked.FaultsOf(Model("", name)), fault => fault.Kind == FaultKinds.MissingTensor && fault.Message.Contains($"'{name}'", StringComparison.Ordinal));

    [Fact]
    public void A_matrix_of_too_many_rows_is_refused() => Assert.Contains(
        Marked.FaultsOf("{ \"format\": \"operatorgen/1\", \"architecture\": \"linear-cde\", \"hyper\": { \"d\": 1, \"N\": 513, \"p\": 1 }, \"tensors\": {} }"),
        fault => fault.Message.Contains("at most 512", StringComparison.Ordinal));

    [Fact]
    public void Its_modes_are_not_taken_out() => Assert.NotNull(ArchitectureCatalog.Find("linear-cde")!.ModesOf(Samples.LinearCde(new Random(5))).Obstacle);

    /// <summary>A model of one input, state and output with one tensor in the place of another.</summary>
    private static string Model(string tensor, string replaced)
    {
        string[] tensors =
        [
            "\"A\": { \"shape\": [1, 1, 1], \"values\": [1] }", "\"B\": { \"shape\": [1, 1], \"values\": [1] }", "\"Z_0\": { \"shape\": [1], \"values\": [1] }", "\"C\": { \"shape\": [1, 1], \"values\": [1] }",
        ];
        return "{ \"format\": \"operatorgen/1\", \"architecture\": \"linear-cde\", \"hyper\": { \"d\": 1, \"N\": 1, \"p\": 1, \"step\": \"exponential\", \"input\": \"path\" }, \"tensors\": { "
            + string.Join(", ", tensors.Where(each => !each.StartsWith($"\"{replaced}\"", StringComparison.Ordinal)).Concat(tensor.Length == 0 ? Array.Empty<string>() : [tensor])) + " } }";
    }

    private static HyperParameter Text(string name, string value) => new(name, value, HyperKind.Text, null);

    private static LinearCde Cell(ModelDeclaration declaration) => Assert.IsType<LinearCde>(Resolve(declaration).Layers[0].Cell);

    private static SequenceModel Resolve(ModelDeclaration declaration)
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(declaration, default);
        Assert.Empty(result.Faults.Select(fault => fault.Message));
        return result.Value!;
    }
}
