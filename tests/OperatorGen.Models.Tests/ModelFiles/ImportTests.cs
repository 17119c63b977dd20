using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

public class ImportTests
{
    [Fact]
    public void A_checkpoint_behind_a_prefix_becomes_the_declaration()
    {
        ModelDeclaration sample = Samples.S4DClassifier(new Random(1));
        StageResult<ModelDeclaration> result = Import(sample, "model.");
        Assert.Empty(result.Faults.Select(fault => fault.Message));
        Assert.Equal(sample.ContentHash(), result.Value!.ContentHash());
    }

    [Fact]
    public void Tensors_without_the_prefix_belong_to_something_else()
    {
        ModelDeclaration sample = Samples.S4DClassifier(new Random(1));
        StageResult<ModelDeclaration> result = Import(sample, "model.", [("optimizer.step", EquatableArray.Of(1), [1.0])]);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public void Every_mistake_is_named()
    {
        ModelDeclaration sample = Samples.S4DClassifier(new Random(1));
        ModelDeclaration spoiled = sample with
        {
            Hyper = new([.. sample.Hyper.Where(hyper => hyper.Name != "d_state"), CheckpointImport.ParseHyper("d_stat=4")!]),
            Tensors = new([.. sample.Tensors.Where(tensor => tensor.Name != "D").Select(tensor => tensor.Name == "encoder.bias" ? Samples.Random(new Random(2), "encoder.bias", 4) : tensor)]),
        };
        StageResult<ModelDeclaration> result = Import(spoiled, "", [("dropout.p", EquatableArray.Of(1), [1.0])]);
        Assert.Null(result.Value);
        Assert.Equal(["OPG0201", "OPG0204", "OPG0205", "OPG0206"], result.Faults.Select(fault => fault.Kind.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_number_that_is_not_finite_is_named_by_tensor_and_index()
    {
        StageResult<ModelDeclaration> result = Import(Samples.S4DClassifier(new Random(1)), "", [("x", EquatableArray.Of(2, 2), [0, 0, double.NaN, double.NegativeInfinity])]);
        Fault fault = Assert.Single(result.Faults);
        Assert.Equal(FaultKinds.NotFinite, fault.Kind);
        Assert.Contains("Element [1, 0] of tensor 'x' is not a number (and 1 more)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_prefix_and_a_repeated_name_are_named()
    {
        ModelDeclaration sample = Samples.S4DClassifier(new Random(1));
        StageResult<ModelDeclaration> result = CheckpointImport.ToDeclaration(Tensors(sample, ""), sample.Architecture, sample.Hyper, "model.", default, default);
        Assert.Equal(FaultKinds.WrongValue, Assert.Single(result.Faults).Kind);
        Assert.Equal(FaultKinds.DuplicateKey, Assert.Single(Import(sample, "", [("D", EquatableArray.Of(3), [0, 0, 0])]).Faults).Kind);
        Assert.Equal(FaultKinds.DuplicateKey, Assert.Single(Import(sample with { Hyper = new([.. sample.Hyper, sample.Hyper[0]]) }, "").Faults).Kind);
    }

    [Fact]
    public void A_checkpoint_above_the_limit_is_refused()
    {
        StageResult<ModelDeclaration> result = Import(Samples.S4DClassifier(new Random(1)), "", [("large", EquatableArray.Of(1 << 20), new double[1 << 20])]);
        Assert.Equal(FaultKinds.WeightsTooLarge, Assert.Single(result.Faults).Kind);
    }

    [Theory]
    [InlineData("d_model=64", "d_model", "64", HyperKind.Number)]
    [InlineData("eps=1e-5", "eps", "1e-5", HyperKind.Number)]
    [InlineData("prenorm=true", "prenorm", "true", HyperKind.Boolean)]
    [InlineData("dt_rank=auto", "dt_rank", "auto", HyperKind.Text)]
    [InlineData("x=", "x", "", HyperKind.Text)]
    [InlineData("x=01", "x", "01", HyperKind.Text)]
    [InlineData("x= 1", "x", " 1", HyperKind.Text)]
    [InlineData("x=null", "x", "null", HyperKind.Null)]
    [InlineData("x=a=b", "x", "a=b", HyperKind.Text)]
    public void A_hyperparameter_of_the_command_line_has_the_kind_that_JSON_would_give_it(string text, string name, string value, HyperKind kind) =>
        Assert.Equal(new HyperParameter(name, value, kind, null), CheckpointImport.ParseHyper(text));

    [Theory]
    [InlineData("x")]
    [InlineData("=1")]
    [InlineData("")]
    public void A_hyperparameter_needs_a_name_and_a_value(string text) => Assert.Null(CheckpointImport.ParseHyper(text));

    private static StageResult<ModelDeclaration> Import(ModelDeclaration sample, string prefix, (string, EquatableArray<int>, double[])[]? more = null) =>
        CheckpointImport.ToDeclaration(Tensors(sample, prefix).Concat(more ?? []), sample.Architecture, sample.Hyper, prefix, default, default);

    private static IEnumerable<(string, EquatableArray<int>, double[])> Tensors(ModelDeclaration sample, string prefix) =>
        sample.Tensors.Select(tensor => (prefix + tensor.Name, tensor.Value.Shape, tensor.Value.Values.ToArray()));
}
