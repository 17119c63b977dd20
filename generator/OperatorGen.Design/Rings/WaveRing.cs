using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The recurrence of one channel on a circle of nodes, by the discrete Fourier basis (Busch et al. 2026, arXiv:2604.20595):
/// <code>
/// x(t) = W x(t-1) + beta v(t),   x(-1) = 0,   o(t) = Re sum_j rho_j x_j(t) + D v(t)
/// W = F* diag(lambda) F,   F_kj = e^(2 pi i k j / nodes) / sqrt(nodes),   x = F* s
/// </code>
/// W is circulant: how one node acts on another depends on their distance only. A mode with wave number k is a wave e^(i (frequency t - 2 pi k j / nodes)).
/// </summary>
public sealed class WaveRing
{
    private readonly PreciseComplex[] _coupling;
    private readonly PreciseComplex[] _input;
    private readonly PreciseComplex[] _readout;

    private WaveRing(RingForm form, RingMode[] modes, double skip)
    {
        Form = form;
        Modes = modes;
        Skip = skip;
        Nodes = modes[0].Nodes;
        var roots = new RootsOfUnity(Nodes);
        _coupling = Profile(roots, mode => mode.Wave.Eigenvalue, -1, Nodes);
        _input = form == RingForm.Complex ? AtNode0(roots.NormOfOnes) : Profile(roots, _ => ComplexNumber.One, -1, roots.NormOfOnes);
        _readout = Profile(roots, mode => mode.IsPair ? 0.5 * mode.Wave.Weight : mode.Wave.Weight, 1, roots.NormOfOnes);
    }

    /// <summary>Whether the states are complex or real.</summary>
    public RingForm Form { get; }

    /// <summary>The number of nodes.</summary>
    public int Nodes { get; }

    /// <summary>The modes by ascending wave number.</summary>
    public IReadOnlyList<RingMode> Modes { get; }

    /// <summary>D, which passes the input on to the readout beside the ring.</summary>
    public double Skip { get; }

    /// <summary>N' complex nodes for N' modes; the order of the frequencies is the order of the wave numbers.</summary>
    /// <param name="waves">The waves of a channel, at least one.</param>
    /// <param name="skip">D.</param>
    /// <exception cref="ArgumentException">There is no wave, or one with a part that is not finite.</exception>
    public static WaveRing Complex(IReadOnlyList<Wave> waves, double skip = 0) => new(RingForm.Complex, RingPlacement.Complex(Checked(waves)), skip);

    /// <summary>
    /// 2 N' + 1 real nodes for N' modes: each mode takes a pair of wave numbers k and -k, with its conjugate at -k and half its weight at each; one real mode
    /// takes the wave number 0. Wave numbers that are left are empty.
    /// </summary>
    /// <param name="waves">The waves of a channel, at least one.</param>
    /// <param name="skip">D.</param>
    /// <exception cref="ArgumentException">There is no wave, or one with a part that is not finite.</exception>
    public static WaveRing Real(IReadOnlyList<Wave> waves, double skip = 0) => new(RingForm.Real, RingPlacement.Real(Checked(waves)), skip);

    /// <summary>W_jl for j - l = distance: what a node's state adds to the next state of the node so many places higher. Real in a real ring.</summary>
    /// <param name="distance">Any whole number; it counts around the ring.</param>
    public ComplexNumber Coupling(int distance) => _coupling[Around(distance)].Rounded;

    /// <summary>beta_j: what of the input enters a node. In a complex ring all of it enters node 0. Real in a real ring.</summary>
    /// <param name="node">j; it counts around the ring.</param>
    public ComplexNumber Input(int node) => _input[Around(node)].Rounded;

    /// <summary>rho_j: with what a node is read. Real in a real ring.</summary>
    /// <param name="node">j; it counts around the ring.</param>
    public ComplexNumber Readout(int node) => _readout[Around(node)].Rounded;

    /// <summary>Runs the ring from rest. States are carried in double-double: slow modes do not pile up the rounding of the change of basis.</summary>
    /// <param name="v">The input of the channel's cell, [time].</param>
    public RingActivity Simulate(ReadOnlySpan<double> v) => new RingSimulation(Form, Skip, _coupling, _input, _readout).Run(v);

    /// <summary>sum over the modes of value e^(sign 2 pi i k j / nodes) / scale at every place j; a mode on a pair adds its conjugate at -k.</summary>
    private PreciseComplex[] Profile(RootsOfUnity roots, Func<RingMode, ComplexNumber> value, int sign, DoubleDouble scale)
    {
        var profile = new PreciseComplex[Nodes];
        for (int j = 0; j < Nodes; j++)
        {
            PreciseComplex sum = ComplexNumber.Zero;
            foreach (RingMode mode in Modes)
            {
                PreciseComplex part = value(mode) * roots[sign * mode.WaveNumber, j];
                sum += mode.IsPair ? new PreciseComplex(part.Re + part.Re, 0) : part;
            }

            profile[j] = sum / scale;
        }

        return profile;
    }

    /// <summary>sum over the modes of value e^(-2 pi i k j / nodes) / scale at every place j: a quantity of the modes, spread over the nodes.</summary>
    internal ComplexNumber[] Spread(Func<RingMode, ComplexNumber> value, double scale) =>
        Array.ConvertAll(Profile(new RootsOfUnity(Nodes), value, -1, scale), part => part.Rounded);

    /// <summary>The sum of all roots of unity is N at node 0 and exactly 0 elsewhere: with every wave number taken, the input enters one node.</summary>
    private PreciseComplex[] AtNode0(DoubleDouble value)
    {
        var profile = new PreciseComplex[Nodes];
        profile[0] = new PreciseComplex(value, 0);
        return profile;
    }

    private int Around(int place)
    {
        int residue = place % Nodes;
        return residue < 0 ? residue + Nodes : residue;
    }

    private static IReadOnlyList<Wave> Checked(IReadOnlyList<Wave> waves)
    {
        if (waves.Count == 0)
        {
            throw new ArgumentException("A ring needs at least one wave.", nameof(waves));
        }

        for (int n = 0; n < waves.Count; n++)
        {
            if (!IsFinite(waves[n].Eigenvalue) || !IsFinite(waves[n].Weight))
            {
                throw new ArgumentException($"Wave {n} is not finite: there is no ring of it.", nameof(waves));
            }
        }

        return waves;
    }

    private static bool IsFinite(ComplexNumber value) => value.Re - value.Re == 0 && value.Im - value.Im == 0;
}
