using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

/// <summary>Model files of shapes: their weights are external.</summary>
public class ExternalTests
{
    private const string Start = """{ "format": "operatorgen/1", "architecture": "rwkv6", "hyper": { "H": 2, "K": 3, "V": 4 }, """;
    private const string Tensors = "\"tensors\": { \"u\": { \"dtype\": \"BF16\", \"shape\": [2, 3] } } }";
    private const string External = Start + "\"weights\": \"external\", ";

    [Fact]
    public void The_text_that_the_other_tests_spoil_is_without_fault()
    {
        Assert.Empty(Marked.FaultsOf(External + Tensors));
        ModelDeclaration declaration = ModelFileReader.Read(External + Tensors, default).Value!;
        Assert.True(declaration.IsExternal);
        DeclaredTensor tensor = Assert.Single(declaration.Tensors);
        Assert.Equal(("u", false, WeightFormat.BFloat16, "[2, 3]"), (tensor.Name, tensor.Value.HasNumbers, tensor.Value.Format, Tensor.ShapeText(tensor.Value.Shape)));
    }

    [Fact]
    public void Reading_what_was_written_gives_the_shapes_back()
    {
        WeightFormat[] formats = Enum.GetValues<WeightFormat>();
        foreach (ModelDeclaration sample in Samples.All(new Random(5)).Where(sample => sample.Tensors.Count > 0))
        {
            // Every format in turn.
            int i = 0;
            ModelDeclaration shapes = sample with
            {
                Tensors = sample.Tensors.Select(tensor => tensor with { Value = Tensor.OfShape(tensor.Value.Shape).WithFormat(formats[i++ % formats.Length]) }).ToEquatableArray(),
                Labels = EquatableArray.Of("a", "b"),
                Source = EquatableArray.Of(new SourceEntry("prefix", "model.")),
            };
            string text = ModelFileWriter.Write(shapes);
            StageResult<ModelDeclaration> read = ModelFileReader.Read(text, default);
            Assert.Empty(read.Faults);
            Assert.True(read.Value!.IsExternal);
            Assert.Equal(shapes.Tensors.Select(tensor => (tensor.Name, tensor.Value, tensor.Value.Format)), read.Value.Tensors.Select(tensor => (tensor.Name, tensor.Value, tensor.Value.Format)));
            Assert.Equal((shapes.Hyper.Count, shapes.Labels, shapes.Source, shapes.ShapeHash()), (read.Value.Hyper.Count, read.Value.Labels, read.Value.Source, read.Value.ShapeHash()));
            Assert.Equal(text, ModelFileWriter.Write(read.Value));
            Assert.Contains($"\"shapeHash\": \"{shapes.ShapeHash()}\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"data\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Weights_that_are_said_to_be_baked_are_in_the_file()
    {
        string file = Start + "\"weights\": \"baked\", \"tensors\": { \"u\": { \"shape\": [2, 3], \"values\": [1, 2, 3, 4, 5, 6] } } }";
        Assert.Empty(Marked.FaultsOf(file));
        Assert.False(ModelFileReader.Read(file, default).Value!.IsExternal);
    }

    [Theory]
    [InlineData("⟦\"elsewhere\"⟧")]
    [InlineData("⟦true⟧")]
    [InlineData("⟦null⟧")]
    public void Weights_are_baked_or_external(string value)
    {
        Fault fault = Marked.Parse(Start + $"\"weights\": {value}, " + Tensors) is { } marked ? ModelFileReader.Read(marked.Text, default).Faults.First(fault => Equals(fault.Place, marked.Place)) : null!;
        Assert.Equal(FaultKinds.WrongValue, fault.Kind);
        Assert.Contains("'baked' (the numbers are in this file) or 'external'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"values\": [1, 2, 3, 4, 5, 6]")]
    [InlineData("\"data\": \"\"")]
    public void Numbers_in_a_file_of_shapes_are_refused(string numbers)
    {
        Fault fault = Marked.Expect(FaultKinds.WrongValue, External + $"\"tensors\": {{ ⟦\"u\"⟧: {{ \"dtype\": \"F32\", \"shape\": [2, 3], {numbers} }} }} }}");
        Assert.Contains("since 'weights' is 'external'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_without_its_type_is_refused()
    {
        Fault fault = Marked.Expect(FaultKinds.MissingKey, External + "\"tensors\": { ⟦\"u\"⟧: { \"shape\": [2, 3] } } }");
        Assert.Contains("'dtype'", fault.Message, StringComparison.Ordinal);
        Marked.Expect(FaultKinds.MissingKey, External + "\"tensors\": { ⟦\"u\"⟧: { \"dtype\": \"F16\" } } }");
        Marked.Expect(FaultKinds.WrongValue, External + "\"tensors\": { \"u\": { \"dtype\": ⟦\"I8\"⟧, \"shape\": [2, 3] } } }");
        Marked.Expect(FaultKinds.TooLarge, External + "\"tensors\": { ⟦\"u\"⟧: { \"dtype\": \"F16\", \"shape\": [65536, 65536] } } }");
    }

    [Fact]
    public void A_tensor_of_another_shape_than_the_architecture_has_is_refused() =>
        Marked.Expect(FaultKinds.MisshapenTensor, External + "\"tensors\": { ⟦\"u\"⟧: { \"dtype\": \"F16\", \"shape\": [3, 2] } } }");

    [Fact]
    public void A_shape_hash_is_compared_with_the_shapes()
    {
        string hash = ModelFileReader.Read(External + Tensors, default).Value!.ShapeHash();
        Assert.Empty(Marked.FaultsOf(External + $"\"shapeHash\": \"{hash}\", " + Tensors));
        Fault fault = Marked.Expect(FaultKinds.WrongValue, External + $"\"shapeHash\": ⟦\"{hash}\"⟧, " + Tensors.Replace("BF16", "F16", StringComparison.Ordinal));
        Assert.Contains("the hash of architecture, hyperparameters and shapes in this file", fault.Message, StringComparison.Ordinal);
        Marked.Expect(FaultKinds.WrongValue, External + "\"shapeHash\": ⟦7⟧, " + Tensors);
        Marked.Expect(FaultKinds.WrongValue, Start + $"\"shapeHash\": ⟦\"{hash}\"⟧, \"tensors\": {{ \"u\": {{ \"shape\": [2, 3], \"values\": [1, 2, 3, 4, 5, 6] }} }} }}");
    }

    [Fact]
    public void The_shape_hash_changes_with_all_that_the_code_is_made_for_and_nothing_else()
    {
        ModelDeclaration model = ModelFileReader.Read(External + Tensors, default).Value!;
        DeclaredTensor u = model.Tensors[0];
        ModelDeclaration With(DeclaredTensor tensor) => model with { Tensors = EquatableArray.Of(tensor) };
        ModelDeclaration[] others =
        [
            model,
            model with { Architecture = "rwkv5" },
            model with { Hyper = new([model.Hyper[0] with { Value = "4" }, .. model.Hyper.Skip(1)]) },
            model with { Hyper = new([model.Hyper[0] with { Name = "h" }, .. model.Hyper.Skip(1)]) },
            model with { Hyper = new([.. model.Hyper.Skip(1)]) },
            With(u with { Name = "v" }),
            With(u with { Value = Tensor.OfShape(EquatableArray.Of(3, 2)).WithFormat(WeightFormat.BFloat16) }),
            With(u with { Value = Tensor.OfShape(EquatableArray.Of(6)).WithFormat(WeightFormat.BFloat16) }),
            With(u with { Value = u.Value.WithFormat(WeightFormat.Half) }),
            With(u with { Value = u.Value.WithFormat(WeightFormat.Single) }),
            With(u with { Value = u.Value.WithFormat(WeightFormat.Double) }),
            model with { Tensors = EquatableArray.Of(u, u with { Name = "v" }) },
            model with { Scaling = new InputScaling(new Tensor(EquatableArray.Of(1), [2.0]), new Tensor(EquatableArray.Of(1), [0.0])) },
            model with { Scaling = new InputScaling(new Tensor(EquatableArray.Of(1), [2.0]), new Tensor(EquatableArray.Of(1), [1.0])) },
        ];
        Assert.Equal(others.Length, others.Select(ModelHash.ShapeHash).Distinct().Count());
        Assert.All(others, other => Assert.Matches(new Regex("^[0-9a-f]{64}$"), other.ShapeHash()));

        ModelDeclaration[] same =
        [
            model with { Labels = EquatableArray.Of("a") },
            model with { Source = EquatableArray.Of(new SourceEntry("file", "x")) },
            model with { Options = new ModelOptions(null) { Precision = Precision.Double } },
            model with { Hyper = new([.. model.Hyper.Reverse()]) },
            With(u with { Value = new Tensor(u.Value.Shape, new double[6]).WithFormat(WeightFormat.BFloat16) }),
        ];
        Assert.All(same, other => Assert.Equal(model.ShapeHash(), other.ShapeHash()));
        Assert.Equal(model.ShapeHash(), model.Identity());
    }

    [Fact]
    public void Tensors_without_numbers_are_equal_by_shape_name_and_format()
    {
        Tensor tensor = Tensor.OfShape(EquatableArray.Of(2, 3));
        Assert.Equal(tensor, Tensor.OfShape(EquatableArray.Of(2, 3)));
        Assert.Equal(tensor.GetHashCode(), Tensor.OfShape(EquatableArray.Of(2, 3)).GetHashCode());
        Tensor[] others = [tensor, tensor.WithFormat(WeightFormat.Half), tensor.WithFormat(WeightFormat.BFloat16), Tensor.OfShape(EquatableArray.Of(3, 2)), Tensor.OfShape(EquatableArray.Of(6)), tensor.Named("a"), tensor.Named("b"), new Tensor(EquatableArray.Of(2, 3), new double[6])];
        Assert.Equal(others.Length, new HashSet<Tensor>(others).Count);

        // The format of numbers that are there says how they are packed, not what they are.
        var numbers = new Tensor(EquatableArray.Of(2), [1.0, 2.0]);
        Assert.Equal(numbers, numbers.WithFormat(WeightFormat.Half).Named("a"));

        // A hash that was asked for before the name was given must not be taken over.
        Assert.Equal(Tensor.OfShape(EquatableArray.Of(2, 3)).Named("a"), tensor.Named("a"));
        Assert.NotEqual(tensor.Named("a").Hash, tensor.Named("b").Hash);
        Assert.NotEqual(tensor.Named("a").From(tensor.Named("b")).Hash, tensor.Named("a").Hash);
    }

    [Fact]
    public void The_numbers_of_a_shape_are_asked_for_in_vain()
    {
        Tensor tensor = Tensor.OfShape(EquatableArray.Of(2, 3)).Named("u");
        Assert.Equal((false, 6, true), (tensor.HasNumbers, tensor.Count, tensor.IsNumeric));
        Assert.Equal("u", Assert.Throws<NumbersNeededException>(() => tensor.Values.ToArray()).Tensor);
        Assert.Contains("'u'", Assert.Throws<NumbersNeededException>(() => tensor[0]).Message, StringComparison.Ordinal);
        Assert.Equal("[6]", Tensor.ShapeText(tensor.WithShape(EquatableArray.Of(6)).Shape));
        Assert.Throws<ArgumentException>(() => tensor.WithShape(EquatableArray.Of(5)));
    }

    [Fact]
    public void Shapes_resolve_to_the_model_that_the_numbers_do()
    {
        string[] Parts(SequenceModel model) =>
        [
            .. model.Layers.SelectMany(layer => layer.Cell.Constants.Append(layer.Cell.Skip!).Append(layer.Decoder.Mixing?.Weight!).OfType<Tensor>()
                .Select(tensor => $"{Tensor.ShapeText(tensor.Shape)} {tensor.Name}").Append(layer.Cell.Text).Append(string.Join(", ", layer.Cell.StateSizes))),
        ];
        foreach (ModelDeclaration sample in Samples.All(new Random(6)).Concat(ModeSamples.All(new Random(7))).Concat(SelectiveSamples.All(new Random(8))).Concat(LanguageSamples.All(new Random(9))).Where(sample => sample.Tensors.Count > 0 && sample.Architecture != "s4block-dplr"))
        {
            ModelDeclaration shapes = sample with { Tensors = sample.Tensors.Select(tensor => tensor with { Value = Tensor.OfShape(tensor.Value.Shape) }).ToEquatableArray() };
            SequenceModel found = ArchitectureCatalog.Resolve(shapes, default).Value!, expected = ArchitectureCatalog.Resolve(sample, default).Value!;
            Assert.True(found.IsExternal);
            Assert.Equal(Parts(expected), Parts(found));
        }
    }

    [Fact]
    public void Modes_of_shapes_are_complex_ones_whatever_the_numbers_will_be()
    {
        ModelDeclaration numbers = ModeSamples.Modes(new Random(10));
        ModelDeclaration real = numbers with { Tensors = numbers.Tensors.Select(tensor => tensor with { Value = new Tensor(tensor.Value.Shape, [.. tensor.Value.Values.ToArray().Select((value, i) => i % 2 == 0 ? value : 0)]) }).ToEquatableArray() };
        Field FieldOf(ModelDeclaration declaration) => ArchitectureCatalog.Resolve(declaration, default).Value!.Layers[0].Cell.StateField;
        Assert.Equal((Field.Real, Field.Complex), (FieldOf(real), FieldOf(real with { ByShapes = true })));
    }

    [Fact]
    public void What_is_derived_of_a_shape_is_a_shape()
    {
        Tensor shape = Tensor.OfShape(EquatableArray.Of(2)).Named("a").WithFormat(WeightFormat.BFloat16), numbers = new Tensor(EquatableArray.Of(2), [1.0, 2.0]).Named("b");
        Tensor derived = Tensor.Derived(EquatableArray.Of(1), () => throw new InvalidOperationException("No numbers are known."), shape, numbers, null);
        Assert.Equal((false, "a, b", null), (derived.HasNumbers, derived.Name, derived.Format));
        Assert.Equal(WeightFormat.BFloat16, Tensor.Derived(EquatableArray.Of(1), () => [], shape).Format);
        Assert.Equal([3.0], Tensor.Derived(EquatableArray.Of(1), () => [3.0], numbers, null).Values.ToArray());
    }
}
