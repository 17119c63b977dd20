using System.Numerics;

namespace OperatorGen.Reference;

/// <summary>The intermediates of one layer at one time step, in the order in which they are computed.</summary>
public sealed class LayerProbe
{
    /// <summary>x, [width].</summary>
    public double[] Input { get; internal set; } = [];

    /// <summary>After the norm before the input stage, [width].</summary>
    public double[] Normed { get; internal set; } = [];

    /// <summary>After the input projection, [convolved + passed + gate + side].</summary>
    public double[] Projected { get; internal set; } = [];

    /// <summary>The gate stream z, [gate].</summary>
    public double[] Gate { get; internal set; } = [];

    /// <summary>The side stream s, [side].</summary>
    public double[] Side { get; internal set; } = [];

    /// <summary>After the causal convolution, [convolved]: the arguments of the input activation.</summary>
    public double[] Convolved { get; internal set; } = [];

    /// <summary>v, [input].</summary>
    public double[] CellInput { get; internal set; } = [];

    /// <summary>The values of selective cells, [G, V]; empty of other kinds.</summary>
    public double[] Value { get; internal set; } = [];

    /// <summary>The keys of selective cells without the step, [G, K]; empty of other kinds.</summary>
    public Complex[] Key { get; internal set; } = [];

    /// <summary>What multiplies the keys of selective cells: Delta of a step, beta of a delta rule, else 1, [G]; empty of other kinds.</summary>
    public double[] Step { get; internal set; } = [];

    /// <summary>
    /// The discrete transition a, [G, K]. Of a delta rule alpha, the factor of <c>T = alpha (I - w k^T)</c>, where w is <see cref="InputWeight"/> and k is <see cref="Key"/>.
    /// Of a linear controlled differential equation the matrix that the step applies to (Z, 1), row-major.
    /// </summary>
    public Complex[] Transition { get; internal set; } = [];

    /// <summary>The discrete input weight b-bar, of selective cells step times key, [G, K]; 1 where it is folded into the output weight.</summary>
    public Complex[] InputWeight { get; internal set; } = [];

    /// <summary>gamma c, [G, K]; gamma c b-bar where the input weight is folded into it.</summary>
    public Complex[] OutputWeight { get; internal set; } = [];

    /// <summary>The state before the update, [G, K, V].</summary>
    public Complex[] StateBefore { get; internal set; } = [];

    /// <summary>The state after the update, [G, K, V].</summary>
    public Complex[] State { get; internal set; } = [];

    /// <summary>z of the backward direction before the step's sample is taken in, in the layout of the state; empty where there is none.</summary>
    public Complex[] BackwardBefore { get; internal set; } = [];

    /// <summary>z of the backward direction with the step's sample, in the layout of the state; empty where there is none.</summary>
    public Complex[] BackwardState { get; internal set; } = [];

    /// <summary>gamma c' of the backward direction, in the layout of <see cref="OutputWeight"/>; empty where there is none.</summary>
    public Complex[] BackwardWeight { get; internal set; } = [];

    /// <summary>What the backward direction adds to the readouts, [readout]; empty where there is none.</summary>
    public double[] BackwardReadout { get; internal set; } = [];

    /// <summary>o, [G, V]: the arguments of the decoder's activation.</summary>
    public double[] Readout { get; internal set; } = [];

    /// <summary>After the decoder's activation, [G V].</summary>
    public double[] Activated { get; internal set; } = [];

    /// <summary>After the decoder's norm, [G V]; where there is none, what it would take.</summary>
    public double[] ReadoutNormed { get; internal set; } = [];

    /// <summary>After the gate, [G V]; where there is none, what it would multiply.</summary>
    public double[] Gated { get; internal set; } = [];

    /// <summary>What the mixing takes, [side / 2 + G V]: norm and gate behind each other, and the side stream's unit before them.</summary>
    public double[] Joined { get; internal set; } = [];

    /// <summary>After the mixing, the arguments of the decoder's unit, [mixed].</summary>
    public double[] Mixed { get; internal set; } = [];

    /// <summary>The decoder's output, [output].</summary>
    public double[] Decoded { get; internal set; } = [];

    /// <summary>After the residual, [output].</summary>
    public double[] Sum { get; internal set; } = [];

    /// <summary>The feed-forward part; null: there is none.</summary>
    public FeedForwardProbe? FeedForward { get; internal set; }

    /// <summary>The layer's output, [output].</summary>
    public double[] Output { get; internal set; } = [];
}
