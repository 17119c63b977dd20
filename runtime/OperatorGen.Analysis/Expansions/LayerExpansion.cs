using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A layer whose decoder functions are polynomials. It is kept factored: one polynomial per readout, one per gate argument, and the mixing.
/// Where there is a gate, the product of polynomials is truncated at the total order P:
/// <code>
/// f_c(e) = sum_j e^j a_cj p_cj(o_c)         grades of readout c
/// A_i(e) = b_i + sum_c W_ic f_c(e)          the value half of the mixing; with o_c for f_c where it reads the readouts
/// Z_i(e) = b_(H+i) + sum_c W_(H+i)c f_c(e)  the gate half
/// r_i    = A_i(e) Q_i(Z_i(e)), truncated after e^P, at e = 1
/// </code>
/// Q_i is written in powers about zbar_i = Z_i(0). With Taylor polynomials about a point, r is the Taylor polynomial of the whole layer.
/// </summary>
public sealed partial class LayerExpansion
{
    private readonly double[][] _gatePowers; // [output][k], powers of z - zbar
    private readonly double[] _gateCentres;  // [output]

    /// <summary>Takes the polynomials of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="order">P, the total order.</param>
    /// <param name="readouts">One polynomial per channel, of order P at most.</param>
    /// <param name="gates">One polynomial per gate argument, of order P at most; empty without gate.</param>
    /// <exception cref="ArgumentException">A list has another length, an order is above P, or a layer has both kinds of gate.</exception>
    public LayerExpansion(LayerDescription layer, int order, IReadOnlyList<DecoderPolynomial> readouts, IReadOnlyList<DecoderPolynomial> gates)
    {
        if (readouts.Count != layer.Channels || gates.Count != layer.Gates)
        {
            throw new ArgumentException($"The layer has {layer.Channels} readouts and {layer.Gates} gate arguments, but {readouts.Count} and {gates.Count} polynomials were given.", nameof(readouts));
        }

        if (readouts.Concat(gates).Any(p => p.Order > order))
        {
            throw new ArgumentException($"A polynomial is of higher order than the total order {order}.", nameof(order));
        }

        if (layer.Glu is not null && layer.Gate is not null)
        {
            throw new ArgumentException($"The layer \"{layer.Name}\" has a gate stream and a gated linear unit; no expansion is defined for both in one layer.", nameof(layer));
        }

        Layer = layer;
        Order = order;
        Readouts = readouts;
        Gates = gates;
        Values = layer.Glu is { ReadsReadouts: true } ? [.. readouts.Select(Readout)] : readouts;
        _gateCentres = layer.Glu is not null ? Centres(layer, readouts) : [];
        _gatePowers = [.. _gateCentres.Select((centre, i) => gates[i].Shifted(centre))];
    }

    /// <summary>The layer.</summary>
    public LayerDescription Layer { get; }

    /// <summary>P, the total order.</summary>
    public int Order { get; }

    /// <summary>The polynomial of every readout, [channel].</summary>
    public IReadOnlyList<DecoderPolynomial> Readouts { get; }

    /// <summary>The polynomial of every gate argument, [output] of a gated linear unit, [channel] of a gate stream; empty without gate.</summary>
    public IReadOnlyList<DecoderPolynomial> Gates { get; }

    /// <summary>What the value of a gated linear unit is mixed of, [channel]: the readouts' polynomials, or the readouts themselves in the same basis.</summary>
    internal IReadOnlyList<DecoderPolynomial> Values { get; }

    /// <summary>True where the polynomials are the functions and nothing is truncated.</summary>
    public bool IsExact => Gates.Count == 0 && Readouts.All(p => p.IsExact);

    /// <summary>zbar_i, the point about which the gate polynomial of an output is written; of a gated linear unit only.</summary>
    public double GateCentre(int output) => _gateCentres[output];

    /// <summary>Q_i in powers of z - zbar_i; of a gated linear unit only.</summary>
    public ReadOnlySpan<double> GatePowers(int output) => _gatePowers[output];

    /// <summary>Where the gate polynomials of a gated linear unit are centred: the gate half of the mixing at the grade 0 of every readout.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="readouts">The polynomials of the readouts.</param>
    public static double[] Centres(LayerDescription layer, IReadOnlyList<DecoderPolynomial> readouts)
    {
        LinearDescription mixing = layer.Mixing!;
        double[] constants = [.. readouts.Select(p => p.Coefficients[0])];
        var centres = new double[layer.OutputWidth];
        for (int i = 0; i < centres.Length; i++)
        {
            int row = layer.OutputWidth + i;
            centres[i] = mixing.Bias(row) + DotProduct.Of(mixing.Row(row), constants);
        }

        return centres;
    }

