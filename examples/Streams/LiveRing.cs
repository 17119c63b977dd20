using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace StreamHost;

/// <summary>
/// One channel of a model's first layer on its ring, sample by sample: the modes s_n(t) = lambda_n s_n(t-1) + v(t), spread over as many nodes,
/// <code>x_j = 1/sqrt(N) sum_k s_k e^(-2 pi i k j / N)</code>
/// with wave numbers in the order of the frequencies (docs/operator.md, The ring; Busch et al. 2026). The input enters at node 0 and travels from there.
/// </summary>
internal sealed class LiveRing
{
    private readonly OperatorDescription _first; // the operator up to the input of the first layer's cells
    private readonly int _heard;
    private readonly ComplexNumber[] _eigenvalues, _states; // in the order of the wave numbers
    private readonly ComplexNumber[] _basis;                // e^(-2 pi i k j / N) / sqrt(N), [node, mode]

    /// <summary>The ring of a channel, at rest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such channel.</exception>
    /// <exception cref="NotSupportedException">The first layer has no ring that goes on sample by sample.</exception>
    public LiveRing(OperatorDescription description, int channel)
    {
        LayerDescription layer = description.Layers[0];
        if (layer.Bank is not { } bank || bank.IsShared || !layer.Input.IsNone)
        {
            throw new NotSupportedException("Only a first layer whose channels have modes of their own, and no convolution before them, is shown on a ring.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, layer.Channels);
        _first = description with { Pooling = Pooling.None, Layers = [layer], Head = null };
        _heard = bank.InputOf(channel);
        _eigenvalues = [.. bank.Waves(channel).OrderBy(wave => wave.Frequency).ThenByDescending(wave => wave.Magnitude).Select(wave => wave.Eigenvalue)];
        _states = new ComplexNumber[_eigenvalues.Length];
        int slowest = _eigenvalues.Index().MinBy(mode => Math.Abs(mode.Item.Phase)).Index;
        _basis = [.. from node in Enumerable.Range(0, Nodes)
                     from mode in Enumerable.Range(0, Nodes)
                     let angle = -2 * Math.PI * (mode - slowest) * node / Nodes
                     select new ComplexNumber(Math.Cos(angle) / Math.Sqrt(Nodes), Math.Sin(angle) / Math.Sqrt(Nodes))];
    }

    /// <summary>The number of nodes, which is that of the modes.</summary>
    public int Nodes => _states.Length;

    /// <summary>Takes samples.</summary>
    /// <param name="samples">[sample, InputWidth].</param>
    /// <returns>The nodes after each sample, [sample, node, 2]: real and imaginary parts.</returns>
    public float[] Take(ReadOnlySpan<float> samples)
    {
        int count = samples.Length / _first.InputWidth, width = _first.Layers[0].Recurrence.Inputs;
        var nodes = new float[count * Nodes * 2];
        if (count == 0)
        {
            return nodes;
        }

        double[] inputs = OperatorTrace.Of(_first, Array.ConvertAll(samples.ToArray(), x => (double)x)).Layers[0].CellInput;
        for (int t = 0; t < count; t++)
        {
            for (int n = 0; n < Nodes; n++)
            {
                _states[n] = (_eigenvalues[n] * _states[n]) + inputs[(t * width) + _heard];
            }

            for (int j = 0; j < Nodes; j++)
            {
                ComplexNumber node = ComplexNumber.Zero;
                for (int n = 0; n < Nodes; n++)
                {
                    node += _basis[(j * Nodes) + n] * _states[n];
                }

                nodes[((t * Nodes) + j) * 2] = (float)node.Re;
                nodes[(((t * Nodes) + j) * 2) + 1] = (float)node.Im;
            }
        }

        return nodes;
    }
}
