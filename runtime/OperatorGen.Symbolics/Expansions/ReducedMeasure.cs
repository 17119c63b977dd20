using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// A distribution on a few points: nodes in ascending order with positive weights of sum 1, that replaces the empirical distribution of many
/// samples. Made by a calibration, or read from a model file.
/// </summary>
public sealed class ReducedMeasure
{
    /// <summary>How many nodes a reduced measure has at most, unless told.</summary>
    public const int DefaultNodes = 64;

    // A file's weights may be rounded decimals; further away from sum 1 they are a mistake.
    private const double Tolerance = 1e-6;

    // Weights that sum to 1 so nearly stay as they are: what was written is what is read.
    private const double Rounding = 1e-13;

    private readonly double[] _nodes;
    private readonly double[] _weights;

    /// <summary>Takes nodes and weights.</summary>
    /// <param name="nodes">The nodes, finite, ascending, all different.</param>
    /// <param name="weights">Their weights, positive, of sum 1 within 1e-6; brought to sum 1.</param>
    /// <exception cref="ArgumentException">One of these does not hold; the message says which.</exception>
    public ReducedMeasure(IReadOnlyList<double> nodes, IReadOnlyList<double> weights)
    {
        _nodes = [.. nodes];
        _weights = [.. weights];
        if (_nodes.Length == 0 || _nodes.Length != _weights.Length)
        {
            throw new ArgumentException($"A measure has as many weights as nodes and at least one, but there are {_nodes.Length} nodes and {_weights.Length} weights.");
        }

        CompensatedSum sum = default;
        for (int i = 0; i < _nodes.Length; i++)
        {
            if (double.IsNaN(_nodes[i]) || double.IsInfinity(_nodes[i]) || (i > 0 && !(_nodes[i] > _nodes[i - 1])))
            {
                throw new ArgumentException($"The nodes of a measure are finite and ascending, but node {i} is {NumberText.Format(_nodes[i])}.", nameof(nodes));
            }

            if (!(_weights[i] > 0) || double.IsInfinity(_weights[i]))
            {
                throw new ArgumentException($"The weights of a measure are positive, but weight {i} is {NumberText.Format(_weights[i])}.", nameof(weights));
            }

            sum.Add(_weights[i]);
        }

        if (!(Math.Abs(sum.Value - 1) <= Tolerance))
        {
            throw new ArgumentException($"The weights of a measure have sum 1, but these have sum {NumberText.Format(sum.Value)}.", nameof(weights));
        }

        for (int i = 0; i < _nodes.Length && Math.Abs(sum.Value - 1) > Rounding; i++)
        {
            _weights[i] /= sum.Value;
        }
    }

    /// <summary>The nodes, ascending.</summary>
    public IReadOnlyList<double> Nodes => _nodes;

    /// <summary>The weights, in the nodes' order.</summary>
    public IReadOnlyList<double> Weights => _weights;
}
