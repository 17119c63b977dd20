using System;
using System.Linq;
using System.Threading;

namespace OperatorGen.Benchmarks.Report;

/// <summary>Sequences of equal length by all cores: what <c>ForwardBatch</c> does, at a vector width of the caller's.</summary>
/// <param name="compiled">The model.</param>
/// <param name="inputs">The sequences, one after another.</param>
/// <param name="count">How many.</param>
/// <param name="width">The vector width.</param>
internal sealed class SequenceBatch(CompiledModel compiled, ReadOnlyMemory<float> inputs, int count, VectorWidth width)
{
    private readonly StatePool<SequenceState<float>> _pool = new(compiled.Generated.CreateState);
    private readonly int[] _lengths = [.. Enumerable.Repeat(inputs.Length / count / compiled.Model.InputWidth, count)];

    /// <summary>The outputs of the last run, one after another.</summary>
    public float[] Outputs { get; } = new float[count * compiled.OutputLength(inputs.Length / count / compiled.Model.InputWidth)];

    /// <summary>Evaluates all.</summary>
    public void Run() => BatchRunner.Run(
        inputs,
        _lengths,
        Outputs,
        compiled.Generated.InputWidth,
        compiled.Generated.OutputWidth,
        compiled.Generated.Pooled,
        _pool,
        (input, output, state) =>
        {
            state.Reset();
            compiled.Generated.Forward(input, output, state, width);
        },
        Environment.ProcessorCount,
        CancellationToken.None);
}
