using System.IO;

namespace OperatorGen.Safetensors;

/// <summary>Opens files for reading, with the same faults on every system.</summary>
internal static class WeightFile
{
    /// <summary>A file with a length. It is not read ahead.</summary>
    /// <exception cref="IOException">There is no such file, or it is a folder, or a pipe or the like.</exception>
    internal static FileStream OpenRead(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException(path + " is a folder: give the file, for example model.safetensors, or the index model.safetensors.index.json of a checkpoint in several files.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException("There is no file " + path + ".", path);
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
