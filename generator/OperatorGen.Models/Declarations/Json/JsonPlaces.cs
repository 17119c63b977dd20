using System;

namespace OperatorGen.Models;

/// <summary>
/// Turns byte offsets of UTF-8 text into lines and columns, when they are asked for. Lines end with LF, CR LF or CR; columns count UTF-16 code units.
/// Offsets are mostly asked for in ascending order, so the count goes on from the last one where it can.
/// </summary>
internal sealed class JsonPlaces(byte[] bytes)
{
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    /// <summary>The place of the bytes from start to end, as far as they stand on the first line.</summary>
    public TextPlace At(int start, int end)
    {
        MoveTo(Math.Min(start, bytes.Length));
        int length = 0;
        for (int i = _offset; i < end && i < bytes.Length && !IsLineEnd(bytes[i]); i++)
        {
            length += Units(bytes[i]);
        }

        return new TextPlace(_line, _column, Math.Max(1, length));
    }

    /// <summary>The place of a value: its whole text, or the bracket that opens it.</summary>
    public TextPlace Of(JsonItem item) =>
        At(item.Start, item.Kind is JsonKind.Object or JsonKind.Array ? item.Start + 1 : item.End);

    /// <summary>The place of a member's key.</summary>
    public TextPlace Of(JsonMember member) => At(member.Start, member.End);

    private static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';

    /// <summary>How many UTF-16 code units begin with this byte of UTF-8.</summary>
    private static int Units(byte value) => value >= 0xF0 ? 2 : (value & 0xC0) == 0x80 ? 0 : 1;

    private void MoveTo(int offset)
    {
        if (offset < _offset)
        {
            (_offset, _line, _column) = (0, 1, 1);
        }

        for (; _offset < offset; _offset++)
        {
            bool endsLine = bytes[_offset] == '\n' || (bytes[_offset] == '\r' && (_offset + 1 == bytes.Length || bytes[_offset + 1] != '\n'));
            (_line, _column) = endsLine ? (_line + 1, 1) : (_line, _column + Units(bytes[_offset]));
        }
    }
}
