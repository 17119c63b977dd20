using System;
using System.IO;

namespace OperatorGen.Safetensors;

/// <summary>The place of one tensor in a file that is being written: it takes as many bytes as the tensor has.</summary>
internal sealed class TensorStream(Stream stream, WrittenTensor tensor) : Stream
{
    private long _written;
    private bool _closed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_closed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        Count(count);
        stream.Write(buffer, offset, count);
    }

#if NET
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Count(buffer.Length);
        stream.Write(buffer);
    }
#endif

    internal void CheckComplete()
    {
        if (_written != tensor.Length)
        {
            throw new InvalidOperationException($"{Description()}, and {Messages.Digits(_written)} were written: write all elements.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        _closed = true;
        base.Dispose(disposing);
    }

    private void Count(int bytes)
    {
        if (_closed)
        {
            throw new ObjectDisposedException(nameof(TensorStream), "Tensor '" + Messages.Name(tensor.Name) + "' is complete: its stream is not written to later.");
        }

        if (bytes > tensor.Length - _written)
        {
            throw new InvalidOperationException($"{Description()}, and {Messages.Digits(_written)} of them are written already: {Messages.Digits(bytes)} more are too many.");
        }

        _written += bytes;
    }

    private string Description()
        => $"Tensor '{Messages.Name(tensor.Name)}' of type {tensor.DType.Text()} and shape {Messages.Shape(tensor.Shape)} has {Messages.Digits(tensor.Length)} bytes";
}
