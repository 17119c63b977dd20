using System.Collections.Generic;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Reads the tensors of a model file. Shape, data length and the total of all weights are checked before anything is allocated.</summary>
internal sealed class TensorReader(JsonSource source, TensorLimit limit)
{
    private const int MaxExternal = int.MaxValue;

    private long _bytes;
    private bool _tooLarge;

    /// <summary>True where the tensors have shapes and formats, and no numbers.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Reads <c>tensors</c>; those with a fault are left out.</summary>
    public List<DeclaredTensor> Read(JsonItem tensors)
    {
        var result = new List<DeclaredTensor>();
        foreach (JsonMember member in tensors.Members)
        {
            source.Cancellation.ThrowIfCancellationRequested();
            if (ReadTensor(member) is { } tensor)
            {
                result.Add(new DeclaredTensor(member.Name, tensor, source.Places.Of(member)));
            }
        }

        return result;
    }

    /// <summary>Reads one tensor; null where there is a fault.</summary>
    public Tensor? ReadTensor(JsonMember member)
    {
        string name = JsonSource.Shorten(member.Name);
        JsonItem item = member.Value;
        if (item.Kind != JsonKind.Object)
        {
            source.Wrong($"The tensor '{name}'", item, "an object with 'dtype', 'shape' and 'data' or 'values'");
            return null;
        }

        if (IsExternal)
        {
            return ReadExternal(item, member);
        }

        source.RejectUnknown(item, $"The tensor '{name}'", "dtype", "shape", "data", "values");
        JsonItem? data = item.Find("data");
        JsonItem? values = item.Find("values");
        if (data is null == values is null)
        {
            source.Faults.Add(data is null
                ? FileFaults.MissingKey("data", $"The tensor '{name}'", "'data' (base64, little-endian) or 'values' (a flat array)", source.Places.Of(member))
                : FileFaults.WrongValue($"The tensor '{name}'", "given as 'data' and as 'values'", "one of the two", source.Places.Of(member)));
        }

        TensorFormat? type = ReadType(item, member, needed: data is not null);
        if (ReadShape(item, member) is not { } shape || data is null == values is null || !Reserve(shape, member))
        {
            return null;
        }

        return values is not null ? new ValueReader(source).ReadTensor(values, shape, name) : type is null ? null : new DataReader(source).ReadTensor(data!, type, shape, name);
    }

    private Tensor? ReadExternal(JsonItem item, JsonMember member)
    {
        string owner = $"The tensor '{JsonSource.Shorten(member.Name)}'";
        if (item.Find("data") is not null || item.Find("values") is not null)
        {
            source.Faults.Add(FileFaults.WrongValue(owner, "given with numbers", "a tensor of 'dtype' and 'shape' only, since 'weights' is 'external',", source.Places.Of(member)));
            return null;
        }

        source.RejectUnknown(item, owner, "dtype", "shape");
        TensorFormat? type = ReadType(item, member, needed: true);
        if (ReadShape(item, member) is not { } shape || type is null)
        {
            return null;
        }

        if (Shapes.Volume(shape, MaxExternal) > MaxExternal)
        {
            source.Faults.Add(FileFaults.TooLarge(owner, "more than 2^31 - 1 numbers", "2^31 - 1 numbers", source.Places.Of(member)));
            return null;
        }

        return Tensor.OfShape(shape).WithFormat(type.Format);
    }

    private TensorFormat? ReadType(JsonItem item, JsonMember member, bool needed)
    {
        string owner = $"The tensor '{JsonSource.Shorten(member.Name)}'";
        if (item.Find("dtype") is not { } dtype)
        {
            if (needed)
            {
                source.Faults.Add(FileFaults.MissingKey("dtype", owner, "'F16', 'BF16', 'F32' or 'F64'", source.Places.Of(member)));
            }

            return null;
        }

        TensorFormat? type = dtype.Kind == JsonKind.Text ? TensorFormat.Find(source.Text(dtype)) : null;
        if (type is null)
        {
            source.Wrong($"The dtype of tensor '{JsonSource.Shorten(member.Name)}'", dtype, "'F16', 'BF16', 'F32' or 'F64'");
        }

        return type;
    }

    private EquatableArray<int>? ReadShape(JsonItem item, JsonMember member)
    {
        string name = JsonSource.Shorten(member.Name);
        if (item.Find("shape") is not { } shape)
        {
            source.Faults.Add(FileFaults.MissingKey("shape", $"The tensor '{name}'", "the sizes of its axes, for example [64, 16, 2]", source.Places.Of(member)));
            return null;
        }

        string what = $"The shape of tensor '{name}'";
        if (shape.Kind != JsonKind.Array || source.Elements(shape, what) is not { } items)
        {
            if (shape.Kind != JsonKind.Array)
            {
                source.Wrong(what, shape, "an array of sizes");
            }

            return null;
        }

        if (items.Count > ModelFileFormat.MaxRank)
        {
            source.Faults.Add(FileFaults.TooLarge(what, Invariant($"{items.Count} axes"), Invariant($"{ModelFileFormat.MaxRank} axes"), source.Places.Of(shape)));
            return null;
        }

        var sizes = new int[items.Count];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (source.Integer(items[i]) is not (int size and > 0))
            {
                source.Wrong(Invariant($"Axis {i} of the shape of tensor '{name}'"), items[i], "a positive integer");
                return null;
            }

            sizes[i] = size;
        }

        return new EquatableArray<int>(sizes);
    }

    /// <summary>Adds a tensor to the total; false where the total passes the limit.</summary>
    private bool Reserve(EquatableArray<int> shape, JsonMember member)
    {
        _bytes += Shapes.Volume(shape, limit.Bytes) * limit.BytesPerNumber;
        if (_bytes > limit.Bytes && !_tooLarge)
        {
            _tooLarge = true;
            source.Faults.Add(limit.Fault(_bytes, source.Places.Of(member)));
        }

        return !_tooLarge;
    }
}
