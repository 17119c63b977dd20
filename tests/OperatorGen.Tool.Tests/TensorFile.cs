using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Safetensors;

namespace OperatorGen.Tool.Tests;

/// <summary>A safetensors file that a test changes and writes again.</summary>
public sealed class TensorFile
{
    private readonly List<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)> _tensors;

    public TensorFile(string? path = null) => _tensors = path is null
        ? []
        : [.. SafetensorsFile.Parse(File.ReadAllBytes(path)).Tensors.Select(t => (t.Name, t.DType, t.Shape, t.Bytes))];

    public IEnumerable<string> Names => _tensors.Select(tensor => tensor.Name);

    public double[] Values(string name)
    {
        ReadOnlySpan<byte> bytes = _tensors.Single(tensor => tensor.Name == name).Bytes.Span;
        var values = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        }

        return values;
    }

    public IReadOnlyList<int> Shape(string name) => _tensors.Single(tensor => tensor.Name == name).Shape;

    public void Set(string name, IReadOnlyList<int> shape, params double[] values)
    {
        var bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        Set(name, SafetensorsDType.F64, shape, bytes);
    }

    public void Set(string name, SafetensorsDType dtype, IReadOnlyList<int> shape, byte[] bytes)
    {
        Remove(name);
        _tensors.Add((name, dtype, shape, bytes));
    }

    public void Change(string name, int index, Func<double, double> change)
    {
        double[] values = Values(name);
        values[index] = change(values[index]);
        Set(name, Shape(name), values);
    }

    public void Reshape(string name, params int[] shape) => Set(name, shape, Values(name));

    public void Remove(string name) => _tensors.RemoveAll(tensor => tensor.Name == name);

    public void Write(string path)
    {
        using FileStream stream = File.Create(path);
        SafetensorsFile.Write(stream, _tensors);
    }
}
