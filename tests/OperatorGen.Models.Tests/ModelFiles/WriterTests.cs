using System;
using System.Globalization;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

public class WriterTests
{
    [Fact]
    public void Reading_what_was_written_gives_the_declaration_back()
    {
        foreach (ModelDeclaration sample in Samples.All(new Random(3)))
        {
            ModelDeclaration declaration = sample with
            {
                Labels = EquatableArray.Of("a \"quoted\" \\ label", "tab\tand\nline", "λ 𝛌", ""),
                Scaling = new InputScaling(new Tensor(EquatableArray.Of(2), [0.1, 1e-300]), new Tensor(EquatableArray.Of(2), [Samples.Exact("1/3"), -0.0])),
                Source = EquatableArray.Of(new SourceEntry("sha256", "00"), new SourceEntry("nested", "{ \"x\": [1] }")),
            };
            StageResult<ModelDeclaration> read = ModelFileReader.Read(ModelFileWriter.Write(declaration), default);
            Assert.Empty(read.Faults);
            Assert.Equal(declaration, WithoutPlaces(read.Value!));
        }
    }

    [Fact]
    public void The_same_bytes_come_out_in_every_culture_with_LF_and_a_tensor_per_line()
    {
        ModelDeclaration[] samples = [.. Samples.All(new Random(4))];
        string[] expected = [.. samples.Select(ModelFileWriter.Write)];
        foreach (string name in new[] { "de-DE", "fi-FI" })
        {
            CultureInfo before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = new CultureInfo(name);
            try
            {
                Assert.Equal(expected, samples.Select(ModelFileWriter.Write));
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }

        Assert.All(expected, text => Assert.DoesNotContain('\r', text));
        for (int i = 0; i < samples.Length; i++)
        {
            string[] lines = expected[i].Split('\n');
            Assert.All(samples[i].Tensors, tensor => Assert.Single(lines, line => line.StartsWith("    \"" + tensor.Name + "\": {", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData(0.5, "F32")]
    [InlineData(0.1, "F64")]
    [InlineData(1e300, "F64")]
    public void The_narrower_dtype_is_written_where_every_value_is_exactly_a_float(double value, string type)
    {
        ModelDeclaration declaration = Samples.S4DStandalone(new Random(5)) with { Tensors = EquatableArray.Of(new DeclaredTensor("x", new Tensor(EquatableArray.Of(2), [1, value]), null)) };
        Assert.Contains($"\"dtype\": \"{type}\"", ModelFileWriter.Write(declaration), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_depends_on_what_the_model_computes_and_on_nothing_else()
    {
        ModelDeclaration model = Samples.S4DClassifier(new Random(6));
        string hash = model.ContentHash();
        string text = ModelFileWriter.Write(model);
        string shifted = text.Replace("\n", "\r\n ", StringComparison.Ordinal).Replace("\"d_input\": 1", "\"d_input\": 1.0", StringComparison.Ordinal);
        Assert.Equal(hash, ModelFileReader.Read(shifted, default).Value!.ContentHash());
        Assert.Equal(hash, (model with { Hyper = new([.. model.Hyper.Reverse()]), Tensors = new([.. model.Tensors.Reverse()]), Labels = EquatableArray.Of("a") }).ContentHash());
        Assert.NotEqual(hash, (model with { Architecture = "s4d-classifier2" }).ContentHash());
        Assert.NotEqual(hash, (model with { Hyper = new([.. model.Hyper.Skip(1)]) }).ContentHash());
        Assert.NotEqual(hash, (model with { Scaling = new InputScaling(new Tensor(EquatableArray.Of(1), [1.0]), new Tensor(EquatableArray.Of(1), [0.0])) }).ContentHash());
        for (int i = 0; i < model.Tensors.Count; i++)
        {
            Assert.NotEqual(hash, (model with { Tensors = Perturbed(model.Tensors, i) }).ContentHash());
        }
    }

    private static EquatableArray<DeclaredTensor> Perturbed(EquatableArray<DeclaredTensor> tensors, int index)
    {
        DeclaredTensor[] changed = [.. tensors];
        double[] values = changed[index].Value.Values.ToArray();
        values[^1] = Math.BitIncrement(values[^1]);
        changed[index] = changed[index] with { Value = new Tensor(changed[index].Value.Shape, values) };
        return new(changed);
    }

    private static ModelDeclaration WithoutPlaces(ModelDeclaration declaration) => declaration with
    {
        Places = DeclarationPlaces.None,
        Hyper = new([.. declaration.Hyper.Select(hyper => hyper with { Place = null })]),
        Tensors = new([.. declaration.Tensors.Select(tensor => tensor with { Place = null })]),
    };
}
