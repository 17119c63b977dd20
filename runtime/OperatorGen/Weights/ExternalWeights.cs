using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// The weights of a generated model that are not in its assembly: a packed file, mapped or in memory, whose header, hashes, names, types and shapes are those that
/// the code was made for. The numbers are not looked at. Immutable; shared by any number of threads.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ExternalWeights : IDisposable
{
    private readonly MappedSafetensors _file;
    private readonly string _name;
    private readonly MappedTensor[] _tables; // by number

    private ExternalWeights(MappedSafetensors file, WeightLayout layout, string name)
    {
        _file = file;
        _name = name;
        _tables = new MappedTensor[layout.Tables.Count];
        try
        {
            Check(layout, name);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        Hash = file.Metadata[PackedFormat.WeightsKey];
    }

    /// <summary>The weights hash that the file names: SHA-256 over the bytes of all tables, 64 hexadecimal digits. It is not computed again.</summary>
    public string Hash { get; }

    /// <summary>True where the memory is the file itself.</summary>
    public bool IsMapped => _file.IsMapped;

    /// <summary>The numbers of all tables, padding included.</summary>
    public long Count => _tables.Sum(table => table.Count);

    /// <summary>Opens a packed file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="copy">False to map it, true to read it whole into memory of its own.</param>
    /// <param name="layout">What the code expects.</param>
    /// <exception cref="InvalidDataException">The file is not packed, or packed for another model.</exception>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static ExternalWeights Open(string path, bool copy, WeightLayout layout) => new(MappedSafetensors.Open(path, copy), layout, path);

    /// <summary>Reads a packed file into memory.</summary>
    /// <param name="stream">The file, from where the stream stands to its end; it stays open.</param>
    /// <param name="layout">What the code expects.</param>
    /// <exception cref="InvalidDataException">The file is not packed, or packed for another model.</exception>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    public static ExternalWeights Read(Stream stream, WeightLayout layout) => new(MappedSafetensors.Copy(stream), layout, "The stream");

    /// <summary>Copies a packed file.</summary>
    /// <param name="file">The whole file, which is not used afterwards.</param>
    /// <param name="layout">What the code expects.</param>
    /// <exception cref="InvalidDataException">The file is not packed, or packed for another model.</exception>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    public static ExternalWeights Read(ReadOnlyMemory<byte> file, WeightLayout layout) => new(MappedSafetensors.Copy(file), layout, "The file in memory");

    /// <summary>Takes the memory into use: until the lease is disposed it stays, also where the weights are disposed meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The weights have been disposed.</exception>
    public MappedLease Acquire()
    {
        try
        {
            return _file.Acquire();
        }
        catch (ObjectDisposedException fault)
        {
            throw new ObjectDisposedException($"The model with these weights ({_name}) was disposed, before this call or while it computed: load it again, and dispose it when nothing computes any more.", fault);
        }
    }

    /// <summary>A copy of a table.</summary>
    /// <typeparam name="T">float or double, the element type of the code.</typeparam>
    /// <param name="number">The number of the table in the plan.</param>
    /// <returns>[rows, columns].</returns>
    /// <exception cref="InvalidOperationException">The model has more numbers than an operator with numbers is made of.</exception>
    /// <exception cref="ObjectDisposedException">The weights have been disposed.</exception>
    public T[] Table<T>(int number)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Count > MostDescribed)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"The model has {Count} numbers, padding included; its operator with numbers is made of at most {MostDescribed}. Evaluation works; the operator, its text, attention and explanations do not."));
        }

        using MappedLease lease = Acquire();
        var numbers = new T[_tables[number].Count];
        if (typeof(T) == typeof(float))
        {
            _tables[number].CopyTo(0, MemoryMarshal.Cast<T, float>(numbers.AsSpan()));
        }
        else
        {
            _tables[number].CopyTo(0, MemoryMarshal.Cast<T, double>(numbers.AsSpan()));
        }

        return numbers;
    }

    /// <summary>Copies some elements of a table.</summary>
    /// <typeparam name="T">float or double, the element type of the code.</typeparam>
    /// <param name="number">The number of the table in the plan.</param>
    /// <param name="start">The row-major position of the first.</param>
    /// <param name="step">From one to the next.</param>
    /// <param name="numbers">Room for as many as are wanted.</param>
    /// <exception cref="ObjectDisposedException">The weights have been disposed.</exception>
    internal void Copy<T>(int number, long start, int step, Span<T> numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MappedTensor table = _tables[number];
        using MappedLease lease = Acquire();
        ref byte data = ref Unsafe.AsRef(in lease.First);
        for (int i = 0; i < numbers.Length; i++)
        {
            ref byte element = ref Unsafe.AddByteOffset(ref data, (nint)(table.Begin + ((start + ((long)i * step)) * table.DType.ItemSize())));
            numbers[i] = table.DType == SafetensorsDType.BF16
                ? T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)Unsafe.As<byte, ushort>(ref element) << 16))
                : Unsafe.As<byte, T>(ref element);
        }
    }

    /// <summary>Gives the memory back as soon as nothing computes with it any more.</summary>
    public void Dispose() => _file.Dispose();

    private const long MostDescribed = 10_000_000;

    private void Check(WeightLayout layout, string name)
    {
        IReadOnlyDictionary<string, string> metadata = _file.Metadata;
        if (!metadata.TryGetValue(PackedFormat.VersionKey, out string? version))
        {
            throw Fault(name, $"is not packed: its metadata has no '{PackedFormat.VersionKey}'", "'operatorgen pack CHECKPOINT --model MODEL.ssm.json -o FILE' makes a packed file of a checkpoint, and CheckpointFile.Load of the package OperatorGen.Packing takes the checkpoint itself");
        }

        if (version != NumberText.Format((long)PackedFormat.Version))
        {
            throw Fault(name, $"has the layout {Short(version)}, but this version of OperatorGen reads {PackedFormat.Version}", "pack the checkpoint again with the operatorgen of the same version as the package");
        }

        if (!metadata.TryGetValue(PackedFormat.ShapeKey, out string? shape) || shape != layout.ShapeHash)
        {
            throw Fault(
                name,
                $"is packed for the shapes {Short(shape ?? "of no model")}, but the code was made for {layout.ShapeHash}",
                "it belongs to another model, or the model file changed since: pack the checkpoint again with the model file that the program was built with");
        }

        if (!metadata.TryGetValue(PackedFormat.WeightsKey, out string? hash) || hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
        {
            throw Fault(name, $"has no hash of its weights under '{PackedFormat.WeightsKey}'", "pack the checkpoint again");
        }

        if (_file.IsMapped && !_file.IsAligned(PackedFormat.Alignment))
        {
            throw Fault(name, $"has its data at byte {NumberText.Format(_file.DataStart)}, which is no multiple of {PackedFormat.Alignment}", "something rewrote the header: pack the checkpoint again");
        }

        CheckTables(layout, name);
    }

    private void CheckTables(WeightLayout layout, string name)
    {
        long begin = 0;
        for (int i = 0; i < layout.Tables.Count; i++)
        {
            WeightTable expected = layout.Tables[i];
            string table = PackedFormat.NameOf(expected.Number, expected.Name);
            string wanted = $"'{table}' {expected.DType} [{NumberText.Format((long)expected.Rows)}, {NumberText.Format((long)expected.Columns)}]";
            if (i >= _file.Tensors.Count)
            {
                throw Fault(name, $"lacks the table {wanted}", "pack the checkpoint again");
            }

            MappedTensor found = _file.Tensors[i];
            if (found.Name != table || found.DTypeName != expected.DType || !found.Shape.SequenceEqual([expected.Rows, expected.Columns]) || found.Begin != begin)
            {
                throw Fault(name, $"has {Short(found.ToString())} at byte {NumberText.Format(found.Offset)}, where the table {wanted} is expected", "pack the checkpoint again");
            }

            _tables[expected.Number] = found;
            begin += expected.Bytes;
        }

        if (_file.Tensors.Count > layout.Tables.Count)
        {
            throw Fault(name, $"has the tensor {Short(_file.Tensors[layout.Tables.Count].ToString())}, which the code does not know", "pack the checkpoint again");
        }
    }

    private static InvalidDataException Fault(string name, string found, string advice) => new($"{name} {found}; {advice}.");

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "...";
}
