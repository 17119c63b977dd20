using System;
using Microsoft.ML.OnnxRuntime;

namespace OperatorGen.Benchmarks.Report.Peers;

/// <summary>A model in ONNX Runtime with one input and one output, by one thread, that of the caller.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    /// <summary>Loads a model.</summary>
    /// <param name="graph">The model; its input is <c>x</c>.</param>
    /// <param name="input">The input, of the shape that the graph says.</param>
    /// <exception cref="OnnxRuntimeException">The graph is not a model.</exception>
    public OnnxSession(OnnxGraph graph, float[] input)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(graph.ToModel(), options);
        long[] inputShape = Array.ConvertAll(_session.InputMetadata[_session.InputNames[0]].Dimensions, size => (long)size);
        long[] outputShape = Array.ConvertAll(_session.OutputMetadata[_session.OutputNames[0]].Dimensions, size => (long)size);
        Output = new float[OperatorGen.Models.Tensor.Volume(_session.OutputMetadata[_session.OutputNames[0]].Dimensions)];
        _input = OrtValue.CreateTensorValueFromMemory(input, inputShape);
        _output = OrtValue.CreateTensorValueFromMemory(Output, outputShape);
    }

    /// <summary>What the library calls itself.</summary>
    public static string Version => "onnxruntime=" + OrtEnv.Instance().GetVersionString() + " threads=1";

    /// <summary>The numbers of the last run.</summary>
    public float[] Output { get; }

    /// <summary>Evaluates.</summary>
    public void Run() => _session.Run(_options, _session.InputNames, [_input], _session.OutputNames, [_output]);

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
