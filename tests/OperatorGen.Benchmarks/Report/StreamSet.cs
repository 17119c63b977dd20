using System;
using System.Linq;

namespace OperatorGen.Benchmarks.Report;

/// <summary>Independent streams of one model, each with a state of its own, which all take one sample at a time.</summary>
internal sealed class StreamSet
{
    private readonly CompiledModel _compiled;
    private readonly float[] _samples;
    private readonly SequenceState<float>[] _states;
    private readonly int _width;

    /// <summary>Fresh streams.</summary>
    /// <param name="compiled">The model.</param>
    /// <param name="streams">How many.</param>
    public StreamSet(CompiledModel compiled, int streams)
    {
        _compiled = compiled;
        _width = compiled.Model.InputWidth;
        _samples = BenchmarkModels.Input(streams * _width);
        _states = [.. Enumerable.Range(0, streams).Select(_ => compiled.Generated.CreateState())];
        Outputs = new float[streams * compiled.Generated.OutputWidth];
    }

    /// <summary>The outputs of the last step, [stream, output].</summary>
    public float[] Outputs { get; }

    /// <summary>The sample that a stream takes at each step, [input].</summary>
    public ReadOnlySpan<float> Sample(int stream) => _samples.AsSpan(stream * _width, _width);

    /// <summary>One sample of every stream.</summary>
    /// <param name="width">The vector width.</param>
    public void Step(VectorWidth width)
    {
        if (_states.Length == 1)
        {
            _compiled.Generated.Step(_samples, Outputs, _states[0], width);
        }
        else
        {
            _compiled.Generated.ForwardMany(_states, _samples, Outputs, width);
        }
    }
}
