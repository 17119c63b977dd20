using System;
using System.Collections.Generic;

namespace OperatorGen.Models;

/// <summary>
/// Turns byte offsets of UTF-8 text into lines and columns, when they are asked for. Lines end with LF, CR LF or CR; columns count UTF-16 code units.
/// The first question counts through the text once and notes the place of every 256th byte, so that each question costs at most 256 steps.
/// </summary>
internal sealed class JsonPlaces(byte[] bytes)
{
    private const int NoteDistance = 256;

    private List<(int Line, int Column)>? _notes;

    /// <summary>The place of the bytes from start to end, as far as they are on the first line.</summary>
    public TextPlace At(int start, int end)
    {
        _notes ??= TakeNotes();
        int offset = Math.Min(start, bytes.Length);
        int note = offset / NoteDistance;
        (int line, int column) = _notes[note];
        for (int i = note * NoteDistance; i < offset; i++)
        {
            (line, column) = After(i, line, column);
        }

        int length = 0;
        for (int i = offset; i < end && i < bytes.Length && bytes[i] is not ((byte)'\n' or (byte)'\r'); i++)
        {
            length += Units(bytes[i]);
        }

        return new TextPlace(line, column, Math.Max(1, length));
    }

    /// <summary>The place of a value: its whole text, or the bracket that opens it.</summary>
    public TextPlace Of(JsonItem item) =>
        At(item.Start, item.Kind is JsonKind.Object or JsonKind.Array ? item.Start + 1 : item.End);

    /// <summary>The place of a member's key.</summary>
    public TextPlace Of(JsonMember member) => At(member.Start, member.End);

    private List<(int Line, int Column)> TakeNotes()
    {
        var notes = new List<(int, int)>((bytes.Length / NoteDistance) + 1);
        (int line, int column) = (1, 1);
        for (int i = 0; i <= bytes.Length; i++)
        {
            if (i % NoteDistance == 0)
            {
                notes.Add((line, column));
            }

            if (i < bytes.Length)
            {
                (line, column) = After(i, line, column);
            }
        }

        return notes;
    }

    /// <summary>Line and column after the byte at that offset.</summary>
    private (int Line, int Column) After(int offset, int line, int column)
    {
        byte value = bytes[offset];
        bool endsLine = value == '\n' || (value == '\r' && (offset + 1 == bytes.Length || bytes[offset + 1] != '\n'));
        return endsLine ? (line + 1, 1) : (line, column + Units(value));
    }

    /// <summary>How many UTF-16 code units begin with this byte of UTF-8.</summary>
    private static int Units(byte value) => value >= 0xF0 ? 2 : (value & 0xC0) == 0x80 ? 0 : 1;
}