    /// <summary>The layer's truncated decoder for one time step.</summary>
    /// <param name="readouts">o, [channel].</param>
    /// <param name="gates">z: of a gate stream given; of a gated linear unit written, the truncated arguments.</param>
    /// <param name="outputs">Room for [output].</param>
    public void Evaluate(ReadOnlySpan<double> readouts, Span<double> gates, Span<double> outputs)
    {
        if (Layer.Glu is not null)
        {
            EvaluateGlu(readouts, gates, outputs);
            return;
        }

        Span<double> h = stackalloc double[Layer.Channels];
        for (int c = 0; c < h.Length; c++)
        {
            h[c] = Layer.Gate is null ? Readouts[c].Value(readouts[c]) : Gated(c, readouts[c], gates[c]);
        }

        if (Layer.Mixing is { } mixing)
        {
            mixing.Apply(h, outputs);
        }
        else
        {
            h.CopyTo(outputs);
        }
    }

    /// <summary>The grades a_j p_j(x) of a polynomial at a point, 0 above its order.</summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <param name="x">The point.</param>
    /// <param name="grades">Room for P + 1 numbers.</param>
    internal static void Grades(DecoderPolynomial polynomial, double x, Span<double> grades)
    {
        grades.Clear();
        polynomial.Basis.Values(x, grades);
        for (int j = 0; j <= polynomial.Order; j++)
        {
            grades[j] *= polynomial.Coefficients[j];
        }
    }

    /// <summary>o = alpha_0 + scale_0 p_1(o).</summary>
    private static DecoderPolynomial Readout(DecoderPolynomial g)
    {
        PolynomialBasis basis = g.Order == 0 ? PolynomialBasis.Powers(0, 1) : g.Basis.WithOrder(1);
        return new DecoderPolynomial(DecoderFunctions.Identity, g.Kind, basis, [basis.Alpha(0), basis.Scale(0)]);
    }

    private double Gated(int channel, double readout, double gate)
    {
        Span<double> f = stackalloc double[Order + 1];
        Span<double> q = stackalloc double[Order + 1];
        Span<double> product = stackalloc double[Order + 1];
        Grades(Readouts[channel], readout, f);
        Grades(Gates[channel], gate, q);
        GradedSeries.Multiply(f, q, product);
        return GradedSeries.Sum(product);
    }

    private void EvaluateGlu(ReadOnlySpan<double> readouts, Span<double> gates, Span<double> outputs)
    {
        int grades = Order + 1;
        int channels = Layer.Channels;
        double[] f = AllGrades(Readouts, readouts);
        double[] values = ReferenceEquals(Values, Readouts) ? f : AllGrades(Values, readouts);
        Span<double> one = stackalloc double[grades];
        LinearDescription mixing = Layer.Mixing!;
        Span<double> a = stackalloc double[grades];
        Span<double> z = stackalloc double[grades];
        Span<double> q = stackalloc double[grades];
        for (int i = 0; i < Layer.OutputWidth; i++)
        {
            for (int j = 0; j < grades; j++)
            {
                a[j] = DotProduct.Of(mixing.Row(i), values.AsSpan(j * channels, channels));
                z[j] = DotProduct.Of(mixing.Row(Layer.OutputWidth + i), f.AsSpan(j * channels, channels));
            }

            a[0] += mixing.Bias(i);
            z[0] = 0;
            GradedSeries.Compose(_gatePowers[i], z, q);
            GradedSeries.Multiply(a, q, one);
            outputs[i] = GradedSeries.Sum(one);
            gates[i] = _gateCentres[i] + GradedSeries.Sum(z);
        }
    }

    /// <summary>The grades of all channels, [grade, channel].</summary>
    private double[] AllGrades(IReadOnlyList<DecoderPolynomial> polynomials, ReadOnlySpan<double> readouts)
    {
        int channels = Layer.Channels;
        var f = new double[(Order + 1) * channels];
        Span<double> one = stackalloc double[Order + 1];
        for (int c = 0; c < channels; c++)
        {
            Grades(polynomials[c], readouts[c], one);
            for (int j = 0; j <= Order; j++)
            {
                f[(j * channels) + c] = one[j];
            }
        }

        return f;
    }
}
