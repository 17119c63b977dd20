using System;
using System.IO;
using System.Runtime.InteropServices;

namespace OperatorGen.Streams;

/// <summary>
/// Brings the names in a folder to the disk: after a rename the file's new name is not durable before its folder is. .NET has no call for it, so this one asks the system. Windows has nothing of
/// the kind; NTFS keeps a journal of renames, which reaches the disk a little later.
/// </summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Waits until the names in a folder are on the disk.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int file = Open(folder, ReadOnly);
        int result = file < 0 ? -1 : Synchronize(file);
        int error = Marshal.GetLastPInvokeError();
        if (file >= 0)
        {
            _ = Close(file);
        }

        if (result < 0)
        {
            throw new IOException($"The folder {folder} cannot be flushed to the disk: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
