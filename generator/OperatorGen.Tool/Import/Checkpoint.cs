using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using OperatorGen.Analysis;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Import;

/// <summary>A checkpoint file in memory.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Sha256">The hash of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="File">Its tensors.</param>
internal sealed record Checkpoint(string Path, string Sha256, SafetensorsFile File)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="what">What it is in the words of a message.</param>
    /// <exception cref="UnusableInputException">There is no such file, or it is no safetensors file.</exception>
    public static Checkpoint Read(string path, string what = "a checkpoint")
    {
        if (!System.IO.File.Exists(path))
        {
            throw new UnusableInputException(Directory.Exists(path) ? $"{path} is a folder; {what} is a file, *.safetensors." : $"There is no file {path}.");
        }

        byte[] bytes = System.IO.File.ReadAllBytes(path);
        if (SafetensorsFile.LooksLikePickleOrZip(bytes))
        {
            throw new UnusableInputException(ConversionAdvice.Message(path));
        }

        try
        {
            return new Checkpoint(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), SafetensorsFile.Parse(bytes));
        }
        catch (SafetensorsException failure)
        {
            throw new UnusableInputException(ConversionAdvice.IsUsualName(path) ? ConversionAdvice.Message(path) : VisibleText.Of($"{path}: {failure.Message}"), failure);
        }
    }

    /// <summary>The tensors whose names begin with the prefix, widened exactly.</summary>
    /// <exception cref="UnusableInputException">An element is an integer that no double holds.</exception>
    public IReadOnlyList<(string Name, EquatableArray<int> Shape, double[] Values)> Widened(string prefix) => Reading(
        Path,
        IReadOnlyList<(string, EquatableArray<int>, double[])> () => [.. File.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => (tensor.Name, tensor.Shape.ToEquatableArray(), tensor.ToDoubles()))]);

    /// <summary>Reads something of a file's tensors.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file, for the message.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="UnusableInputException">The file's format or an element of it does not allow that.</exception>
    public static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SafetensorsException failure)
        {
            throw new UnusableInputException(VisibleText.Of($"{path}: {failure.Message}"), failure);
        }
    }
}
