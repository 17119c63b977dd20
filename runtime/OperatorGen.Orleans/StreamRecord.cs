using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OperatorGen.Streams;

/// <summary>
/// What is stored of a stream, and its form as bytes, little endian:
/// <code>
/// "OPGT" | int32 form, 1 | 64 ASCII characters model hash | int64 epoch | int64 first kept | int64 position
/// int32 length of the model's state, and the state | int32 length of the kept samples, and they | the same of their outputs | SHA-256 of all before
/// </code>
/// </summary>
/// <param name="Hash">The hash of the model that the state belongs to.</param>
/// <param name="Epoch">Which stream of this name it is (<see cref="IStreamGrain{T}.Epoch"/>).</param>
/// <param name="FirstKept">The number of the first sample that is kept.</param>
/// <param name="Position">How many samples the stream has seen.</param>
/// <param name="State">What <c>SequenceState.Save</c> gave.</param>
/// <param name="Samples">The kept samples.</param>
/// <param name="Outputs">Their outputs.</param>
internal sealed record StreamRecord(string Hash, long Epoch, long FirstKept, long Position, byte[] State, byte[] Samples, byte[] Outputs)
{
    private const int Form = 1, HashLength = 64, Header = 4 + 4 + HashLength + 8 + 8 + 8, Checksum = 32;

    private static readonly byte[] s_magic = "OPGT"u8.ToArray();

    /// <summary>The bytes of a record.</summary>
    public static byte[] Write(StreamRecord record)
    {
        byte[][] parts = [record.State, record.Samples, record.Outputs];
        int length = Header + Checksum;
        foreach (byte[] part in parts)
        {
            length += sizeof(int) + part.Length;
        }

        var bytes = new byte[length];
        Span<byte> rest = bytes;
        s_magic.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], Form);
        Encoding.ASCII.GetBytes(record.Hash, rest.Slice(8, HashLength));
        BinaryPrimitives.WriteInt64LittleEndian(rest[(8 + HashLength)..], record.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(rest[(16 + HashLength)..], record.FirstKept);
        BinaryPrimitives.WriteInt64LittleEndian(rest[(24 + HashLength)..], record.Position);
        rest = rest[Header..];
        foreach (byte[] part in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, part.Length);
            part.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + part.Length)..];
        }

        SHA256.HashData(bytes.AsSpan(0, length - Checksum), rest);
        return bytes;
    }

    /// <summary>The record of bytes.</summary>
    /// <param name="bytes">What <see cref="Write"/> gave.</param>
    /// <exception cref="StreamException">They are no record, of another version, or damaged.</exception>
    public static StreamRecord Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header + Checksum + (3 * sizeof(int)) || !bytes[..4].SequenceEqual(s_magic))
        {
            throw new StreamException($"The stored state is no stream: one starts with \"OPGT\" and has at least {Header + Checksum + (3 * sizeof(int))} bytes, this one has {bytes.Length}.");
        }

        int form = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (form != Form)
        {
            throw new StreamException($"The stored stream has format version {form.ToString(CultureInfo.InvariantCulture)}; this version of OperatorGen.Orleans reads {Form}.");
        }

        if (!SHA256.HashData(bytes[..^Checksum]).AsSpan().SequenceEqual(bytes[^Checksum..]))
        {
            throw new StreamException("The stored stream is damaged: its checksum is not that of its bytes.");
        }

        ReadOnlySpan<byte> rest = bytes[Header..^Checksum];
        return new(
            Encoding.ASCII.GetString(bytes.Slice(8, HashLength)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 + HashLength)..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[(16 + HashLength)..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[(24 + HashLength)..]),
            Part(ref rest),
            Part(ref rest),
            Part(ref rest));
    }

    /// <summary>Numbers as bytes.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(numbers).ToArray();
        Order<T>(bytes);
        return bytes;
    }

    /// <summary>Bytes as numbers.</summary>
    public static T[] Numbers<T>(byte[] bytes)
        where T : unmanaged
    {
        byte[] own = [.. bytes];
        Order<T>(own);
        return MemoryMarshal.Cast<byte, T>(own).ToArray();
    }

    private static byte[] Part(ref ReadOnlySpan<byte> rest)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        byte[] part = rest.Slice(sizeof(int), length).ToArray();
        rest = rest[(sizeof(int) + length)..];
        return part;
    }

    // On a machine whose numbers are big endian each number is turned round.
    private static void Order<T>(byte[] bytes)
        where T : unmanaged
    {
        for (int i = 0; !BitConverter.IsLittleEndian && i < bytes.Length; i += Unsafe.SizeOf<T>())
        {
            bytes.AsSpan(i, Unsafe.SizeOf<T>()).Reverse();
        }
    }
}
