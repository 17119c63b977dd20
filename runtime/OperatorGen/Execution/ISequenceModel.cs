using System;
using System.Collections.Generic;
using System.Numerics;
using System.Threading;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// What every generated type says of its model, also one with symbols, which cannot be evaluated: static members for generic code over the type
/// (<c>TModel.InputWidth</c>), and <see cref="Metadata"/> for code that has an instance only.
/// </summary>
/// <remarks>
/// The static members have bodies, which throw, and are not abstract: C# refuses an interface with abstract static members as a type argument (CS8920), and
/// <c>AddSingleton&lt;IStreamingModel&lt;float&gt;, TModel&gt;()</c> needs it as one. Generated types declare all of them; those whose weights are external have
/// model hash, operator and its text as members of the instance instead.
/// </remarks>
public interface ISequenceModel
{
    /// <summary>The identity of the model: SHA-256 of architecture, hyperparameters, tensors and input scaling, 64 hexadecimal digits.</summary>
    static virtual string ModelHash => throw ModelMetadata.NotDeclared(nameof(ModelHash));

    /// <summary>The operator in words and formulas.</summary>
    static virtual string OperatorText => throw ModelMetadata.NotDeclared(nameof(OperatorText));

    /// <summary>Channels of an input sample.</summary>
    static virtual int InputWidth => throw ModelMetadata.NotDeclared(nameof(InputWidth));

    /// <summary>Numbers of an output row.</summary>
    static virtual int OutputWidth => throw ModelMetadata.NotDeclared(nameof(OutputWidth));

    /// <summary>The names of the outputs; empty where the model names none.</summary>
    static virtual IReadOnlyList<string> Labels => throw ModelMetadata.NotDeclared(nameof(Labels));

    /// <summary>True: an output depends on no later sample, so that the model can be streamed.</summary>
    static virtual bool IsCausal => throw ModelMetadata.NotDeclared(nameof(IsCausal));

    /// <summary>True: a sequence gives one row. False: every time step gives one.</summary>
    static virtual bool Pooled => throw ModelMetadata.NotDeclared(nameof(Pooled));

    /// <summary>The same as the static members, of an instance.</summary>
    ModelMetadata Metadata { get; }
}

/// <summary>A generated model that evaluates whole sequences. It has no state of its own: one instance may be used by any number of threads.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ISequenceModel<T> : ISequenceModel
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The operator with the constants that the code computes with.</summary>
    static virtual OperatorDescription Operator => throw ModelMetadata.NotDeclared(nameof(Operator));

    /// <summary>Evaluates a whole sequence from a fresh state.</summary>
    /// <param name="input">[time, InputWidth], row-major.</param>
    /// <param name="output">[time, OutputWidth], row-major; [OutputWidth] where the model pools.</param>
    /// <exception cref="ArgumentException">A length does not fit, the spans overlap, or a pooled model has seen no sample.</exception>
    void Forward(ReadOnlySpan<T> input, Span<T> output);

    /// <summary>Evaluates many sequences, each from a fresh state; results do not depend on the degree of parallelism.</summary>
    /// <param name="inputs">The sequences one after another, each [time, InputWidth].</param>
    /// <param name="lengths">Time steps of each sequence.</param>
    /// <param name="outputs">The outputs one after another, each [time, OutputWidth], or [OutputWidth] where the model pools.</param>
    /// <param name="maxDegreeOfParallelism">Workers at most; -1: no limit.</param>
    /// <param name="cancellationToken">Stops between sequences.</param>
    /// <exception cref="ArgumentException">Lengths and memories do not fit, or overlap.</exception>
    void ForwardBatch(ReadOnlyMemory<T> inputs, ReadOnlySpan<int> lengths, Memory<T> outputs, int maxDegreeOfParallelism = -1, CancellationToken cancellationToken = default);
}
