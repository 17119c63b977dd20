using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report.Peers;

/// <summary>An S4D kernel with skip, and the layer around it where the model has one, as ONNX graphs in three forms, each in the layout that suits it.</summary>
internal sealed class OnnxS4d
{
    private readonly S4dWaves _waves;
    private readonly Decoder _decoder;
    private readonly float[] _input;
    private readonly int _steps;

    private OnnxS4d(SequenceModel model, float[] input)
    {
        _waves = new S4dWaves((ChannelModes)model.Layers[0].Cell);
        _decoder = model.Layers[0].Decoder;
        _input = input;
        _steps = input.Length / _waves.Channels;
    }

    /// <summary>Forms whose values are those of the reference, to be timed.</summary>
    /// <param name="context">Who keeps the sessions.</param>
    /// <param name="model">One S4D layer.</param>
    /// <param name="input">A sequence, [time, channel].</param>
    /// <param name="expected">The reference's output, [time, channel].</param>
    public static IEnumerable<Contender> Forms(ReportContext context, SequenceModel model, float[] input, double[] expected)
    {
        var s4d = new OnnxS4d(model, input);
        foreach ((string form, OnnxSession session, bool timeFirst) in new[] { ("scan", s4d.Scan(), true), ("dft", s4d.Dft(), false), ("conv", s4d.Conv(), false) })
        {
            context.Keep(session);
            session.Run();
            float[] output = timeFirst ? session.Output : Transposed(session.Output, s4d._steps);
            Agreement.Demand("ONNX Runtime's form " + form, Agreement.Error(output, expected));
            yield return Contender.Of("onnx-" + form, session.Run);
        }
    }

    /// <summary><c>Scan</c>: the recurrence, step by step. x [L, H].</summary>
    private OnnxSession Scan()
    {
        long channels = _waves.Channels, modes = _waves.Modes;
        var body = new OnnxGraph("step");
        string re = body.Input("re", channels, modes), im = body.Input("im", channels, modes), u = body.Input("u", channels);
        string Weights(Func<int, double> value) => body.Constant(Enumerable.Range(0, _waves.Lambda.Length).Select(value), channels, modes);
        string a = Weights(i => _waves.Lambda[i].Real), b = Weights(i => _waves.Lambda[i].Imaginary);
        string drive = body.Node("Unsqueeze", [u, body.Integers(1)]);
        string nextRe = body.Node("Add", [body.Node("Sub", [body.Node("Mul", [a, re]), body.Node("Mul", [b, im])]), drive]);
        string nextIm = body.Node("Add", [body.Node("Mul", [a, im]), body.Node("Mul", [b, re])]);
        string read = body.Node("Sub", [body.Node("Mul", [Weights(i => _waves.Weight[i].Real), nextRe]), body.Node("Mul", [Weights(i => _waves.Weight[i].Imaginary), nextIm])]);
        string sum = body.Node("ReduceSum", [read, body.Integers(1)], OnnxGraph.Number("keepdims", 0));
        string y = body.Node("Add", [sum, body.Node("Mul", [body.Constant(_waves.Skip, channels), u])]);
        body.Output(nextRe, channels, modes);
        body.Output(nextIm, channels, modes);
        body.Output(y, channels);

        var graph = new OnnxGraph("scan");
        string x = graph.Input("x", _steps, channels);
        string zero = graph.Constant(new double[channels * modes], channels, modes);
        string[] outputs = graph.Nodes("Scan", [zero, zero, x], 3, OnnxGraph.Graph("body", body), OnnxGraph.Number("num_scan_inputs", 1));
        string result = outputs[2];
        if (_decoder.Mixing is { } mixing)
        {
            string h = graph.Node("Gelu", [result]);
            string transposed = graph.Constant(Enumerable.Range(0, mixing.Weight.Count).Select(i => mixing.Weight.Values[(i % mixing.Outputs * mixing.Inputs) + (i / mixing.Outputs)]), mixing.Inputs, mixing.Outputs);
            string mixed = graph.Node("Add", [graph.Node("MatMul", [h, transposed]), graph.Constant(mixing.Bias!.Values.ToArray(), mixing.Outputs)]);
            result = Glu(graph, mixed, axis: 1);
        }

        graph.Output(result, _steps, channels);
        return new OnnxSession(graph, _input);
    }

