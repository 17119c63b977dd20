using System;
using System.IO;
using System.Linq;

namespace OperatorGen.Safetensors;

/// <summary>A file from a stream into memory of its own: header first, then as many bytes of data as the header says and the stream has.</summary>
internal static class StreamReading
{
    private const int Block = 1 << 20;

    internal static MappedSafetensors Read(Stream stream)
    {
        long length = stream.CanSeek ? stream.Length - stream.Position : long.MaxValue;
        byte[] start = new byte[Preamble.Telling];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        int headerLength = Preamble.HeaderLength(start.AsSpan(0, read), read < start.Length ? read : length);
        Header header = ReadHeader(stream, start, read - Preamble.Length, headerLength);
        int dataStart = Preamble.Length + headerLength;
        return length == long.MaxValue
            ? Unknown(stream, header, dataStart)
            : Known(stream, header, dataStart, length - dataStart);
    }

    private static Header ReadHeader(Stream stream, byte[] start, int present, int length)
    {
        byte[] bytes = new byte[length];
        present = Math.Min(present, length);
        start.AsSpan(Preamble.Length, present).CopyTo(bytes);
        present += stream.ReadAtLeast(bytes.AsSpan(present), length - present, throwOnEndOfStream: false);
        return present == length ? HeaderReader.Read(bytes) : throw Preamble.Truncated(length, present);
    }

    /// <summary>The stream says how long it is: the layout is checked before memory is asked for.</summary>
    private static MappedSafetensors Known(Stream stream, Header header, int dataStart, long dataLength)
    {
        HeaderEntry[] entries = DataLayout.Check(header.Tensors, dataStart, dataLength);
        AlignedBuffer memory = new(dataLength);
        try
        {
            long read = Fill(stream, memory, 0, dataLength);
            return read == dataLength ? MappedSafetensors.Copied(memory, dataLength, dataStart, entries, header) : throw Ended(dataStart + read, dataLength - read);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>It does not say so: memory grows with what comes, not with what the header promises.</summary>
    private static MappedSafetensors Unknown(Stream stream, Header header, int dataStart)
    {
        long promised = header.Tensors.Select(entry => Math.Max(entry.Begin, entry.End)).DefaultIfEmpty(0).Max();
        AlignedBuffer memory = new(Math.Min(promised, Block));
        try
        {
            long read = Fill(stream, memory, 0, memory.Capacity);
            while (read == memory.Capacity && read < promised)
            {
                memory.Resize(read <= promised / 2 ? 2 * read : promised);
                read = Fill(stream, memory, read, memory.Capacity);
            }

            // One byte too many is enough to know that something was appended.
            long present = read == promised && stream.ReadByte() >= 0 ? read + 1 : read;
            HeaderEntry[] entries = DataLayout.Check(header.Tensors, dataStart, present);
            return MappedSafetensors.Copied(memory, present, dataStart, entries, header);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Reads from a place on up to another, or to the end of the stream, and says how far it came.</summary>
    private static long Fill(Stream stream, AlignedBuffer memory, long from, long to)
    {
        while (from < to)
        {
            int read = stream.Read(memory.Slice(from, (int)Math.Min(to - from, Block)));
            if (read == 0)
            {
                break;
            }

            from += read;
        }

        return from;
    }

    private static SafetensorsException Ended(long place, long missing) => new(
        $"the data end {Messages.Digits(missing)} bytes before the end that the stream named when it was opened.",
        place,
        "The file was cut while it was read: copy it again.");
}
