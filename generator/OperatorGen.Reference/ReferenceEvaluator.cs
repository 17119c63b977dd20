using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference;

/// <summary>
/// The plain recurrent reference: any <see cref="SequenceModel"/> in double precision, one loop per formula, one sample after the other.
/// It discretises on its own and shares no code with the compiler, so that a fault in one of them shows.
/// <code>
/// [token_t -> embedding ->] u_t -> scaling -> encoder -> layer 0 -> ... -> layer n-1 -> pooling -> head -> output function -> y
/// </code>
/// Dimensions: G cells, K modes per cell, V values per mode; the width of v and o is G V.
/// Infinity and not-a-number pass through as the formulas carry them.
/// </summary>
public sealed class ReferenceEvaluator
{
    private readonly double[]? _scale;  // [input]
    private readonly double[]? _offset; // [input]
    private readonly double[]? _embedding; // [row, input]
    private readonly LinearFormula? _encoder;
    private readonly LayerFormula[] _layers;
    private readonly LinearFormula? _head;

    /// <summary>Prepares a model: checks its shapes, discretises its constant cells.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to run; null: <see cref="ReferenceOptions.Exact"/>.</param>
    /// <exception cref="NotSupportedException">The model holds symbols, or a combination of parameters that has no defined meaning.</exception>
    public ReferenceEvaluator(SequenceModel model, ReferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelShapes.Check(model);
        Model = model;
        Options = options ?? ReferenceOptions.Exact;
        _scale = model.Scaling?.Scale.Stored(Options);
        _offset = model.Scaling?.Offset.Stored(Options);
        _embedding = model.Embedding?.Weight.Stored(Options);
        _encoder = model.Encoder is null ? null : new LinearFormula(model.Encoder, Options);
        _layers = [.. model.Layers.Select(layer => new LayerFormula(layer, Options))];
        _head = model.Head is null ? null : new LinearFormula(model.Head, Options);
    }

    /// <summary>The model.</summary>
    public SequenceModel Model { get; }

    /// <summary>How it runs.</summary>
    public ReferenceOptions Options { get; }

    /// <summary>A state that has seen nothing.</summary>
    public ReferenceState CreateState() =>
        new(this, [.. _layers.Select(layer => layer.CreateState())], Model.Layers[Model.Layers.Count - 1].OutputWidth);

    /// <summary>One sample in, one output out; of a pooled model that of the pooled samples so far.</summary>
    /// <param name="state">The state, which moves on by one step.</param>
    /// <param name="sample">The sample, shape [input].</param>
    /// <returns>Shape [output].</returns>
    /// <exception cref="ArgumentException">The sample has another length, or the state was made by another evaluator.</exception>
    /// <exception cref="InvalidOperationException">The model is not causal.</exception>
    public double[] Step(ReferenceState state, ReadOnlySpan<double> sample)
    {
        CheckOwner(state);
        if (sample.Length != Model.InputWidth)
        {
            throw new ArgumentException($"A sample of shape [{sample.Length}] was given, but the model takes [{Model.InputWidth}].", nameof(sample));
        }

        if (!Model.IsCausal)
        {
            throw new InvalidOperationException("An output of this model depends on later samples: evaluate whole sequences with Forward.");
        }

        CheckLength(state.Count + 1, whole: false);
        Advance(state, sample);
        return Output(Pooled(state));
    }

    /// <summary>A whole sequence, from the given state on, which is left after the last sample.</summary>
    /// <param name="input">The samples, shape [time, input], row-major.</param>
    /// <param name="state">The state to start from; null: a fresh one. A model that is not causal takes a fresh one only.</param>
    /// <returns>Shape [time, output], row-major; of a pooled model [output], that of all samples the state has seen.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of the input width, the state was made by another evaluator, a pooled model has seen no sample, or a model that is not causal has seen some.</exception>
    public double[] Forward(ReadOnlySpan<double> input, ReferenceState? state = null)
    {
        bool whole = state is null;
        state ??= CreateState();
        CheckOwner(state);
        int channels = Model.InputWidth;
        if (channels == 0 || input.Length % channels != 0)
        {
            throw new ArgumentException($"An input of {input.Length} numbers was given, but the model takes [time, {channels}].", nameof(input));
        }

        int time = input.Length / channels;
        CheckLength(state.Count + time, whole);
        bool pooled = Model.Pooling != Pooling.None;
        if (pooled && state.Count + time == 0)
        {
            throw new ArgumentException($"An input of shape [0, {channels}] cannot be pooled.", nameof(input));
        }

        if (!Model.IsCausal)
        {
            return Whole(input, state);
        }

        var output = new double[pooled ? 0 : time * Model.OutputWidth];                     // [time, output]
        for (int t = 0; t < time; t++)
        {
            Advance(state, input.Slice(t * channels, channels));
            if (!pooled)
            {
                Output(Pooled(state)).CopyTo(output, t * Model.OutputWidth);
            }
        }

        return pooled ? Output(Pooled(state)) : output;
    }

