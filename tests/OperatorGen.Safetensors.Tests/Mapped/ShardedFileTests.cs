using System;
using System.IO;
using System.Linq;
using Xunit;

namespace OperatorGen.Safetensors.Tests.Mapped;

public sealed class ShardedFileTests : IDisposable
{
    private const string IndexName = "model.safetensors.index.json";
    private readonly TempFolder _folder = new();

    public ShardedFileTests()
    {
        _folder.Write("one.safetensors", Shard("a", "b"));
        _folder.Write("two.safetensors", Shard("c"));
    }

    public static TheoryData<string, string> Indexes => new()
    {
        { "", "the index is not JSON: " },
        { "[]", "the index is not a JSON object." },
        { """{"weight_map":{"a":"one.safetensors"}""", "the index is not JSON: " },
        { "{}", "the key 'weight_map' is missing." },
        { """{"weight_map":[]}""", "'weight_map' is not an object" },
        { """{"weight_map":{},"weight_map":{}}""", "the key 'weight_map' occurs twice." },
        { """{"weight_map":{"a":"one.safetensors","a":"one.safetensors"}}""", "the tensor 'a' occurs twice in 'weight_map'." },
        { """{"weight_map":{"a":3}}""", "the shard of tensor 'a' is a Number." },
        { """{"weight_map":{"a":""}}""", "the shard of tensor 'a' is ''." },
        { """{"weight_map":{"a":"."}}""", "the shard of tensor 'a' is '.'." },
        { """{"weight_map":{"a":".."}}""", "the shard of tensor 'a' is '..'." },
        { """{"weight_map":{"a":"../one.safetensors"}}""", "the shard of tensor 'a' is '../one.safetensors'. It has to be the name of a file beside the index" },
        { """{"weight_map":{"a":"..\\one.safetensors"}}""", "is '..\\one.safetensors'." },
        { """{"weight_map":{"a":"x/one.safetensors"}}""", "is 'x/one.safetensors'." },
        { """{"weight_map":{"a":"/one.safetensors"}}""", "is '/one.safetensors'." },
        { """{"weight_map":{"a":"C:one.safetensors"}}""", "is 'C:one.safetensors'." },
        { """{"weight_map":{"a":"one.safetensors\u0000"}}""", "the shard of tensor 'a' is 'one.safetensors" },
        { """{"weight_map":{"\ud800":"one.safetensors"}}""", "text that is not valid Unicode" },
        { """{"weight_map":{"a":"one.safetensors","x":"two.safetensors"}}""", "the tensor 'x' is not in its shard two.safetensors." },
        { """{"weight_map":{"a":"one.safetensors","c":"one.safetensors"}}""", "the tensor 'c' is not in its shard one.safetensors." },
        { """{"weight_map":{"a":"one.safetensors","b":"again.safetensors"}}""", "the tensor 'b' is in two shards, one.safetensors and again.safetensors." },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tensors_of_all_shards_are_found_by_their_names(bool copy)
    {
        string path = Index("""{"metadata":{"total_size":12,"format":"pt"},"weight_map":{"c":"two.safetensors","a":"one.safetensors","b":"one.safetensors"}}""");
        ShardedSafetensors file = ShardedSafetensors.Open(path, copy);
        using (file)
        {
            Assert.Equal(["c", "a", "b"], file.Tensors.Select(t => t.Name));
            Assert.Equal(2, file.Shards.Count);
            Assert.All(file.Shards, shard => Assert.Equal(!copy, shard.IsMapped));
            Assert.Equal(("12", "pt"), (file.Metadata["total_size"], file.Metadata["format"]));
            Assert.Null(file.Find("d"));
            Assert.Same(file.Shards[1], file.Find("b")!.File);
            double[] value = new double[1];
            file.Find("c")!.CopyTo(0, value);
            Assert.Equal(['c'], value);
        }

        Assert.Throws<ObjectDisposedException>(() => file.Find("a")!.CopyTo(0, new double[1]));
    }

    [Fact]
    public void A_tensor_of_a_shard_that_the_index_does_not_name_is_found_too()
    {
        using ShardedSafetensors file = ShardedSafetensors.Open(Index("""{"weight_map":{"a":"one.safetensors"}}"""));
        Assert.NotNull(file.Find("b"));
        Assert.Empty(file.Metadata);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void A_malformed_index_is_named_with_its_fault(string index, string message)
    {
        _folder.Write("again.safetensors", Shard("b"));
        string path = Index(index);
        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => ShardedSafetensors.Open(path));
        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(path, exception.File);
    }

    [Fact]
    public void A_missing_shard_and_a_missing_index_are_named()
    {
        string path = Index("""{"weight_map":{"a":"one.safetensors","x":"three.safetensors"}}""");
        FileNotFoundException exception = Assert.Throws<FileNotFoundException>(() => ShardedSafetensors.Open(path));
        Assert.Equal(path + ": the shard three.safetensors is not beside the index. Copy all files that the index names into its folder.", exception.Message);
        Assert.Throws<FileNotFoundException>(() => ShardedSafetensors.Open(_folder.File("no.index.json")));
    }

    [Fact]
    public void A_damaged_shard_is_named_itself()
    {
        string shard = _folder.Write("three.safetensors", [1, 2, 3]);
        string path = Index("""{"weight_map":{"a":"one.safetensors","x":"three.safetensors"}}""");
        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => ShardedSafetensors.Open(path));
        Assert.StartsWith(shard + ": Byte 3: the file ends after 3 bytes", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Shard(params string[] names)
    {
        using MemoryStream stream = new();
        SafetensorsFile.Write(stream, names.Select(name => (name, SafetensorsDType.U8, (System.Collections.Generic.IReadOnlyList<int>)[1], (ReadOnlyMemory<byte>)new[] { (byte)name[0] })));
        return stream.ToArray();
    }

    private string Index(string content) => _folder.Write(IndexName, content);
}
