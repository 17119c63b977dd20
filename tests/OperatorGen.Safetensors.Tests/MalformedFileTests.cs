using System;
using System.Linq;
using System.Text;
using Xunit;

namespace OperatorGen.Safetensors.Tests;

public class MalformedFileTests
{
    private const string Good = """{"dtype":"U8","shape":[2],"data_offsets":[0,2]}""";

    public static TheoryData<string, string> Headers => new()
    {
        { "", "Byte 8: the header does not begin with '{'." },
        { " x{}", "Byte 8: the header does not begin with '{'." },
        { "[]", "Byte 8: the header does not begin with '{'." },
        { """{"a":""", "Tensor 'a', byte 13: the header is not JSON: " },
        { "{} x", "the header is not JSON: " },
        { $$"""{"a":{{Good}},"a":{{Good}}}""", "Tensor 'a', byte 61: the name 'a' occurs twice." },
        { """{"a":3}""", "Tensor 'a', byte 13: found Number instead of an object with dtype, shape and data_offsets." },
        { """{"a":{"shape":[2],"data_offsets":[0,2]}}""", "the key 'dtype' is missing." },
        { """{"a":{"dtype":"U8","data_offsets":[0,2]}}""", "the key 'shape' is missing." },
        { """{"a":{"dtype":"U8","shape":[2]}}""", "the key 'data_offsets' is missing." },
        { """{"a":{"dtype":"U8","dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", "the key 'dtype' occurs twice." },
        { """{"a":{"dtype":8,"shape":[2],"data_offsets":[0,2]}}""", "found Number instead of a string as dtype." },
        { """{"a":{"dtype":"U8","shape":2,"data_offsets":[0,2]}}""", "found Number instead of an array as shape." },
        { """{"a":{"dtype":"U8","shape":["2"],"data_offsets":[0,2]}}""", "found String instead of integers in shape." },
        { """{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""", "shape holds a number that is negative, not an integer, or above 2147483647." },
        { """{"a":{"dtype":"U8","shape":[2.0],"data_offsets":[0,2]}}""", "shape holds a number that is negative, not an integer" },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0]}}""", "The length of data_offsets is 1." },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2,2]}}""", "The length of data_offsets is 3." },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,99999999999999999999]}}""", "data_offsets holds a number that is" },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""", "data_offsets are [2, 0] in 2 bytes of data. Begin is not after end" },
        { """{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", "data_offsets are [0, 9] in 2 bytes of data. The file is truncated" },
        { """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,2]}}""", "Tensor 'a', byte 9: shape [3] of U8 needs 3 bytes, but data_offsets [0, 2] hold 2." },
        { """{"a":{"dtype":"F64","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,2]}}""", "needs more bytes than can be counted" },
        { """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", "the data begins at 1 and leaves a hole after the tensor before it, which ends at 0." },
        { $$"""{"a":{{Good}},"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]} }""", "Tensor 'b', byte 61: the data begins at 1 and overlaps the tensor before it, which ends at 2." },
        { """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", ": 1 bytes follow that belong to no tensor." },
        { """{"__metadata__":3}""", "found Number instead of an object of strings or null under __metadata__." },
        { """{"__metadata__":{"k":3}}""", "found Number instead of a string under 'k' of __metadata__." },
        { """{"__metadata__":{"k":"","k":""}}""", "the key 'k' occurs twice under __metadata__." },
        { """{"__metadata__":{},"__metadata__":{}}""", "the name '__metadata__' occurs twice." },
        { """{"\ud800":3}""", "the header holds text that is not valid Unicode." },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_malformed_header_is_named_with_its_place(string header, string message)
    {
        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(Build.File(header, 1, 2)));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Offset!.Value, 0, header.Length + 10);
    }

    [Theory]
    [InlineData("F8_E4M3")]
    [InlineData("C64")]
    [InlineData("u8")]
    public void An_unknown_dtype_matters_where_its_elements_are_read(string dtype)
    {
        var file = SafetensorsFile.Parse(Build.File($$$"""{"a":{{{Good}}},"b":{"dtype":"{{{dtype}}}","shape":[3],"data_offsets":[2,4]}}""", 1, 2, 3, 4));
        Assert.Equal([1, 2], file.Find("a")!.ToDoubles());
        SafetensorsTensor other = file.Find("b")!;
        Assert.Equal((SafetensorsDType.Other, dtype, 2), (other.DType, other.DTypeName, other.Bytes.Length));
        Assert.Equal($"b {dtype} [3]", other.ToString());
        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => other.ToDoubles());
        Assert.Contains($"Tensor 'b', byte {other.Offset}: the dtype is '{dtype}'. Read are F64, F32,", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_upstreams_reader_tolerates_is_read()
    {
        var file = SafetensorsFile.Parse(Build.File($$""" {"__metadata__":null,"a":{{Good}} }  """, 1, 2));
        Assert.Empty(file.Metadata);
        Assert.Equal([1, 2], file.Find("a")!.ToDoubles());
    }

    [Fact]
    public void A_header_that_is_not_utf8_is_named()
    {
        byte[] header = Encoding.Latin1.GetBytes("{\"\u00ff\":" + Good + "}");
        Assert.Contains("not valid Unicode", Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(Build.File(header, [1, 2]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "the file ends after 3 bytes, within the 8 bytes of the header length.")]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "the header length is 9 bytes, but only 2 follow.")]
    [InlineData(new byte[] { 1, 225, 245, 5, 0, 0, 0, 0, 123, 125 }, "the header length is 100000001 bytes, above the format's limit of 100000000.")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 123 }, "the header length is 18446744073709551615 bytes, above the format's limit")]
    [InlineData(new byte[] { 80, 75, 3, 4, 0, 0, 0, 0, 0, 0 }, "this is a pickle or zip, as torch.save writes it")]
    [InlineData(new byte[] { 128, 2, 138, 10 }, "this is a pickle or zip, as torch.save writes it")]
    public void A_file_that_cannot_be_one_is_told_so(byte[] file, string message)
        => Assert.Contains(message, Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(file)).Message, StringComparison.Ordinal);

    [Fact]
    public void Mutated_files_are_read_or_refused_and_nothing_else()
    {
        Random random = new(20260504);
        int read = 0;
        int refused = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] file = RoundTripTests.Write(RoundTripTests.Draw(random), trial % 2 == 0 ? null : new() { ["k"] = "v" });
            file = Mutate(random, file);
            try
            {
                foreach (SafetensorsTensor tensor in SafetensorsFile.Parse(file).Tensors)
                {
                    tensor.ToDoubles();
                }

                read++;
            }
            catch (SafetensorsException exception)
            {
                Assert.NotEmpty(exception.Message);
                refused++;
            }
        }

        // Both outcomes occur often, else the mutations would be too mild or too wild to say anything.
        Assert.InRange(read, 200, 1800);
        Assert.InRange(refused, 200, 1800);
    }

    /// <summary>A few bytes changed, mostly in the header, or a piece removed, doubled or cut off.</summary>
    private static byte[] Mutate(Random random, byte[] file)
    {
        int headerEnd = 8 + BitConverter.ToInt32(file);
        switch (random.Next(6))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                int from = random.Next(8, headerEnd);
                int length = random.Next(1, Math.Min(20, headerEnd - from + 1));
                byte[] without = [.. file[..from], .. file[(from + length)..]];
                BitConverter.TryWriteBytes(without, (long)(headerEnd - 8 - length));
                return without;
            case 2:
                int at = random.Next(8, headerEnd);
                byte[] twice = [.. file[..at], .. file[8..headerEnd], .. file[at..]];
                BitConverter.TryWriteBytes(twice, 2L * (headerEnd - 8));
                return twice;
            case 3:
                byte[] characters = "{}[]\",:0123456789-.eUFIB\\ntu \u0080"u8.ToArray();
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    file[random.Next(8, headerEnd)] = characters[random.Next(characters.Length)];
                }

                return file;
            case 4:
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
            default:
                // Data only: still a file, except for what ToDoubles refuses.
                if (headerEnd < file.Length)
                {
                    file[random.Next(headerEnd, file.Length)] = (byte)random.Next(256);
                }

                return file;
        }
    }
}
