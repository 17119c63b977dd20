using System;
using System.IO;
using System.Text;
using Xunit;

namespace OperatorGen.Safetensors.Tests.Mapped;

/// <summary>Files that are long and take no room: a header, a hole, and a few bytes at the end.</summary>
internal static class SparseFile
{
    public static void Create(string path, string header, long dataLength, byte[] end)
    {
        Skip.If(OperatingSystem.IsWindows(), "A file is not sparse on Windows unless its file system is asked by a call of its own.");
        string format = new DriveInfo(Path.GetDirectoryName(path)!).DriveFormat;
        Skip.If(format is "msdos" or "vfat" or "exfat" or "hfs", "The file system " + format + " has no sparse files.");
        using FileStream file = new(path, FileMode.CreateNew);
        file.Write(BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)));
        file.Write(Encoding.UTF8.GetBytes(header));
        long length = file.Position + dataLength;
        file.SetLength(length);
        file.Position = length - end.Length;
        file.Write(end);
    }
}
