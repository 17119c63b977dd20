using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The states of a ring's nodes over time, and what is read from them.</summary>
public sealed class RingActivity
{
    private readonly double[] _re;
    private readonly double[]? _im;

    internal RingActivity(int nodes, double[] re, double[]? im, double[] outputs)
    {
        Nodes = nodes;
        _re = re;
        _im = im;
        Outputs = outputs;
    }

    /// <summary>The number of nodes.</summary>
    public int Nodes { get; }

    /// <summary>The number of time steps.</summary>
    public int Steps => Outputs.Length;

    /// <summary>Whether every state is real, as in a real ring.</summary>
    public bool IsReal => _im is null;

    /// <summary>o(t), the readout with its skip, [time].</summary>
    public double[] Outputs { get; }

    /// <summary>x_j(t), a node's state after step t.</summary>
    /// <param name="node">j, from 0.</param>
    /// <param name="step">t, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    /// <exception cref="IndexOutOfRangeException">There is no such step.</exception>
    public ComplexNumber this[int node, int step]
    {
        get
        {
            if ((uint)node >= (uint)Nodes)
            {
                throw new ArgumentOutOfRangeException(nameof(node), $"The ring has {Nodes} nodes.");
            }

            int index = (step * Nodes) + node;
            return new ComplexNumber(_re[index], _im is null ? 0 : _im[index]);
        }
    }
}