    /// <summary><c>DFT</c>: products of spectra, twice the length. The spectrum of the kernel is a constant, that of negative frequencies is 0 and the others are doubled, so that the real part is the output. x [H, L, 1].</summary>
    private OnnxSession Dft()
    {
        long channels = _waves.Channels, length = 2L * _steps, half = _steps + 1;
        var spectrum = new OnnxGraph("spectrum");
        string kernel = spectrum.Input("x", channels, _steps, 1);
        spectrum.Output(Transform(spectrum, kernel, length), channels, half, 2);
        using var kernels = new OnnxSession(spectrum, [.. _waves.Kernels(_steps).SelectMany(each => each).Select(tap => (float)tap)]);
        kernels.Run();
        double Factor(int i, int part, double sign) => sign * (i / 2 % half is 0 || i / 2 % half == half - 1 ? 1 : 2) * kernels.Output[(i & ~1) + part];
        IEnumerable<int> all = Enumerable.Range(0, kernels.Output.Length);

        var graph = new OnnxGraph("dft");
        string u = Transform(graph, graph.Input("x", channels, _steps, 1), length);
        string re = graph.Constant(all.Select(i => Factor(i, 0, 1)), channels, half, 2), im = graph.Constant(all.Select(i => Factor(i, 1, i % 2 == 0 ? -1 : 1)), channels, half, 2);
        string swapped = graph.Node("Gather", [u, graph.Integers(1, 0)], OnnxGraph.Number("axis", 2));
        string product = graph.Node("Add", [graph.Node("Mul", [u, re]), graph.Node("Mul", [swapped, im])]);
        string padded = graph.Node("Pad", [product, graph.Integers(0, 0, 0, 0, length - half, 0)]);
        string y = graph.Node("DFT", [padded, "", graph.Integer(1)], OnnxGraph.Number("inverse", 1));
        string cut = graph.Node("Slice", [y, graph.Integers(0, 0), graph.Integers(_steps, 1), graph.Integers(1, 2)]);
        graph.Output(Decoded(graph, graph.Node("Reshape", [cut, graph.Integers(channels, _steps)])), channels, _steps);
        return new OnnxSession(graph, Transposed(_input, _waves.Channels));
    }

    /// <summary><c>Conv</c>: the kernel, turned round, as weights of one group per channel. x [1, H, L].</summary>
    private OnnxSession Conv()
    {
        long channels = _waves.Channels;
        var graph = new OnnxGraph("conv");
        string weights = graph.Constant(_waves.Kernels(_steps).SelectMany(kernel => kernel.Reverse()), channels, 1, _steps);
        string y = graph.Node("Conv", [graph.Input("x", 1, channels, _steps), weights], OnnxGraph.Number("group", channels), OnnxGraph.Numbers("pads", _steps - 1, 0));
        graph.Output(Decoded(graph, graph.Node("Reshape", [y, graph.Integers(channels, _steps)])), channels, _steps);
        return new OnnxSession(graph, Transposed(_input, _waves.Channels));
    }

    private static string Transform(OnnxGraph graph, string x, long length) => graph.Node("DFT", [x, graph.Integer(length), graph.Integer(1)], OnnxGraph.Number("onesided", 1));

    /// <summary>GELU, linear map and GLU of readouts [H, L], where the model has them.</summary>
    private string Decoded(OnnxGraph graph, string y)
    {
        if (_decoder.Mixing is not { } mixing)
        {
            return y;
        }

        string h = graph.Node("Gelu", [y]);
        string product = graph.Node("MatMul", [graph.Constant(mixing.Weight.Values.ToArray(), mixing.Outputs, mixing.Inputs), h]);
        return Glu(graph, graph.Node("Add", [product, graph.Constant(mixing.Bias!.Values.ToArray(), mixing.Outputs, 1)]), axis: 0);
    }

    private static string Glu(OnnxGraph graph, string mixed, int axis)
    {
        string[] halves = graph.Nodes("Split", [mixed], 2, OnnxGraph.Number("axis", axis), OnnxGraph.Number("num_outputs", 2));
        return graph.Node("Mul", [halves[0], graph.Node("Sigmoid", [halves[1]])]);
    }

    /// <summary>The numbers [row, column] as [column, row].</summary>
    private static float[] Transposed(float[] values, int columns) => [.. Enumerable.Range(0, values.Length).Select(i => values[(i % (values.Length / columns) * columns) + (i / (values.Length / columns))])];
}
