using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>
/// SHA-256 over a sequence of typed parts, each with its length before it, so that two sequences with the same hash have the same parts.
/// The same bytes on every host: little-endian, UTF-8.
/// </summary>
public sealed class ContentHash
{
    private readonly List<byte> _bytes = [];

    /// <summary>Adds a text, or the absence of one.</summary>
    public ContentHash Add(string? text)
    {
        if (text is null)
        {
            return Add(-1);
        }

        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Add(utf8.Length);
        _bytes.AddRange(utf8);
        return this;
    }

    /// <summary>Adds an integer.</summary>
    public ContentHash Add(int value)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            _bytes.Add((byte)(value >> shift));
        }

        return this;
    }

    /// <summary>Adds a double by its bits.</summary>
    public ContentHash Add(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return Add((int)bits).Add((int)(bits >> 32));
    }

    /// <summary>Adds an array of doubles by their bits.</summary>
    public ContentHash Add(ReadOnlySpan<double> values)
    {
        Add(values.Length);
        if (BitConverter.IsLittleEndian)
        {
            _bytes.AddRange(MemoryMarshal.AsBytes(values).ToArray());
        }
        else
        {
            foreach (double value in values)
            {
                Add(value);
            }
        }

        return this;
    }

    /// <summary>The hash of all that was added, 64 lower-case hexadecimal digits.</summary>
    public string ToHexString()
    {
        using SHA256 sha = SHA256.Create();
        byte[] digest = sha.ComputeHash(_bytes.ToArray());
        var text = new StringBuilder(digest.Length * 2);
        foreach (byte b in digest)
        {
            text.Append("0123456789abcdef"[b >> 4]).Append("0123456789abcdef"[b & 15]);
        }

        return text.ToString();
    }
}
