using System;
using System.Buffers.Binary;
using System.Globalization;

namespace OperatorGen.Safetensors;

/// <summary>The 8 bytes before the header: how long the header is.</summary>
internal static class Preamble
{
    /// <summary>The bytes of the field itself.</summary>
    internal const int Length = 8;

    /// <summary>As many first bytes as tell a safetensors file from what torch.save writes.</summary>
    internal const int Telling = Length + 1;

    /// <summary>The length of the header in bytes.</summary>
    /// <param name="start">The first bytes of the file: <see cref="Telling"/> or more, or all where it has fewer.</param>
    /// <param name="fileLength">The length of the file in bytes.</param>
    /// <exception cref="SafetensorsException">The file is too short, of another kind, or the length cannot be one.</exception>
    internal static int HeaderLength(ReadOnlySpan<byte> start, long fileLength)
    {
        if (SafetensorsFile.LooksLikePickleOrZip(start))
        {
            throw new SafetensorsException(
                "this is a pickle or zip, as torch.save writes it, not a safetensors file.",
                0,
                "Convert it in Python: safetensors.torch.save_file(torch.load(path, weights_only=True), new_path).");
        }

        if (fileLength < Length)
        {
            throw new SafetensorsException($"the file ends after {Messages.Digits(fileLength)} bytes, within the 8 bytes of the header length.", fileLength, "The file is truncated: copy it again.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > SafetensorsFile.MaximumHeaderLength)
        {
            throw new SafetensorsException(
                $"the header length is {length.ToString(CultureInfo.InvariantCulture)} bytes, above the format's limit of {Messages.Digits(SafetensorsFile.MaximumHeaderLength)}.",
                0,
                "This is not a safetensors file, or its first bytes are damaged.");
        }

        return (long)length <= fileLength - Length ? (int)length : throw Truncated((long)length, fileLength - Length);
    }

    internal static SafetensorsException Truncated(long headerLength, long present) => new(
        $"the header length is {Messages.Digits(headerLength)} bytes, but only {Messages.Digits(present)} follow.",
        0,
        "The file is truncated, or not a safetensors file: copy it again.");
}
