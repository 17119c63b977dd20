using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace OperatorGen.Benchmarks.Report.Peers;

/// <summary>Writes an ONNX graph node by node. Values are spoken of by their names, which the graph gives.</summary>
internal sealed class OnnxGraph
{
    private const int OperatorSet = 20, FormatVersion = 9;

    private readonly GraphProto _graph;

    /// <summary>An empty graph.</summary>
    /// <param name="name">Its name, with which the names of its values begin: a graph inside of another sees both.</param>
    public OnnxGraph(string name) => _graph = new GraphProto { Name = name };

    /// <summary>An input in single precision.</summary>
    public string Input(string name, params long[] shape)
    {
        _graph.Input.Add(Value(name, shape));
        return name;
    }

    /// <summary>Makes a value an output in single precision.</summary>
    public void Output(string name, params long[] shape) => _graph.Output.Add(Value(name, shape));

    /// <summary>Constants in single precision.</summary>
    public string Constant(IEnumerable<double> values, params long[] shape) =>
        Constant(TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes<float>([.. values.Select(value => (float)value)]), shape);

    /// <summary>Whole numbers, as shapes and axes are: [count].</summary>
    public string Integers(params long[] values) => Constant(TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes<long>(values), [values.Length]);

    /// <summary>A whole number, as an axis is.</summary>
    public string Integer(long value) => Constant(TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes<long>([value]), []);

    /// <summary>A node of one output.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="inputs">Its inputs; an empty name leaves one out.</param>
    /// <param name="attributes">Its attributes.</param>
    public string Node(string type, string[] inputs, params AttributeProto[] attributes) => Nodes(type, inputs, 1, attributes)[0];

    /// <summary>A node of several outputs.</summary>
    public string[] Nodes(string type, string[] inputs, int outputs, params AttributeProto[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(i => FormattableString.Invariant($"{_graph.Name}_{type}_{_graph.Node.Count}_{i}"))];
        _graph.Node.Add(new NodeProto { OpType = type, Input = { inputs }, Output = { names }, Attribute = { attributes } });
        return names;
    }

    /// <summary>An attribute that is a whole number.</summary>
    public static AttributeProto Number(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute that is a list of whole numbers.</summary>
    public static AttributeProto Numbers(string name, params long[] values) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    /// <summary>An attribute that is a graph.</summary>
    public static AttributeProto Graph(string name, OnnxGraph body) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = body._graph };

    /// <summary>The bytes of a model that is this graph.</summary>
    public byte[] ToModel() =>
        new ModelProto { IrVersion = FormatVersion, ProducerName = "OperatorGen.Benchmarks", Graph = _graph, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } } }.ToByteArray();

    private string Constant(TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, long[] shape)
    {
        string name = FormattableString.Invariant($"{_graph.Name}_constant_{_graph.Initializer.Count}");
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(bytes) });
        return name;
    }

    private static ValueInfoProto Value(string name, long[] shape) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)TensorProto.Types.DataType.Float,
                Shape = new TensorShapeProto { Dim = { shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } },
            },
        },
    };
}
