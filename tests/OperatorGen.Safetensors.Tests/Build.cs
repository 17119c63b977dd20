using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace OperatorGen.Safetensors.Tests;

/// <summary>Files by hand, so that the reader is not tested through the writer alone.</summary>
internal static class Build
{
    public static byte[] File(string header, params byte[] data) => File(Encoding.UTF8.GetBytes(header), data);

    public static byte[] File(byte[] header, byte[] data)
    {
        byte[] file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        data.CopyTo(file, 8 + header.Length);
        return file;
    }

    public static SafetensorsTensor Tensor(SafetensorsDType dtype, byte[] data, int count)
    {
        using MemoryStream stream = new();
        SafetensorsFile.Write(stream, [("t", dtype, [count], data)]);
        return SafetensorsFile.Parse(stream.ToArray()).Find("t")!;
    }

    /// <summary>The folder with OperatorGen.sln, walking up from the test's own.</summary>
    public static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "OperatorGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("No folder above the test holds OperatorGen.sln.");
    }
}
