using System;
using System.Collections.Generic;
using System.Numerics;

namespace OperatorGen.Reference;

/// <summary>What the reference remembers between two samples; everything starts at 0. Not safe for concurrent use.</summary>
public sealed class ReferenceState
{
    internal ReferenceState(ReferenceEvaluator owner, IReadOnlyList<LayerState> layers, int width)
    {
        Owner = owner;
        Layers = layers;
        PooledSum = new double[width];
        Newest = new double[width];
    }

    /// <summary>The state of each layer.</summary>
    public IReadOnlyList<LayerState> Layers { get; }

    /// <summary>The number of samples seen.</summary>
    public long Count { get; internal set; }

    /// <summary>The sum over time of the last layer's output, shape [width]; used for the mean.</summary>
    public double[] PooledSum { get; }

    /// <summary>The last layer's output at the newest time step, shape [width].</summary>
    public double[] Newest { get; internal set; }

    /// <summary>Where to record the intermediates of every step; null: nowhere.</summary>
    public Probe? Probe { get; set; }

    internal ReferenceEvaluator Owner { get; }
}

/// <summary>The state of one layer.</summary>
public sealed class LayerState
{
    internal LayerState(double[] convolutionCache, Complex[] ssm)
    {
        ConvolutionCache = convolutionCache;
        Ssm = ssm;
    }

    /// <summary>The last inputs of the causal convolution, newest last, shape [channels, width]; empty where there is none.</summary>
    public double[] ConvolutionCache { get; }

    /// <summary>
    /// S, in the order of <see cref="Models.Cell.StateSizes"/>, the imaginary parts 0 where the field is real. With
    /// <see cref="ReferenceOptions.RoundConstantsToSingle"/> the state of a constant cell has the input weight 1: it is S divided by b-bar.
    /// </summary>
    public Complex[] Ssm { get; }
}
