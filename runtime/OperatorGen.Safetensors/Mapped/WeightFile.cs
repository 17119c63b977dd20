using System.IO;

namespace OperatorGen.Safetensors;

/// <summary>Opens files for reading, with the same faults on every system.</summary>
internal static class WeightFile
{
    /// <summary>A file with a length. It is not read ahead. A pipe counts as an empty file.</summary>
    /// <exception cref="IOException">There is no such file, or it is a folder, or something else without a length.</exception>
    internal static Stream OpenRead(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException(path + " is a folder: give the file, for example model.safetensors, or the index model.safetensors.index.json of a checkpoint in several files.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException("There is no file " + path + ".", path);
        }

        // Opening a pipe would wait for a writer: it counts as what it is without one, an empty file.
        if (new FileInfo(path).Length == 0)
        {
            return Stream.Null;
        }

        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        if (file.CanSeek)
        {
            return file;
        }

        file.Dispose();
        throw new IOException(path + " has no length, as a pipe has none: copy it to a file, or read it as a stream.");
    }
}
