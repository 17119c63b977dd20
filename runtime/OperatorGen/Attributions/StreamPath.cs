using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>The path of a layer whose decoded readouts are multiplied by a gate stream: sum_c kappa_c g(a o_c) gate(a z_c).</summary>
/// <param name="layer">The layer.</param>
/// <param name="kappa">The weight of every decoded channel.</param>
internal sealed class StreamPath(LayerDescription layer, double[] kappa) : GatedPath(2 * layer.Channels)
{
    public override void At(ReadOnlySpan<double> x, ReadOnlySpan<double> positions, Span<double> values, Span<double> sizes, Span<double> slopes)
    {
        int channels = layer.Channels;
        int count = positions.Length * channels;
        double[] o = Scaled(x[..channels], positions);
        double[] z = Scaled(x[channels..], positions);
        double[] g = new double[count], gate = new double[count], slopeG = new double[count], slopeGate = new double[count];
        FunctionValues.Apply(layer.Decoder, o, g);
        FunctionValues.Apply(layer.Gate!, z, gate);
        FunctionSlopes.Apply(layer.Decoder, o, slopeG);
        FunctionSlopes.Apply(layer.Gate!, z, slopeGate);
        values.Clear();
        sizes.Clear();
        for (int i = 0; i < count; i++)
        {
            int k = i / channels;
            int c = i % channels;
            double product = kappa[c] * g[i] * gate[i];
            values[k] += product;
            sizes[k] += Math.Abs(product);
            slopes[(k * Arguments) + c] = kappa[c] * slopeG[i] * gate[i];
            slopes[(k * Arguments) + channels + c] = kappa[c] * g[i] * slopeGate[i];
        }
    }
}
