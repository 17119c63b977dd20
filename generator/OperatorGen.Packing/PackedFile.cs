using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OperatorGen.Compiler.Packing;
using OperatorGen.Compiler.Plans;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.Packing;

/// <summary>Writes packed weights as a safetensors file whose data begin at a multiple of 64 bytes.</summary>
internal static class PackedFile
{
    /// <summary>Writes a file. Tables are computed part by part, twice: once for the hash that the header names, once for the data.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="stream">Where the bytes go; it stays open, and need not be able to seek.</param>
    /// <returns>The weights hash, 64 hexadecimal digits.</returns>
    /// <exception cref="InvalidDataException">A number is beyond the range of the table's elements.</exception>
    public static string Write(PackedWeights weights, Stream stream)
    {
        (string hash, IEnumerable<ReadOnlyMemory<byte>> parts) = Parts(weights);
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            stream.Write(part.Span);
        }

        return hash;
    }

    /// <summary>A file part by part: the header, then the parts of the tables' rows, each computed when it is asked for and valid until the next one is.</summary>
    /// <param name="weights">The weights.</param>
    /// <returns>The weights hash, for which all parts have been computed once already, and the parts.</returns>
    /// <exception cref="InvalidDataException">A number is beyond the range of the table's elements.</exception>
    public static (string Hash, IEnumerable<ReadOnlyMemory<byte>> Parts) Parts(PackedWeights weights)
    {
        string hash = Hash(weights);
        byte[] header = SafetensorsWriter.Header(
            weights.Tables.Select(table => (table.Name, DTypeOf(table, weights.Element), (IReadOnlyList<int>)[table.Table.Rows, table.Table.Columns])),
            new Dictionary<string, string>
            {
                [PackedFormat.VersionKey] = PackedFormat.Version.ToString(CultureInfo.InvariantCulture),
                [PackedFormat.ShapeKey] = weights.ShapeHash,
                [PackedFormat.WeightsKey] = hash,
                [PackedFormat.PackerKey] = "operatorgen " + typeof(PackedFile).Assembly.GetName().Version!.ToString(3),
            },
            PackedFormat.Alignment);
        return (hash, Data(weights).Prepend(header));
    }

    /// <summary>The bytes of a file, see <see cref="Write"/>.</summary>
    /// <param name="weights">The weights.</param>
    /// <exception cref="InvalidDataException">A number is beyond the range of the table's elements.</exception>
    public static byte[] ToBytes(PackedWeights weights)
    {
        using var stream = new MemoryStream();
        Write(weights, stream);
        return stream.ToArray();
    }

    private static string Hash(PackedWeights weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> part in Data(weights))
        {
            hash.AppendData(part.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Data(PackedWeights weights) => weights.Tables.SelectMany(table => Data(table, weights.Element));

    private static SafetensorsDType DTypeOf(PackedTable table, ElementType element) => Enum.Parse<SafetensorsDType>(table.Table.StoredType(element));

    /// <summary>The parts of a table's rows as bytes, in the order of the memory; the array is used again for the next part.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Data(PackedTable packed, ElementType element)
    {
        ConstantTable table = packed.Table;
        var bytes = new byte[table.Panel * table.StoredSize(element)];
        foreach ((int row, int first, int count) in table.Parts())
        {
            Store(table, row, first, table.Values.Part(row, first, count), element, bytes);
            yield return bytes.AsMemory(0, count * table.StoredSize(element));
        }
    }

    private static void Store(ConstantTable table, int row, int first, double[] numbers, ElementType element, byte[] bytes)
    {
        Span<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan());
        Span<float> singles = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        Span<double> doubles = MemoryMarshal.Cast<byte, double>(bytes.AsSpan());
        for (int i = 0; i < numbers.Length; i++)
        {
            float single = (float)numbers[i];
            if (!double.IsFinite(numbers[i]) || (element == ElementType.Single && !float.IsFinite(single)))
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"Row {row}, column {first + i} of the table {table.Name} is {numbers[i]}, which {(element == ElementType.Single ? "single" : "double")} precision cannot hold. {table.Summary}"));
            }

            if (table.IsBFloat16)
            {
                uint bits = BitConverter.SingleToUInt32Bits(single);
                halves[i] = (bits & 0xFFFF) == 0 ? (ushort)(bits >> 16) : throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"Row {row}, column {first + i} of the table {table.Name} is {numbers[i]}, which is no BF16 although the model file says that its tensor is: convert the checkpoint to BF16, or run operatorgen import --external on it for a model file of its own formats. {table.Summary}"));
            }
            else if (element == ElementType.Single)
            {
                singles[i] = single;
            }
            else
            {
                doubles[i] = numbers[i];
            }
        }
    }
}
