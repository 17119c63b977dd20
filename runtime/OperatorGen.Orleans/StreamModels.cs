using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace OperatorGen.Streams;

/// <summary>
/// The models that streams can have, by name and hash. Several versions of a name may be there at a time: a stream goes on with the version that its state belongs to, a new one begins with the
/// version that was added last.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StreamModels<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, List<IStreamingModel<T>>> _versions = [];

    /// <summary>The names, in the order in which they were added.</summary>
    public IReadOnlyCollection<string> Names => _versions.Keys;

    /// <summary>Adds a version of a model; it is the current one of its name then.</summary>
    /// <param name="name">The name, without a slash.</param>
    /// <param name="model">The model.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The name is empty or has a slash, this version is there already, or its hash is none.</exception>
    public StreamModels<T> Add(string name, IStreamingModel<T> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (string.IsNullOrEmpty(name) || name.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The name of a model has at least one character and no slash, which \"{name}\" has: a stream's key is MODEL/STREAM.", nameof(name));
        }

        if (!_versions.TryGetValue(name, out List<IStreamingModel<T>>? versions))
        {
            _versions.Add(name, versions = []);
        }

        string hash = model.Metadata.ModelHash;
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit))
        {
            throw new ArgumentException($"The model \"{name}\" has the hash \"{hash}\"; 64 hexadecimal digits are expected.", nameof(model));
        }

        if (versions.Any(version => version.Metadata.ModelHash == hash))
        {
            throw new ArgumentException($"The model \"{name}\" with the hash {hash} has been added already.", nameof(model));
        }

        versions.Add(model);
        return this;
    }

    /// <summary>The version that new streams begin with.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="StreamException">There is no such model.</exception>
    public IStreamingModel<T> Current(string name) => Versions(name)[^1];

    /// <summary>The version with a hash.</summary>
    /// <param name="name">The name.</param>
    /// <param name="hash">The model hash.</param>
    /// <exception cref="StreamVersionException">The model has no such version.</exception>
    /// <exception cref="StreamException">There is no such model.</exception>
    public IStreamingModel<T> Find(string name, string hash) =>
        Versions(name).FirstOrDefault(version => version.Metadata.ModelHash == hash)
        ?? throw new StreamVersionException($"The stream's state belongs to version {hash} of the model \"{name}\", which is not registered; there are {string.Join(", ", Versions(name).Select(version => version.Metadata.ModelHash))}. Register that version beside the current one, or migrate the stream (Migrate, Reset).");

    private List<IStreamingModel<T>> Versions(string name) =>
        _versions.TryGetValue(name, out List<IStreamingModel<T>>? versions)
            ? versions
            : throw new StreamException($"There is no model \"{name}\"; there {(_versions.Count == 1 ? "is" : "are")} {(_versions.Count == 0 ? "none" : string.Join(", ", _versions.Keys))}.");
}
