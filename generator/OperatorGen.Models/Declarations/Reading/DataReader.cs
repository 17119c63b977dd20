using System;
using System.Text;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Reads the binary data of tensors: base64 of little-endian elements. The length is compared with the shape before anything is decoded.</summary>
internal sealed class DataReader(JsonSource source)
{
    /// <summary>The values of a tensor; null where there is a fault.</summary>
    public Tensor? ReadTensor(JsonItem data, TensorFormat type, EquatableArray<int> shape, string name)
    {
        if (data.Kind != JsonKind.Text)
        {
            source.Wrong($"The data of tensor '{name}'", data, "a base64 string");
            return null;
        }

        ReadOnlySpan<byte> text = source.Span(data).Slice(1, data.End - data.Start - 2);
        bool escaped = text.IndexOf((byte)'\\') >= 0;
        if (escaped)
        {
            text = Encoding.UTF8.GetBytes(source.Text(data));
        }

        int volume = Tensor.Volume(shape);
        int byteCount = volume * type.Size;
        if (text.Length != Base64Data.EncodedLength(byteCount))
        {
            source.Faults.Add(FileFaults.MalformedTensorData(name, Invariant($"the shape {Tensor.ShapeText(shape)} of {type.Name} needs {byteCount} bytes, which are {Base64Data.EncodedLength(byteCount)} characters of base64, but there are {text.Length}"), source.Places.Of(data)));
            return null;
        }

        var bytes = new byte[byteCount];
        int stop = Base64Data.Decode(text, bytes);
        if (stop >= 0)
        {
            TextPlace place = escaped ? source.Places.Of(data) : source.Places.At(data.Start + 1 + stop, data.Start + 2 + stop);
            source.Faults.Add(FileFaults.MalformedTensorData(name, Invariant($"character {stop} of the data is not allowed there in padded base64"), place));
            return null;
        }

        var values = new double[volume];
        for (int i = 0; i < volume; i++)
        {
            values[i] = type.Read(bytes.AsSpan(i * type.Size));
        }

        return FiniteCheck.Passes(values, shape, $"tensor '{name}'", source.Places.Of(data), source.Faults) ? new Tensor(shape, values) : null;
    }
}
