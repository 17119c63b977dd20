using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace OperatorGen.Safetensors;

/// <summary>A file in the address space: the view, whose uses are counted, and what keeps others from opening the file for writing.</summary>
/// <param name="View">The bytes from the beginning of the file.</param>
/// <param name="Length">The length of the file in bytes.</param>
/// <param name="File">The open file.</param>
internal readonly record struct MappedBytes(SafeBuffer View, long Length, IDisposable File)
{
    /// <summary>Maps a file, which is closed when this fails.</summary>
    internal static MappedBytes Of(FileStream file)
    {
        MemoryMappedFile? map = null;
        try
        {
            long length = file.Length;
            if (nint.Size == 4 && length > int.MaxValue)
            {
                throw new IOException($"{file.Name} has {Messages.Digits(length)} bytes, more than a process of 32 bits can map: run one of 64 bits.");
            }

            map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new MappedBytes(map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read).SafeMemoryMappedViewHandle, length, map);
        }
        catch
        {
            map?.Dispose();
            file.Dispose();
            throw;
        }
    }
}
