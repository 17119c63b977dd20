using System;
using System.IO;
using OperatorGen.Safetensors;

namespace OperatorGen;

/// <summary>A generated type whose weights are in a file: how it is loaded, for code that does so for any of them.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IExternalModel<TSelf> : ISequenceModel, IDisposable
    where TSelf : IExternalModel<TSelf>
{
    /// <summary>The model file of shapes that the code was made of, with the precision of the code: all that packing weights for the type needs.</summary>
    static abstract string ModelFile { get; }

    /// <summary>Loads a packed file of weights.</summary>
    /// <param name="path">The file.</param>
    /// <param name="copy">False to map the file, true to read it whole into memory.</param>
    /// <exception cref="InvalidDataException">The file is not packed, or packed for another model.</exception>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    static abstract TSelf Load(string path, bool copy = false);

    /// <summary>Reads a packed file of weights into memory.</summary>
    /// <param name="stream">The file, from where the stream stands to its end; it stays open.</param>
    /// <exception cref="InvalidDataException">The file is not packed, or packed for another model.</exception>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    static abstract TSelf Load(Stream stream);

    /// <summary>Copies a packed file of weights.</summary>
    /// <param name="file">The whole file, which is not used afterwards.</param>
    /// <exception cref="InvalidDataException">The file is not packed, or packed for another model.</exception>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    static abstract TSelf Load(ReadOnlyMemory<byte> file);
}