    /// <summary>The input of tokens: their rows of the embedding.</summary>
    /// <param name="tokens">Ids, [time].</param>
    /// <returns>Shape [time, input], row-major.</returns>
    /// <exception cref="InvalidOperationException">The model takes numbers.</exception>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary.</exception>
    public double[] Embed(ReadOnlySpan<int> tokens)
    {
        if (Model.Embedding is not TokenEmbedding embedding || _embedding is null)
        {
            throw new InvalidOperationException("The model takes numbers, not tokens.");
        }

        var input = new double[tokens.Length * Model.InputWidth];                           // [time, input]
        for (int t = 0; t < tokens.Length; t++)
        {
            if (tokens[t] < 0 || tokens[t] >= embedding.Vocabulary)
            {
                throw new ArgumentException($"Token {t} is {tokens[t]}, but the vocabulary has the ids 0 to {embedding.Vocabulary - 1}.", nameof(tokens));
            }

            Array.Copy(_embedding, tokens[t] * Model.InputWidth, input, t * Model.InputWidth, Model.InputWidth);
        }

        return input;
    }

    /// <summary>Layer after layer, each over all time steps.</summary>
    private double[] Whole(ReadOnlySpan<double> input, ReferenceState state)
    {
        if (state.Count > 0)
        {
            throw new ArgumentException("An output of this model depends on later samples: a sequence is evaluated as a whole, from a fresh state.", nameof(state));
        }

        double[][] raw = [.. input.ToArray().Chunk(Model.InputWidth)];                      // [time][input]
        double[][] scaled = Array.ConvertAll(raw, Scaled);                                  // [time][input]
        double[][] encoded = Array.ConvertAll(scaled, u => _encoder is null ? u : _encoder.Of(u)); // [time][width]
        LayerProbe[][] traces = [.. raw.Select(_ => Array.ConvertAll(_layers, _ => new LayerProbe()))]; // [time][layer]
        double[][] x = encoded;                                                             // [time][width]
        for (int l = 0; l < _layers.Length; l++)
        {
            x = _layers[l].Sequence(x, state.Layers[l], [.. traces.Select(step => step[l])]);
        }

        List<double> output = [];                                                           // [time, output]
        for (int t = 0; t < x.Length; t++)
        {
            Take(state, x[t], new StepTrace(raw[t], scaled[t], encoded[t], traces[t]));
            output.AddRange(Model.Pooling == Pooling.None ? Output(x[t]) : []);
        }

        return Model.Pooling == Pooling.None ? [.. output] : Output(Pooled(state));
    }

    private void Advance(ReferenceState state, ReadOnlySpan<double> sample)
    {
        double[] raw = sample.ToArray();                                                    // [input]
        double[] scaled = Scaled(raw);                                                      // [input]
        double[] encoded = _encoder is null ? scaled : _encoder.Of(scaled);                 // [width]
        var traces = new LayerProbe[_layers.Length];
        double[] x = encoded;                                                               // [width]
        for (int l = 0; l < _layers.Length; l++)
        {
            traces[l] = new LayerProbe();
            x = _layers[l].Step(x, state.Layers[l], traces[l]);
        }

        Take(state, x, new StepTrace(raw, scaled, encoded, traces));
    }

    private static void Take(ReferenceState state, double[] x, StepTrace trace)
    {
        for (int c = 0; c < x.Length; c++)
        {
            state.PooledSum[c] += x[c];
        }

        state.Newest = x;
        state.Count++;
        state.Probe?.Add(trace);
    }

    /// <summary><c>u = scale x + offset</c>.</summary>
    private double[] Scaled(double[] sample)
    {
        if (_scale is null || _offset is null)
        {
            return sample;
        }

        var u = new double[sample.Length];                                                  // [input]
        for (int c = 0; c < u.Length; c++)
        {
            u[c] = (_scale[c] * sample[c]) + _offset[c];
        }

        return u;
    }

    /// <summary>The row that the head sees, [width].</summary>
    private double[] Pooled(ReferenceState state) => Model.Pooling switch
    {
        Pooling.None or Pooling.Last => state.Newest,
        Pooling.Mean => Array.ConvertAll(state.PooledSum, sum => sum / state.Count),
        _ => throw new NotSupportedException($"The reference has no formula for the pooling {Model.Pooling}."),
    };

    /// <summary><c>y = output function(head x)</c>, [output].</summary>
    private double[] Output(double[] x) => OutputFormula.Of(Model.Output, _head is null ? x : _head.Of(x));

    /// <summary>A whole sequence must have a length that the model allows, a part of one must not be longer.</summary>
    private void CheckLength(long steps, bool whole)
    {
        if (Model.Length is { } length && (steps > length.Steps || (whole && !length.Allows(steps))))
        {
            throw new ArgumentException($"The model has a meaning for sequences of {length}, but the sequence has {steps}.");
        }
    }

    private void CheckOwner(ReferenceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!ReferenceEquals(state.Owner, this))
        {
            throw new ArgumentException("The state was made by another evaluator.", nameof(state));
        }
    }
}
