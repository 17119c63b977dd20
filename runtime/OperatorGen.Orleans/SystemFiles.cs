using System;
using System.IO;
using System.Runtime.InteropServices;

namespace OperatorGen.Streams;

/// <summary>What the system can do with files and .NET has no call for.</summary>
internal static partial class SystemFiles
{
    private const int ReadOnly = 0, CurrentFolder = -100, Interrupted = 4, Invalid = 22;
    private const uint ExchangeNames = 2;

    private static bool s_exchanges = OperatingSystem.IsLinux();

    /// <summary>
    /// Waits until the names in a folder are on the disk: after a rename the file's new name is not durable before its folder is. Windows has nothing of the kind; NTFS keeps a journal of renames, which
    /// reaches the disk a little later. On macOS the disk may still keep them in its own memory.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int file = Repeated(() => Open(folder, ReadOnly), out int error);
        int result = file < 0 ? -1 : Repeated(() => Synchronize(file), out error);
        if (file >= 0)
        {
            _ = Close(file);
        }

        // A file system that cannot flush folders has nothing to flush, or its own way of keeping names.
        if (result < 0 && error != Invalid)
        {
            throw new IOException($"The folder {folder} cannot be flushed to the disk: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    /// <summary>
    /// Gives a file the name of another one, in one step that is done or not done. Where the system can (Linux, most file systems) the other file takes the first one's name, and can be written over
    /// next time: making and removing a file for every write takes half as long again. Elsewhere it is gone.
    /// </summary>
    /// <param name="from">The file.</param>
    /// <param name="to">The other one; it need not exist.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Replace(string from, string to)
    {
        if (!s_exchanges || !Exchange(from, to))
        {
            File.Move(from, to, overwrite: true);
        }
    }

    private static int Repeated(Func<int> call, out int error)
    {
        int result;
        do
        {
            result = call();
            error = result < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Interrupted);
        return result;
    }

    private static bool Exchange(string from, string to)
    {
        try
        {
            // It fails where there is no other file yet, and where the file system cannot do it.
            return Rename(CurrentFolder, from, CurrentFolder, to, ExchangeNames) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            s_exchanges = false;
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int fromFolder, string from, int toFolder, string to, uint flags);
}
