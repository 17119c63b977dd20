using System;
using System.Collections.Generic;
using System.IO;

namespace OperatorGen.Packing;

/// <summary>Parts of a file, one after another, as a stream that is read once: a part is computed when it is needed, and no more than one is kept.</summary>
/// <param name="parts">The parts; each is valid until the next is asked for.</param>
internal sealed class PartsStream(IEnumerable<ReadOnlyMemory<byte>> parts) : Stream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _parts = parts.GetEnumerator();
    private ReadOnlyMemory<byte> _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_left.IsEmpty)
        {
            if (!_parts.MoveNext())
            {
                return 0;
            }

            _left = _parts.Current;
        }

        int count = Math.Min(buffer.Length, _left.Length);
        _left.Span[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _parts.Dispose();
        base.Dispose(disposing);
    }
}
