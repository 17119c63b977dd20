using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.Benchmarks.Report.Peers;

/// <summary>An S4D model and its input as a file of tensors in double precision, which <c>peers/s4d.py</c> reads.</summary>
internal static class PeerTensors
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="model">A model whose cells are modes per channel, with norms after the layers or none.</param>
    /// <param name="input">Sequences of equal length, one after another, [batch, time, input].</param>
    /// <param name="batch">How many sequences.</param>
    public static void Write(string path, SequenceModel model, float[] input, int batch)
    {
        List<(string Name, int[] Shape, double[] Values)> tensors = [("input", [batch, input.Length / batch / model.InputWidth, model.InputWidth], Agreement.Doubles(input))];
        void Add(string name, Tensor tensor) => tensors.Add((name, [.. tensor.Shape], tensor.Values.ToArray()));
        void AddLinear(string name, Linear? map)
        {
            if (map is not null)
            {
                Add(name + ".weight", map.Weight.WithShape(EquatableArray.Of(map.Outputs, map.Inputs)));
                Add(name + ".bias", map.Bias!);
            }
        }

        AddLinear("encoder", model.Encoder);
        AddLinear("head", model.Head);
        foreach ((int i, Layer layer) in model.Layers.Index())
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"layers.{i}.");
            var cell = (ChannelModes)layer.Cell;
            Add(prefix + "a", cell.A);
            Add(prefix + "dt", cell.Delta);
            Add(prefix + "c", cell.C);
            Add(prefix + "d", cell.Skip!);
            AddLinear(prefix + "output", layer.Decoder.Mixing);
            if (layer.PostNorm is LayerNorm norm)
            {
                Add(prefix + "norm.weight", norm.Weight);
                Add(prefix + "norm.bias", norm.Bias);
                tensors.Add((prefix + "norm.eps", [], [norm.Epsilon]));
            }
        }

        Dictionary<string, double[]> values = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(
            stream,
            tensors.Select(tensor => (tensor.Name, SafetensorsDType.F64, (IReadOnlyList<int>)tensor.Shape)),
            (name, elements) => elements.Write(MemoryMarshal.AsBytes(values[name].AsSpan())));
    }
}
