using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Packing;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Models.Tests;
using OperatorGen.Packing;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Evaluation;
using Xunit;
using ModelSamples = OperatorGen.Models.Tests.Samples;

namespace OperatorGen.Compiler.Tests.Packing;

/// <summary>The packer against the plan with the numbers in it, and the packed file.</summary>
public sealed class PackerTests
{
    private static readonly TypeTarget s_target = new(null, EquatableArray<ContainingType>.Empty, "class", "Model");

    /// <summary>What can be external: selective models, those of language, constant modes, and linear controlled differential equations, with at least one tensor and without symbols.</summary>
    private static readonly ModelDeclaration[] s_external =
    [
        ModelSamples.Mamba1Block(new Random(1), bias: true),
        .. new[] { ModelSamples.Mamba1Block(new Random(2), bias: false) }.Concat(SelectiveSamples.All(new Random(3))).Concat(LanguageSamples.All(new Random(4))).Concat(ModeSamples.All(new Random(8)))
            .Concat(ModelSamples.All(new Random(9)).Where(sample => sample.Architecture.Split('-')[0] is "s4d" or "s4" or "linoss" or "linear" or "stack")).Where(sample => sample.Tensors.Count > 0),
    ];

    public static TheoryData<int, Precision> Packed
    {
        get
        {
            var data = new TheoryData<int, Precision>();
            for (int i = 0; i < s_external.Length; i++)
            {
                data.Add(i, Precision.Single);
                data.Add(i, Precision.Double);
            }

            return data;
        }
    }

    [Fact]
    public void A_model_is_external_or_refused_with_one_fault()
    {
        List<string> external = [], refused = [];
        foreach (ModelDeclaration sample in ModelSamples.All(new Random(5)).Concat(ModeSamples.All(new Random(6))).Where(sample => sample.Tensors.Count > 0))
        {
            StageResult<GeneratedFile> file = CompilerStages.Compile(WeightPacker.WithoutNumbers(sample, WeightFormat.Single), s_target, ModelOptions.None);
            Fault[] errors = [.. file.Faults.Where(fault => fault.Kind.Severity == FaultSeverity.Error)];
            Assert.Equal(file.Value is null ? ["OPG0405"] : [], errors.Select(fault => fault.Kind.Id));
            (file.Value is null ? refused : external).Add(sample.Architecture);
        }

        Assert.Equal(s_external.Select(sample => sample.Architecture).Distinct().Order(StringComparer.Ordinal), external.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["s4block-dplr"], refused);
        Assert.Equal([], ArchitectureCatalog.All.Select(architecture => architecture.Name).Except(external).Except(refused).Where(name => !s_withoutSample.Contains(name)));
    }

    /// <summary>Operators without tensors, and architectures that are another one's layers, with the conformance cases as samples.</summary>
    private static readonly string[] s_withoutSample = ["gla", "simple-gla", "hgrn", "retnet", "gateloop-operator", "mamba2-ssd", "deltanet", "gated-deltanet", "lru-classifier"];

