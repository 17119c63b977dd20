using System;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

public class ReaderTests
{
    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x7B, 0x00, 0x80 }, new[] { 1.0, -2.0, 1.0 / (1 << 24), 65504.0, -0.0 })]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0x00, 0xC0, 0x01, 0x00, 0x00, 0x80, 0xC0, 0x3F }, new[] { 1.0, -2.0, 9.183549615799121e-41, -0.0, 1.5 })]
    public void Half_formats_widen_exactly(string type, byte[] bytes, double[] expected)
    {
        double[] values = ReadTensor($$"""{ "dtype": "{{type}}", "shape": [5], "data": "{{Convert.ToBase64String(bytes)}}" }""").Values.ToArray();
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), values.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void F16_agrees_with_the_platform_on_every_finite_pattern()
    {
        ushort[] patterns = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i).Where(bits => Half.IsFinite(BitConverter.UInt16BitsToHalf(bits)))];
        var bytes = new byte[patterns.Length * 2];
        Buffer.BlockCopy(patterns, 0, bytes, 0, bytes.Length);
        Tensor tensor = ReadTensor($$"""{ "dtype": "F16", "shape": [{{patterns.Length}}], "data": "{{Convert.ToBase64String(bytes)}}" }""");
        for (int i = 0; i < patterns.Length; i++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits((double)BitConverter.UInt16BitsToHalf(patterns[i])), BitConverter.DoubleToInt64Bits(tensor.Values[i]));
        }
    }

    [Fact]
    public void F32_and_F64_keep_random_bits()
    {
        var random = new Random(11);
        for (int i = 0; i < 2000; i++)
        {
            float single = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            double wide = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (float.IsFinite(single) && double.IsFinite(wide))
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(single), BitConverter.DoubleToInt64Bits(ReadTensor($$"""{ "dtype": "F32", "shape": [1, 1], "data": "{{Convert.ToBase64String(BitConverter.GetBytes(single))}}" }""").Values[0]));
                Assert.Equal(BitConverter.DoubleToInt64Bits(wide), BitConverter.DoubleToInt64Bits(ReadTensor($$"""{ "dtype": "F64", "shape": [], "data": "{{Convert.ToBase64String(BitConverter.GetBytes(wide))}}" }""").Values[0]));
            }
        }
    }

    [Fact]
    public void Escaped_data_is_data() =>
        Assert.Equal(1.5, ReadTensor("""{ "dtype": "F32", "shape": [1], "data": "AA\u0044APw==" }""").Values[0], 0.0078125);

    [Fact]
    public void A_number_is_a_double_and_a_string_a_rational_or_a_symbol()
    {
        Tensor tensor = ReadTensor("""{ "shape": [4], "values": [0.1, "1/3", "alpha", "0.1"] }""");
        Assert.Equal([0.1, Samples.Exact("1/3"), Samples.Exact("alpha"), Samples.Exact("1/10")], Enumerable.Range(0, 4).Select(i => tensor[i]));
        Assert.Equal([ScalarKind.Double, ScalarKind.Rational, ScalarKind.Symbol, ScalarKind.Rational], Enumerable.Range(0, 4).Select(i => tensor[i].Kind));
    }

    [Fact]
    public void All_other_keys_are_read()
    {
        ModelDeclaration declaration = ModelFileReader.Read(
            """
            { "format": "operatorgen/1", "architecture": "s4d-standalone",
              "hyper": { "a": 1.50, "b": true, "c": "x\ny", "d": null, "e": [1e-2,  0.50] },
              "input": { "scale": [2, 3], "offset": [0.5, "1/3"] },
              "labels": ["one", "two"],
              "source": { "file": "digits.safetensors", "epochs": 14, "nested": { "x": [1, 2] } },
              "options": { "order": 3, "inputRange": [-1, 2.5], "precision": "both" },
              "tensors": {} }
            """,
            default).Value!;
        Assert.Equal([("a", "1.50", HyperKind.Number), ("b", "true", HyperKind.Boolean), ("c", "x\ny", HyperKind.Text), ("d", "null", HyperKind.Null), ("e", "[0.01, 0.5]", HyperKind.Array)], declaration.Hyper.Select(hyper => (hyper.Name, hyper.Value, hyper.Kind)));
        Assert.Equal([2, 3], declaration.Scaling!.Scale.Values.ToArray());
        Assert.Equal(Samples.Exact("1/3"), declaration.Scaling.Offset[1]);
        Assert.Equal(["one", "two"], declaration.Labels);
        Assert.Equal([("file", "digits.safetensors"), ("epochs", "14"), ("nested", "{ \"x\": [1, 2] }")], declaration.Source.Select(entry => (entry.Name, entry.Value)));
        Assert.Equal((3, -1.0, 2.5, Precision.Both), (declaration.Options.Order, declaration.Options.InputLow, declaration.Options.InputHigh, declaration.Options.Precision));
    }

    [Theory]
    [InlineData("\"scale\": [2, 3]", new[] { 2.0, 3 }, new[] { 0.0, 0 })]
    [InlineData("\"offset\": [2, 3]", new[] { 1.0, 1 }, new[] { 2.0, 3 })]
    public void A_missing_scale_is_1_and_a_missing_offset_0(string key, double[] scale, double[] offset)
    {
        InputScaling scaling = ModelFileReader.Read($$"""{ "format": "operatorgen/1", "architecture": "", "tensors": {}, "input": { {{key}} } }""", default).Value!.Scaling!;
        Assert.Equal(scale, scaling.Scale.Values.ToArray());
        Assert.Equal(offset, scaling.Offset.Values.ToArray());
    }

    [Fact]
    public void Cancellation_ends_the_reading()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        string text = ModelFileWriter.Write(Samples.S4DClassifier(new Random(1)));
        Assert.Throws<OperationCanceledException>(() => ModelFileReader.Read(text, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => ArchitectureCatalog.Resolve(Samples.S4DClassifier(new Random(1)), cancelled.Token));
    }

    private static Tensor ReadTensor(string tensor)
    {
        StageResult<ModelDeclaration> result = ModelFileReader.Read($$"""{ "format": "operatorgen/1", "architecture": "", "tensors": { "x": {{tensor}} } }""", default);
        Assert.Empty(result.Faults.Select(fault => fault.Message));
        return result.Value!.Tensors[0].Value;
    }
}
