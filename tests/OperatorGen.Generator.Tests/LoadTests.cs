using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Load of a generated type: what it refuses and how it says so, and that whatever the file is nothing else happens.</summary>
public sealed class LoadTests : IDisposable
{
    private const int Seed = 20;
    private static readonly byte[] s_packed = ExternalModels.Packed(ExternalModels.Block, Seed);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operatorgen-load-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Memory_stream_copy_and_mapped_file_give_the_same_numbers()
    {
        string path = Write(s_packed);
        float[] expected = Run(ExternalModels.Load(s_packed));
        Assert.Contains(expected, value => value != 0);
        Assert.Equal(expected, Run(ExternalModels.Load(path, copy: false)));
        Assert.Equal(expected, Run(ExternalModels.Load(path, copy: true)));
        using var stream = new MemoryStream([1, 2, 3, .. s_packed]);
        stream.Position = 3;
        Assert.Equal(expected, Run(ExternalModels.Load(stream)));
        Assert.Equal(stream.Length, stream.Position);
        Assert.NotEqual(expected, Run(ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, Seed + 1))));
    }

    [Fact]
    public void A_copy_does_not_depend_on_what_it_was_copied_from()
    {
        byte[] file = [.. s_packed];
        IStreamingModel<float> model = ExternalModels.Load(file);
        file.AsSpan().Clear();
        string path = Write(s_packed);
        IStreamingModel<float> copied = ExternalModels.Load(path, copy: true);
        File.Delete(path);
        Assert.Equal(Run(ExternalModels.Load(s_packed)), Run(model));
        Assert.Equal(Run(ExternalModels.Load(s_packed)), Run(copied));
    }

    [Fact]
    public void A_file_whose_numbers_are_not_numbers_is_loaded()
    {
        byte[] file = [.. s_packed];
        file.AsSpan(DataStart(file)).Fill(0xFF);
        Assert.All(Run(ExternalModels.Load(file)), value => Assert.True(float.IsNaN(value)));
        Assert.All(Run(ExternalModels.Load(Write(file), copy: false)), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Another_models_file_is_refused_with_both_shapes()
    {
        string message = Refusal(ExternalModels.Packed(ExternalModels.Language, 1));
        Assert.Contains($"is packed for the shapes {OperatorGen.Models.ModelHash.ShapeHash(ExternalModels.Language)}, but the code was made for {OperatorGen.Models.ModelHash.ShapeHash(ExternalModels.Block)}", message, StringComparison.Ordinal);
        Assert.Contains("pack the checkpoint again with the model file that the program was built with", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Upstreams_own_file_is_refused_with_the_way_to_pack_it()
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [("backbone.embedding.weight", SafetensorsDType.F32, (IReadOnlyList<int>)[2], (ReadOnlyMemory<byte>)new byte[8])], new Dictionary<string, string> { ["format"] = "pt" });
        Assert.Contains("is not packed: its metadata has no 'operatorgen.packed'; 'operatorgen pack CHECKPOINT --model MODEL.ssm.json -o FILE' makes a packed file of a checkpoint, and CheckpointFile.Load of the package OperatorGen.Packing takes the checkpoint itself.", Refusal(stream.ToArray()), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> HeaderChanges => new()
    {
        { "another version", "\"operatorgen.packed\":\"2\"", "\"operatorgen.packed\":\"3\"", "has the layout 3, but this version of OperatorGen reads 2" },
        { "no version", "\"operatorgen.packed\":\"2\",", "", "is not packed: its metadata has no 'operatorgen.packed'" },
        { "no shape", "\"operatorgen.shape\"", "\"operatorgen.shapes\"", "is packed for the shapes of no model" },
        { "no hash", "\"operatorgen.weights\"", "\"operatorgen.weight\"", "has no hash of its weights under 'operatorgen.weights'" },
        { "a hash that is none", "\"operatorgen.weights\":\"[0-9a-f]", "\"operatorgen.weights\":\"X", "has no hash of its weights" },
        { "a short hash", "\"operatorgen.weights\":\"[0-9a-f]", "\"operatorgen.weights\":\"", "has no hash of its weights" },
        { "another name", "\"00000\\.", "\"00000.X", "where the table '00000." },
        { "another type", "(\"0000[0-9]\\.[^}]*)\"F32\"", "$1\"I32\"", " I32 [" },
        { "an unknown type", "(\"0000[0-9]\\.[^}]*)\"F32\"", "$1\"Q32\"", " Q32 [" },
        { "another shape", "\"shape\":\\[4,16\\]", "\"shape\":[16,4]", "[16, 4]" },
        { "one more axis", "\"shape\":\\[4,16\\]", "\"shape\":[4,1,16]", "[4, 1, 16]" },
        { "no metadata", "\"__metadata__\"", "\"__metadata\"", "" },
    };

    [Theory]
    [MemberData(nameof(HeaderChanges))]
    public void A_changed_header_is_refused_with_what_differs(string change, string pattern, string replacement, string expected)
    {
        string header = Header(s_packed);
        string changed = new Regex(pattern).Replace(header, replacement, 1);
        Assert.True(header != changed, change);
        byte[] file = WithHeader(changed);
        string message = Refusal(file);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        string path = Write(file);
        Assert.Contains(expected, RefusalOf(() => ExternalModels.Load(path, copy: false), path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_missing_added_or_elsewhere_is_named()
    {
        using var packed = MappedSafetensors.Copy(s_packed);
        List<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)> Tables() =>
            [.. SafetensorsFile.Parse(s_packed).Tensors.Select(tensor => (tensor.Name, tensor.DType, tensor.Shape, tensor.Bytes))];
        byte[] With(List<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)> tables)
        {
            using var stream = new MemoryStream();
            SafetensorsFile.Write(stream, tables, packed.Metadata);
            return stream.ToArray();
        }

        Assert.Equal(Run(ExternalModels.Load(s_packed)), Run(ExternalModels.Load(With(Tables()))));
        var last = Tables();
        string name = last[^1].Name;
        last.RemoveAt(last.Count - 1);
        Assert.Contains($"lacks the table '{name}' F32 [", Refusal(With(last)), StringComparison.Ordinal);
        var middle = Tables();
        string second = middle[1].Name;
        middle.RemoveAt(1);
        Assert.Contains($"where the table '{second}' F32 [", Refusal(With(middle)), StringComparison.Ordinal);
        var added = Tables();
        added.Add(("zz", SafetensorsDType.F32, [1], new byte[4]));
        Assert.Contains("has the tensor zz F32 [1]", Refusal(With(added)), StringComparison.Ordinal);
        Assert.Contains("which the code does not know", Refusal(With(added)), StringComparison.Ordinal);

        // Two tables of one shape exchange their places: the names are those expected, the bytes are not where the code reads them.
        Match[] pair = [.. Regex.Matches(Header(s_packed), "\"(?<name>[0-9]{5}\\.\\w+)\":\\{\"dtype\":\"F32\",\"shape\":(?<shape>\\[[0-9,]+\\]),\"data_offsets\":(?<at>\\[[0-9,]+\\])").GroupBy(match => match.Groups["shape"].Value).First(group => group.Count() > 1)];
        string exchanged = Header(s_packed).Replace(pair[0].Groups["at"].Value, "@", StringComparison.Ordinal).Replace(pair[1].Groups["at"].Value, pair[0].Groups["at"].Value, StringComparison.Ordinal).Replace("@", pair[1].Groups["at"].Value, StringComparison.Ordinal);
        Assert.Contains($"where the table '{pair[0].Groups["name"].Value}' F32 [", Refusal(WithHeader(exchanged)), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_are_not_aligned_are_refused_only_where_they_are_mapped()
    {
        byte[] file = WithHeader(Header(s_packed).TrimEnd() + " ", alignment: 1);
        if (DataStart(file) % 64 == 0)
        {
            file = WithHeader(Header(s_packed).TrimEnd() + "  ", alignment: 1);
        }

        string path = Write(file);
        string message = RefusalOf(() => ExternalModels.Load(path, copy: false), path);
        Assert.Contains($"has its data at byte {DataStart(file)}, which is no multiple of 64; something rewrote the header", message, StringComparison.Ordinal);
        Assert.Equal(Run(ExternalModels.Load(s_packed)), Run(ExternalModels.Load(path, copy: true)));
        Assert.Equal(Run(ExternalModels.Load(s_packed)), Run(ExternalModels.Load(file)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(200)]
    [InlineData(-1)]
    [InlineData(-64)]
    public void A_file_that_was_cut_is_refused(int length)
    {
        byte[] file = s_packed[..(length < 0 ? s_packed.Length + length : length)];
        string path = Write(file);
        Assert.Throws<SafetensorsException>(() => ExternalModels.Load(file));
        Assert.Throws<SafetensorsException>(() => ExternalModels.Load(new MemoryStream(file)));
        Assert.StartsWith(path, Assert.Throws<SafetensorsException>(() => ExternalModels.Load(path, copy: false)).Message, StringComparison.Ordinal);
        Assert.StartsWith(path, Assert.Throws<SafetensorsException>(() => ExternalModels.Load(path, copy: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_input_and_output_fault() =>
        Assert.ThrowsAny<IOException>(() => ExternalModels.Load(Path.Combine(_folder.FullName, "none"), copy: false));

    [Fact]
    public void Two_thousand_damaged_files_load_and_compute_or_are_refused()
    {
        var random = new Random(31);
        int loaded = 0, refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] file = Damaged(random);
            if (Loads(() => ExternalModels.Load(file)))
            {
                loaded++;
            }
            else
            {
                refused++;
            }
        }

        // The damage is in the header half of the time, and in the data, or nowhere that matters, the other half: both outcomes are common.
        Assert.True(loaded > 200 && refused > 200, $"{loaded} loaded, {refused} refused");
    }

    [Fact]
    public void Hundreds_of_damaged_files_are_mapped_and_compute_or_are_refused()
    {
        var random = new Random(32);
        int loaded = 0, refused = 0;
        for (int i = 0; i < 400; i++)
        {
            string path = Write(Damaged(random));
            if (Loads(() => ExternalModels.Load(path, copy: false)))
            {
                loaded++;
            }
            else
            {
                refused++;
            }

            File.Delete(path);
        }

        Assert.True(loaded > 40 && refused > 40, $"{loaded} loaded, {refused} refused");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Threads_that_compute_while_another_disposes_get_the_numbers_or_are_told(bool mapped)
    {
        const int Threads = 4;
        string path = Write(s_packed);
        float[] expected = Run(ExternalModels.Load(s_packed));
        int computed = 0, told = 0;
        for (int round = 0; round < 25; round++)
        {
            IStreamingModel<float> model = mapped ? ExternalModels.Load(path, copy: false) : ExternalModels.Load(s_packed);
            List<Exception> faults = [];
            using var gate = new Barrier(Threads + 1);
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
            {
                gate.SignalAndWait();
                try
                {
                    while (true)
                    {
                        Assert.Equal(i == 0 ? [.. expected, .. expected] : expected, i == 0 ? Batch(model) : Run(model));
                        Interlocked.Increment(ref computed);
                    }
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref told);
                }
#pragma warning disable CA1031 // Whatever else is thrown fails the test, on its own thread.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    lock (faults)
                    {
                        faults.Add(fault);
                    }
                }
            }))];
            Array.ForEach(threads, thread => thread.Start());
            gate.SignalAndWait();
            Thread.Sleep(round % 5);
            ((IDisposable)model).Dispose();
            Array.ForEach(threads, thread => thread.Join());
            Assert.Empty(faults);
        }

        Assert.Equal(25 * Threads, told);
        Assert.True(computed > 0);
    }

    private static float[] Run(IStreamingModel<float> model) => ExternalModels.Run(model);

    private static float[] Batch(IStreamingModel<float> model)
    {
        float[] input = ExternalModels.Input(model.Metadata.InputWidth), output = new float[14 * model.Metadata.OutputWidth];
        model.ForwardBatch((float[])[.. input, .. input], [7, 7], output);
        return output;
    }

    /// <summary>Whether a file loads; it then computes. It may be refused by two exceptions, anything else is a fault.</summary>
    private static bool Loads(Func<IStreamingModel<float>> load)
    {
        IStreamingModel<float> model;
        try
        {
            model = load();
        }
        catch (Exception refusal) when (refusal is SafetensorsException or InvalidDataException)
        {
            Assert.True(refusal.Message.Length is > 20 and < 2000, refusal.Message);
            return false;
        }

        Run(model);
        ((IDisposable)model).Dispose();
        return true;
    }

    private static string Refusal(byte[] file)
    {
        using var stream = new MemoryStream(file);
        RefusalOf(() => ExternalModels.Load(stream), "The stream");
        return RefusalOf(() => ExternalModels.Load(file), "The file in memory");
    }

    /// <summary>The message of a refusal that begins with the file; that of a header that cannot be read in memory has no file to name.</summary>
    private static string RefusalOf(Func<object> load, string name)
    {
        Exception refusal = Assert.ThrowsAny<Exception>(load);
        Assert.True(refusal is InvalidDataException or SafetensorsException, refusal.ToString());
        Assert.True(refusal is SafetensorsException || refusal.Message.StartsWith(name + " ", StringComparison.Ordinal), refusal.Message);
        return refusal.Message;
    }

    /// <summary>One to three damages: bytes changed in header or data, a digit of the header changed, bytes taken out or put in, the end cut off.</summary>
    private static byte[] Damaged(Random random)
    {
        List<byte> file = [.. s_packed];
        int start = DataStart(s_packed);
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            int Header() => random.Next(Math.Min(start, file.Count));
            switch (random.Next(10))
            {
                case 0:
                    file[Header()] = (byte)random.Next(256);
                    break;
                case 1:
                    file[Header()] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    int at = file.FindIndex(Header(), value => value is >= (byte)'0' and <= (byte)'9');
                    if (at >= 0)
                    {
                        file[at] = (byte)random.Next('0', '9' + 1);
                    }

                    break;
                case 3:
                    file.RemoveRange(Header() is var from && from + 5 < file.Count ? from : 0, random.Next(1, 5));
                    break;
                case 4 when random.Next(3) == 0:
                    file.RemoveRange(file.Count - random.Next(1, Math.Min(200, file.Count - start)), 1);
                    break;
                default:
                    for (int i = 0; i < 20; i++)
                    {
                        int place = random.Next(Math.Min(start, file.Count - 1), file.Count);
                        file[place] = (byte)random.Next(256);
                    }

                    break;
            }
        }

        return [.. file];
    }

    private static int DataStart(byte[] file) => 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);

    private static string Header(byte[] file) => Encoding.UTF8.GetString(file, 8, DataStart(file) - 8);

    /// <summary>The packed file with another header, whose data begin at a multiple again.</summary>
    private static byte[] WithHeader(string header, int alignment = 64)
    {
        if (alignment > 1)
        {
            header = header.TrimEnd();
            header = header.PadRight(((header.Length + 8 + alignment - 1) / alignment * alignment) - 8);
        }

        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. s_packed.AsSpan(DataStart(s_packed))];
    }

    private string Write(byte[] file)
    {
        string path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N") + ".safetensors");
        File.WriteAllBytes(path, file);
        return path;
    }
}
