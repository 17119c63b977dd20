using System;
using System.Threading;
using TokenSelections;

namespace OperatorGen.Streams.Tests;

/// <summary>A model that has no meaning beyond some samples.</summary>
internal sealed class LimitedModel(int limit, Func<string, Exception> failure) : IStreamingModel<double>
{
    private readonly IStreamingModel<double> _model = new Attention20();

    public ModelMetadata Metadata => _model.Metadata;

    public SequenceState<double> CreateState() => _model.CreateState();

    public void Step(ReadOnlySpan<double> sample, Span<double> output, SequenceState<double> state, VectorWidth width)
    {
        if (state.Steps >= limit)
        {
            throw failure($"The sequence is {limit} samples long, and the model has no meaning for more.");
        }

        _model.Step(sample, output, state, width);
    }

    public void Forward(ReadOnlySpan<double> input, Span<double> output) => throw new NotSupportedException();

    public void Forward(ReadOnlySpan<double> input, Span<double> output, SequenceState<double> state, VectorWidth width) => throw new NotSupportedException();

    public void ForwardMany(ReadOnlySpan<SequenceState<double>> states, ReadOnlySpan<double> samples, Span<double> outputs, VectorWidth width) => throw new NotSupportedException();

    public void ForwardBatch(ReadOnlyMemory<double> inputs, ReadOnlySpan<int> lengths, Memory<double> outputs, int maxDegreeOfParallelism, CancellationToken cancellationToken) => throw new NotSupportedException();
}
