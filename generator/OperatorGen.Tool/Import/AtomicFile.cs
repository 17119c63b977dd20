using System;
using System.IO;
using System.Text;

namespace OperatorGen.Tool.Import;

/// <summary>Writes a file so that its name shows either the old content or the whole new one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes UTF-8 without a byte order mark into a file beside the target and renames it.</summary>
    /// <exception cref="UnusableInputException">The target's folder does not exist.</exception>
    public static void Write(string path, string text) => Write(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));

    /// <summary>Makes sure that a file can be written where its path says.</summary>
    /// <returns>The folder, and the whole path.</returns>
    /// <exception cref="UnusableInputException">The folder does not exist.</exception>
    public static (string Folder, string Full) RequireFolder(string path)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? full;
        return Directory.Exists(folder) ? (folder, full) : throw new UnusableInputException($"There is no folder {folder} to write {Path.GetFileName(path)} into.");
    }

    /// <summary>Writes bytes into a file beside the target and renames it.</summary>
    /// <exception cref="UnusableInputException">The target's folder does not exist.</exception>
    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    /// <summary>Writes what a function gives into a file beside the target and renames it.</summary>
    /// <exception cref="UnusableInputException">The target's folder does not exist.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        (string folder, string full) = RequireFolder(path);
        if (Directory.Exists(full))
        {
            throw new UnusableInputException($"{path} is a folder; -o names a file.");
        }

        string temporary = Path.Combine(folder, "." + Path.GetFileName(full) + "." + Guid.NewGuid().ToString("N") + ".tmp");
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                content(stream);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
