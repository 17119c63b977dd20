using System;
using System.IO;
using System.Linq;
using OperatorGen;

namespace Text;

/// <summary>A text that the model has never seen.</summary>
internal static class HeldOut
{
    /// <summary>Bits per byte by the model: the mean of -log2 p over all bytes but the first of each part, which is scored from a fresh state.</summary>
    public static double BitsPerByte(TextModel model, byte[] text)
    {
        int[][] parts = [.. text.Chunk(Files.Part).Select(part => Array.ConvertAll(part, value => (int)value))];
        return parts.Sum(part => model.Score(part)) / Math.Log(2) / parts.Sum(part => part.Length - 1);
    }

    /// <summary>The part of a whole text that may be learned from: the first nine tenths of its bytes.</summary>
    /// <param name="path">The text.</param>
    /// <param name="held">The held-out text, which has to be in the rest, if anywhere.</param>
    /// <exception cref="UnusableException">The held-out text is in the first nine tenths.</exception>
    public static byte[] TrainingPart(string path, ReadOnlySpan<byte> held)
    {
        byte[] text = File.ReadAllBytes(path);
        byte[] part = text[..(int)(text.LongLength * 9 / 10)];
        int at = part.AsSpan().IndexOf(held[..Math.Min(256, held.Length)]);
        return at < 0 ? part : throw new UnusableException(FormattableString.Invariant($"The first nine tenths of {path} have the beginning of the held-out text at byte {at}: give the whole text, as language.py text writes it."));
    }
}
