using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace OperatorGen.Safetensors.Tests.Mapped;

public class DamagedFileTests
{
    public static TheoryData<string, string> Headers => MalformedFileTests.Headers;

    [Theory]
    [MemberData(nameof(Headers))]
    public void Every_way_of_opening_names_a_malformed_header_as_parsing_does(string header, string message) => Refused(Build.File(header, 1, 2), message);

    [Theory]
    [InlineData(new byte[] { }, "the file ends after 0 bytes, within the 8 bytes of the header length.")]
    [InlineData(new byte[] { 1, 2, 3 }, "the file ends after 3 bytes, within the 8 bytes of the header length.")]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0 }, "the header length is 9 bytes, but only 0 follow.")]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "the header length is 9 bytes, but only 2 follow.")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "the header does not begin with '{'.")]
    [InlineData(new byte[] { 1, 225, 245, 5, 0, 0, 0, 0, 123, 125 }, "the header length is 100000001 bytes, above the format's limit of 100000000.")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 123 }, "the header length is 18446744073709551615 bytes, above the format's limit")]
    [InlineData(new byte[] { 80, 75, 3, 4, 0, 0, 0, 0, 0, 0 }, "this is a pickle or zip, as torch.save writes it")]
    [InlineData(new byte[] { 128, 2, 138, 10 }, "this is a pickle or zip, as torch.save writes it")]
    public void Every_way_of_opening_tells_a_file_that_cannot_be_one(byte[] file, string message) => Refused(file, message);

    [Fact]
    public void Bytes_after_the_last_tensor_are_refused()
        => Refused(Build.File("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 1, 2, 3), "Byte 63: 1 bytes follow that belong to no tensor.");

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        Refused(Build.File($$"""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":{{deep}} } }"""), "the header is not JSON: The maximum configured depth of 64 has been exceeded.");
        Refused(Build.File($$"""{"a":{"dtype":"U8","shape":{{deep}},"data_offsets":[0,0]} }"""), "found StartArray instead of integers in shape.");
    }

    [Fact]
    public void An_unknown_dtype_whose_elements_cannot_be_counted_is_refused()
        => Refused(
            Build.File("""{"a":{"dtype":"F4","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,0]}}"""),
            "shape [2147483647, 2147483647, 2147483647] has more elements than can be counted.");

    [Fact]
    public void Messages_stay_short_however_long_the_names_and_shapes_of_the_header_are()
    {
        string name = new('n', 100_000);
        string ones = string.Join(",", Enumerable.Repeat("1", 100_000));
        Refused(Build.File($$"""{"{{name}}":{"dtype":"U8","shape":[{{ones}}],"data_offsets":[0,2]} }""", 1, 2), "needs 1 bytes, but data_offsets [0, 2] hold 2.");
        Refused(Build.File($$"""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"{{name}}":3}"""), "found Number instead of an object");
    }

    [Fact]
    public void A_hundred_thousand_tensors_are_read()
    {
        StringBuilder header = new("{");
        for (int i = 0; i < 100_000; i++)
        {
            header.Append(i == 0 ? "" : ",").Append('"').Append(i).Append("\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[").Append(i).Append(',').Append(i + 1).Append("]}");
        }

        byte[] content = Build.File(header.Append('}').ToString(), new byte[100_000]);
        using var file = MappedSafetensors.Copy(content);
        Assert.Equal(100_000, file.Tensors.Count);
        Assert.Equal(99_999, file.Find("99999")!.Begin);
    }

    [Fact]
    public void Paths_without_a_file_are_named()
    {
        using TempFolder folder = new();
        foreach (bool copy in new[] { false, true })
        {
            string missing = folder.File("missing.safetensors");
            Assert.Contains("There is no file " + missing, Assert.Throws<FileNotFoundException>(() => MappedSafetensors.Open(missing, copy)).Message, StringComparison.Ordinal);
            Assert.Contains(folder.Path + " is a folder", Assert.Throws<IOException>(() => MappedSafetensors.Open(folder.Path, copy)).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The same fault, word for word, from every way; that of a path begins with the path.</summary>
    private static void Refused(byte[] content, string message)
    {
        SafetensorsException parsed = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(content));
        Assert.Contains(message, parsed.Message, StringComparison.Ordinal);
        Assert.InRange(parsed.Message.Length, 1, 1000);
        using TempFolder folder = new();
        foreach ((string way, Func<MappedSafetensors> open) in Ways.Of(content, folder))
        {
            SafetensorsException exception = Assert.Throws<SafetensorsException>(() => open().Dispose());
            string? path = way is "mapped" or "copied" ? folder.File("model.safetensors") : null;
            Assert.Equal(path, exception.File);
            Assert.Equal((parsed.Offset, parsed.TensorName), (exception.Offset, exception.TensorName));
            Assert.Equal(path is null ? parsed.Message : path + ": " + parsed.Message, exception.Message);
        }
    }
    [SkippableFact]
    public void A_pipe_without_a_writer_is_refused_and_does_not_wait()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        using var folder = new TempFolder();
        string pipe = System.IO.Path.Combine(folder.Path, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            made.WaitForExit();
            Assert.Equal(0, made.ExitCode);
        }

        foreach (bool copy in new[] { false, true })
        {
            Assert.StartsWith(pipe + ": Byte 0: the file ends after 0 bytes", Assert.Throws<SafetensorsException>(() => MappedSafetensors.Open(pipe, copy)).Message, StringComparison.Ordinal);
        }
    }

}
