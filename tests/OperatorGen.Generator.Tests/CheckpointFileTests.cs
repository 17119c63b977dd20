using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using OperatorGen.Models;
using OperatorGen.Packing;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Upstream's own file, loaded into a generated type, beside the packed file of the same numbers.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private const int Seed = 30;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operatorgen-checkpoint-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("model.")]
    public void A_checkpoint_gives_the_numbers_and_the_hash_of_its_packed_file(string prefix)
    {
        IStreamingModel<float> packed = ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, Seed)), found = LoadBlock(Block(prefix), prefix);
        float[] expected = ExternalModels.Run(packed);
        Assert.Contains(expected, value => value != 0);
        Assert.Equal(expected, ExternalModels.Run(found));
        Assert.Equal(packed.Metadata.ModelHash, found.Metadata.ModelHash);
    }

    [Fact]
    public void Packing_gives_the_bytes_of_the_packed_file_and_its_hash()
    {
        using var stream = new MemoryStream();
        string hash = ExternalModels.PackBlock(Block(""), stream, null, default);
        Assert.Equal(ExternalModels.Packed(ExternalModels.Block, Seed), stream.ToArray());
        Assert.Equal(ExternalModels.Load(stream.ToArray()).Metadata.ModelHash, hash);
    }

    [Fact]
    public void Matrices_of_bf16_and_the_models_tokens_are_as_in_the_packed_file()
    {
        string path = Write("language.safetensors", ExternalModels.Language, ExternalModels.Numbers(ExternalModels.Language, Seed), "");
        ILanguageModel<float> packed = ExternalModels.LoadLanguage(ExternalModels.Packed(ExternalModels.Language, Seed)), found = ExternalModels.CheckpointLanguage(path, null, default);
        float[] expected = new float[4 * packed.Metadata.OutputWidth], logits = new float[expected.Length];
        packed.Forward([1, 4, 0, 2], expected, packed.CreateState());
        found.Forward([1, 4, 0, 2], logits, found.CreateState());
        Assert.Contains(expected, value => value != 0);
        Assert.Equal(expected, logits);
        Assert.Equal(packed.Metadata.ModelHash, found.Metadata.ModelHash);
    }

    [Fact]
    public void The_type_keeps_the_file_that_it_was_made_of()
    {
        Assert.Equal(ModelFileWriter.Write(ExternalModels.Block), ExternalModels.BlockFile());
        ModelDeclaration read = ModelFileReader.Read(ExternalModels.BlockFile(), default).Value!;
        Assert.Equal(ExternalModels.Block.ShapeHash(), read.ShapeHash());
    }

    [Fact]
    public void The_kept_file_has_the_precision_of_the_attribute_and_no_numbers()
    {
        GeneratorProject project = GeneratorProject.Of(Sources.Class("[OperatorGen.SequenceModel(\"m.ssm.json\", Weights = OperatorGen.ModelWeights.External, Precision = OperatorGen.ModelPrecision.Double)]"))
            .WithModel("/models/m.ssm.json", Sources.MambaFile);
        string text = Assert.Single(GeneratorRun.Of(project).Files).Text;
        Assert.Contains("\"  \\\"options\\\": { \\\"precision\\\": \\\"double\\\" },\\n\"", text, StringComparison.Ordinal);
        Assert.Contains("\"  \\\"weights\\\": \\\"external\\\",\\n\"", text, StringComparison.Ordinal);
        Assert.Contains("\\\"dtype\\\": \\\"F64\\\", \\\"shape\\\": [", text, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<List<Entry>>, string> Mistakes => new()
    {
        { "missing", tensors => tensors.RemoveAll(tensor => tensor.Name == "D"), "OPG0204: The tensor 'D' of shape [4]" },
        { "misshapen", tensors => Change(tensors, "D", entry => entry with { Shape = [2, 2] }), "OPG0205: The tensor 'D' has shape [2, 2]" },
        { "infinite", tensors => Change(tensors, "D", entry => entry with { Numbers = [1, float.PositiveInfinity, 2, 3] }), "OPG0110: Element [1] of tensor 'D' is infinite" },
        { "integers", tensors => Change(tensors, "D", entry => entry with { DType = SafetensorsDType.I32 }), "elements that weights do not have: F64, F32, F16 and BF16 are read." },
        { "behind a prefix", tensors => Rename(tensors, name => "model." + name), "OPG0108: The prefix is ''; 'model.', with which all tensors of the model are there, is expected" },
        { "behind a prefix, beside integers", Prefixed, "OPG0108: The prefix is ''; 'model.', with which all tensors of the model are there, is expected" },
        { "of something else", tensors => Rename(tensors, name => "x" + name), "OPG0204: The tensor 'in_proj.weight'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_one_exception_that_names_file_type_and_tensor(string mistake, Action<List<Entry>> change, string message)
    {
        List<Entry> tensors = [.. Entries(ExternalModels.Block, ExternalModels.Numbers(ExternalModels.Block, Seed), "")];
        change(tensors);
        string path = Write("mistake.safetensors", tensors);
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => ExternalModels.CheckpointBlock(path, null, default));
        Assert.StartsWith($"{path} cannot be packed for Block: ", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Message.Contains(message, StringComparison.Ordinal), mistake + ": " + fault.Message);
        using var stream = new MemoryStream();
        Assert.Equal(fault.Message, Assert.Throws<InvalidDataException>(() => ExternalModels.PackBlock(path, stream, null, default)).Message);
        Assert.Equal(0, stream.Length);
    }

    private static void Prefixed(List<Entry> tensors)
    {
        Rename(tensors, name => "model." + name);
        tensors.Add(new Entry("step", SafetensorsDType.I32, [1], [7]));
    }

    [Fact]
    public void What_the_model_does_not_take_is_not_looked_at()
    {
        List<Entry> tensors = [.. Entries(ExternalModels.Block, ExternalModels.Numbers(ExternalModels.Block, Seed), "")];
        string plain = Write("plain.safetensors", tensors);
        tensors.Add(new Entry("norm.num_batches_tracked", SafetensorsDType.I32, [1], [7]));
        tensors.Add(new Entry("unused", SafetensorsDType.F32, [1], [float.NaN]));
        string more = Write("more.safetensors", tensors);
        Assert.Equal(ExternalModels.CheckpointBlock(plain, null, default).Metadata.ModelHash, ExternalModels.CheckpointBlock(more, null, default).Metadata.ModelHash);
    }

    [Fact]
    public void A_file_that_is_malformed_or_not_there_is_said_to_be_so()
    {
        string path = Path.Combine(_folder.FullName, "short.safetensors");
        Assert.Throws<FileNotFoundException>(() => ExternalModels.CheckpointBlock(path, null, default));
        Assert.Contains("has neither model.safetensors nor model.safetensors.index.json", Assert.Throws<IOException>(() => ExternalModels.CheckpointBlock(_folder.FullName, null, default)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, [1, 2, 3]);
        Assert.IsType<SafetensorsException>(Assert.Throws<InvalidDataException>(() => ExternalModels.CheckpointBlock(path, null, default)).InnerException);
    }

    [Fact]
    public void Packing_can_be_stopped() =>
        Assert.ThrowsAny<OperationCanceledException>(() => ExternalModels.CheckpointBlock(Block(""), null, new CancellationToken(canceled: true)));

    /// <summary>A tensor of a checkpoint.</summary>
    public sealed record Entry(string Name, SafetensorsDType DType, int[] Shape, float[] Numbers);

    private static IStreamingModel<float> LoadBlock(string path, string prefix) => ExternalModels.CheckpointBlock(path, prefix.Length == 0 ? null : prefix, default);

    private static void Change(List<Entry> tensors, string name, Func<Entry, Entry> change) => tensors[tensors.FindIndex(tensor => tensor.Name == name)] = change(tensors.Single(tensor => tensor.Name == name));

    private static void Rename(List<Entry> tensors, Func<string, string> name)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            tensors[i] = tensors[i] with { Name = name(tensors[i].Name) };
        }
    }

    private static IEnumerable<Entry> Entries(ModelDeclaration shapes, ModelDeclaration numbers, string prefix) => shapes.Tensors.Zip(numbers.Tensors, (shape, tensor) => new Entry(
        prefix + tensor.Name,
        shape.Value.Format == WeightFormat.BFloat16 ? SafetensorsDType.BF16 : SafetensorsDType.F32,
        [.. tensor.Value.Shape],
        Array.ConvertAll(tensor.Value.Values.ToArray(), number => (float)number)));

    private string Block(string prefix) => Write("block.safetensors", ExternalModels.Block, ExternalModels.Numbers(ExternalModels.Block, Seed), prefix);

    private string Write(string name, ModelDeclaration shapes, ModelDeclaration numbers, string prefix) => Write(name, Entries(shapes, numbers, prefix));

    private string Write(string name, IEnumerable<Entry> tensors)
    {
        string path = Path.Combine(_folder.FullName, name);
        using FileStream stream = File.Create(path);
        SafetensorsFile.Write(stream, [.. tensors.Select(tensor => (tensor.Name, tensor.DType, (IReadOnlyList<int>)tensor.Shape, (ReadOnlyMemory<byte>)Bytes(tensor)))]);
        return path;
    }

    private static byte[] Bytes(Entry tensor) => tensor.DType == SafetensorsDType.BF16
        ? MemoryMarshal.AsBytes(Array.ConvertAll(tensor.Numbers, number => (ushort)(BitConverter.SingleToUInt32Bits(number) >> 16)).AsSpan()).ToArray()
        : MemoryMarshal.AsBytes(tensor.Numbers.AsSpan()).ToArray();
}