    [Theory]
    [MemberData(nameof(Packed))]
    public void Packed_tables_are_those_of_the_shapes_and_hold_the_rounded_constants(int index, Precision precision)
    {
        ModelDeclaration numbers = s_external[index];
        ModelDeclaration shapes = WeightPacker.WithoutNumbers(numbers, precision == Precision.Single ? WeightFormat.Single : WeightFormat.Double);
        PackedWeights packed = Pack(shapes, numbers, precision);
        EvaluationPlan external = Plan(shapes, precision), baked = Plan(numbers, precision);
        Assert.Equal(shapes.ShapeHash(), packed.ShapeHash);
        Assert.Equal(
            external.PackedOrder().Select(i => (PackedFormat.NameOf(i, external.Tables[i].Name), external.Tables[i].Rows, external.Tables[i].Columns)),
            packed.Tables.Select(table => (table.Name, table.Table.Rows, table.Table.Columns)));
        Assert.Equal(external.Tables.Select(table => (table.Name, table.Rows, table.Columns)), baked.Tables.Select(table => (table.Name, table.Rows, table.Columns)));

        using var file = MappedSafetensors.Copy(PackedFile.ToBytes(packed));
        Assert.Equal(packed.Tables.Select(table => table.Name), file.Tensors.Select(tensor => tensor.Name));
        foreach ((MappedTensor tensor, int i) in file.Tensors.Zip(external.PackedOrder()))
        {
            Assert.Equal(precision == Precision.Single ? SafetensorsDType.F32 : SafetensorsDType.F64, tensor.DType);
            var stored = new double[tensor.Count];
            tensor.CopyTo(0, stored);
            Assert.Equal(baked.Tables[i].Values.Span.ToArray().Select(BitConverter.DoubleToInt64Bits), stored.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(external.TableOffsets()[i], tensor.Begin);
        }
    }

    /// <summary>The numbers are BF16 themselves, so that widening them is exact: nothing but the order of sums could tell the two apart, and it is the same.</summary>
    [Theory]
    [InlineData(WeightFormat.BFloat16)]
    [InlineData(WeightFormat.Half)]
    public void Matrices_in_half_the_bits_compute_as_if_they_were_widened(WeightFormat format)
    {
        // Half is read as single everywhere: two models are enough.
        foreach (ModelDeclaration sample in format == WeightFormat.BFloat16 ? s_external : [s_external[0], s_external[^1]])
        {
            ModelDeclaration numbers = InFormat(sample, format);
            PackedWeights packed = Pack(WeightPacker.WithoutNumbers(numbers, WeightFormat.Single), numbers, Precision.Single);
            using var file = MappedSafetensors.Copy(PackedFile.ToBytes(packed));
            Assert.Equal(format == WeightFormat.BFloat16 && HasMatrix(sample), file.Tensors.Any(tensor => tensor.DType == SafetensorsDType.BF16));
            Assert.All(file.Tensors, tensor => Assert.True(tensor.DType is SafetensorsDType.F32 or SafetensorsDType.BF16));

            IGeneratedModel<float> external = GeneratedModel.LoadExternal<float>(numbers).Model!, baked = GeneratedModel.Load<float>(CompilerStages.Resolve(numbers, default).Value!);
            float[] input = Input(sample, external.InputWidth, 21);
            foreach (VectorWidth width in new[] { VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512 })
            {
                float[] expected = Run(baked, input, width), found = Run(external, input, width);
                Assert.All(expected, value => Assert.True(float.IsFinite(value)));
                Assert.True(expected.AsSpan().SequenceEqual(found), $"{sample.Architecture} {width}");
            }
        }
    }

    [Fact]
    public void In_double_precision_nothing_stays_BF16()
    {
        ModelDeclaration numbers = InFormat(s_external[0], WeightFormat.BFloat16);
        Assert.All(Pack(WeightPacker.WithoutNumbers(numbers, WeightFormat.Single), numbers, Precision.Double).Tables, table => Assert.False(table.Table.IsBFloat16));
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(-3.5e38)]
    public void A_number_that_the_precision_cannot_hold_is_named_with_table_and_place(double number)
    {
        ModelDeclaration sample = s_external[0];
        PackedWeights packed = Pack(WeightPacker.WithoutNumbers(sample, WeightFormat.Single), Changed(sample, "out_proj.weight", 4, number), Precision.Single);
        string message = Assert.Throws<InvalidDataException>(() => PackedFile.ToBytes(packed)).Message;

        // out_proj.weight is [3, 6], and element 4 that of output 0 and input 4; the table has a row per input.
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Row 4, column 0 of the table Layer0MixingWeight is {number}, which single precision cannot hold."), message, StringComparison.Ordinal);
        Assert.Contains("out_proj.weight", message, StringComparison.Ordinal);
        PackedFile.ToBytes(Pack(WeightPacker.WithoutNumbers(sample, WeightFormat.Double), Changed(sample, "out_proj.weight", 4, number), Precision.Double));
    }

    [Theory]
    [InlineData(double.NaN, "is not a number")]
    [InlineData(double.PositiveInfinity, "is infinite")]
    public void What_is_no_number_is_a_fault_of_its_tensor(double number, string expected)
    {
        ModelDeclaration sample = s_external[0], shapes = WeightPacker.WithoutNumbers(sample, WeightFormat.Single);
        StageResult<PackedWeights> packed = WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, ByName(Changed(sample, "out_proj.weight", 4, number))), Precision.Single);
        Assert.Null(packed.Value);
        Assert.StartsWith("Element [0, 4] of tensor 'out_proj.weight' " + expected, Assert.Single(packed.Faults, fault => fault.Kind.Severity == FaultSeverity.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_no_BF16_is_not_rounded_in_silence()
    {
        ModelDeclaration sample = InFormat(s_external[0], WeightFormat.BFloat16), numbers = Changed(sample, "out_proj.weight", 4, 1.0001);
        PackedWeights packed = Pack(WeightPacker.WithoutNumbers(sample, WeightFormat.Single), numbers, Precision.Single);
        Assert.Contains("is no BF16 although the model file says that its tensor is", Assert.Throws<InvalidDataException>(() => PackedFile.ToBytes(packed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_checkpoint_gives_the_same_bytes_and_another_one_another_hash()
    {
        ModelDeclaration sample = s_external[0];
        byte[] Bytes(ModelDeclaration numbers) => PackedFile.ToBytes(Pack(WeightPacker.WithoutNumbers(sample, WeightFormat.Single), numbers, Precision.Single));
        string Hash(byte[] file)
        {
            using var mapped = MappedSafetensors.Copy(file);
            return mapped.Metadata[PackedFormat.WeightsKey];
        }

        byte[] first = Bytes(sample);
        Assert.Equal(first, Bytes(sample));
        Assert.NotEqual(Hash(first), Hash(Bytes(Changed(sample, "D", 0, 0.75))));

        // The hash is that of the data: what verification computes.
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(first);
        Assert.Equal(Hash(first), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(first.AsSpan(start))));
    }

    [Fact]
    public void The_data_of_a_file_begin_at_a_multiple_of_64_and_so_does_every_table()
    {
        foreach (ModelDeclaration sample in s_external)
        {
            byte[] file = PackedFile.ToBytes(Pack(WeightPacker.WithoutNumbers(sample, WeightFormat.Single), sample, Precision.Single));
            Assert.Equal(0, (8 + BinaryPrimitives.ReadInt64LittleEndian(file)) % 64);
            Assert.StartsWith("{\"__metadata__\":{\"operatorgen.packed\":\"2\",", Encoding.UTF8.GetString(file, 8, 60), StringComparison.Ordinal);
        }

        // Tables of single precision come first, whose rows are whole vectors; those in half the bits behind them have rows of half a vector.
        ModelDeclaration half = InFormat(s_external[0], WeightFormat.BFloat16);
        using var mapped = MappedSafetensors.Copy(PackedFile.ToBytes(Pack(WeightPacker.WithoutNumbers(half, WeightFormat.Single), half, Precision.Single)));
        Assert.All(mapped.Tensors, tensor => Assert.Equal(0, tensor.Begin % (tensor.DType == SafetensorsDType.BF16 ? 32 : 64)));
        Assert.Equal([.. mapped.Tensors.OrderBy(tensor => tensor.DType == SafetensorsDType.BF16).Select(tensor => tensor.Name)], mapped.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_head_that_has_the_embeddings_numbers_by_chance_is_a_table_of_its_own()
    {
        ModelDeclaration untied = LanguageSamples.Mamba1(new Random(6), tied: false);
        Tensor embedding = untied.Tensors.Single(tensor => tensor.Name == "backbone.embedding.weight").Value;
        ModelDeclaration equal = untied with { Tensors = untied.Tensors.Select(tensor => tensor.Name == "lm_head.weight" ? tensor with { Value = embedding } : tensor).ToEquatableArray() };
        ModelDeclaration shapes = WeightPacker.WithoutNumbers(untied, WeightFormat.Single);
        Assert.Equal(Pack(shapes, untied, Precision.Single).Tables.Select(table => table.Name), Pack(shapes, equal, Precision.Single).Tables.Select(table => table.Name));
    }

    [Fact]
    public void Numbers_that_are_zero_or_equal_do_not_change_the_tables()
    {
        foreach (ModelDeclaration sample in s_external)
        {
            ModelDeclaration shapes = WeightPacker.WithoutNumbers(sample, WeightFormat.Single);
            string[] names = [.. Pack(shapes, sample, Precision.Single).Tables.Select(table => table.Name)];
            foreach (double value in new[] { 0.0, 1.0 })
            {
                ModelDeclaration constant = sample with { Tensors = sample.Tensors.Select(tensor => tensor with { Value = new Tensor(tensor.Value.Shape, [.. Enumerable.Repeat(value, tensor.Value.Count)]) }).ToEquatableArray() };
                StageResult<PackedWeights> packed = WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, ByName(constant)), Precision.Single);
                Assert.DoesNotContain(packed.Faults, fault => fault.Kind == FaultKinds.NumbersNeeded);

                // An eigenvalue of an operator may not be at 0 or beyond: the architecture says so where it does.
                Assert.True(packed.Value is null ? packed.Faults.Any(fault => fault.Kind.Severity == FaultSeverity.Error) : names.SequenceEqual(packed.Value.Tables.Select(table => table.Name)), sample.Architecture);
            }
        }
    }

    internal static PackedWeights Pack(ModelDeclaration shapes, ModelDeclaration numbers, Precision precision)
    {
        StageResult<PackedWeights> packed = WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, ByName(numbers)), precision);
        Assert.True(packed.Value is not null, shapes.Architecture + ": " + string.Join("\n", packed.Faults.Select(fault => fault.Message)));
        return packed.Value;
    }

    internal static Dictionary<string, Tensor> ByName(ModelDeclaration declaration) => declaration.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value);

    internal static EvaluationPlan Plan(ModelDeclaration declaration, Precision precision) =>
        Assert.Single(CompilerStages.Plan(CompilerStages.Resolve(declaration, default).Value!, precision, default).Value!.Plans);

    private static ModelDeclaration Changed(ModelDeclaration sample, string name, int index, double value) => Changed(sample, name, (old, i) => i == index ? value : old);

    internal static ModelDeclaration Changed(ModelDeclaration sample, string name, Func<double, int, double> change) => sample with
    {
        Tensors = sample.Tensors.Select(tensor => tensor.Name == name
            ? tensor with { Value = new Tensor(tensor.Value.Shape, [.. tensor.Value.Values.ToArray().Select(change)]).WithFormat(tensor.Value.Format) }
            : tensor).ToEquatableArray(),
    };

    /// <summary>Every number rounded to a format towards zero.</summary>
    private static ModelDeclaration InFormat(ModelDeclaration sample, WeightFormat format) => sample with
    {
        Tensors = sample.Tensors.Select(tensor => tensor with
        {
            Value = new Tensor(tensor.Value.Shape, [.. tensor.Value.Values.ToArray().Select(value => format == WeightFormat.Half ? (double)(Half)value : BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)value) & 0xFFFF0000))]).WithFormat(format),
        }).ToEquatableArray(),
    };

    /// <summary>Whether a model has a linear map or an embedding, whose table keeps its format.</summary>
    private static bool HasMatrix(ModelDeclaration sample)
    {
        SequenceModel model = CompilerStages.Resolve(sample, default).Value!;
        return model.Embedding is not null || model.Encoder is not null || model.Head is not null
            || model.Layers.Any(layer => layer.Input.Projection is not null || layer.Decoder.Mixing is not null || layer.FeedForward is not null);
    }

    private static float[] Input(ModelDeclaration sample, int width, int steps)
    {
        var random = new Random(7);
        return CompilerStages.Resolve(sample, default).Value!.Embedding is { } embedding
            ? [.. Enumerable.Range(0, steps).Select(_ => (float)random.Next(embedding.Vocabulary))]
            : [.. Enumerable.Range(0, steps * width).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    private static float[] Run(IGeneratedModel<float> model, float[] input, VectorWidth width)
    {
        var output = new float[(model.Pooled ? 1 : input.Length / model.InputWidth) * model.OutputWidth];
        model.Forward(input, output, width);
        return output;
    }
}
