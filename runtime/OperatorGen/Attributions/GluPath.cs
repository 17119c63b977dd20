using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// The path of a layer that ends with a gated linear unit: sum_i eta_i A_i gate(Z_i), A = W o' + b, Z = W' o' + b', o' = g(a o). The slopes are taken back through
/// the mixing with its matrix transposed.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="tables">Its mixing and the transposed one.</param>
/// <param name="eta">The weight of every output.</param>
internal sealed class GluPath(LayerDescription layer, GluTables tables, double[] eta) : GatedPath(layer.Channels)
{
    public override void At(ReadOnlySpan<double> x, ReadOnlySpan<double> positions, Span<double> values, Span<double> sizes, Span<double> slopes)
    {
        int rows = positions.Length;
        int channels = layer.Channels;
        int width = layer.OutputWidth;
        double[] o = Scaled(x, positions);
        double[] h = new double[o.Length], slopeG = new double[o.Length];
        FunctionValues.Apply(layer.Decoder, o, h);
        FunctionSlopes.Apply(layer.Decoder, o, slopeG);
        bool reads = layer.Glu!.ReadsReadouts;
        int stride = tables.Mixing.Stride;
        double[] mixed = tables.Mixing.Apply(h, channels, rows);
        double[] direct = reads ? tables.Mixing.Apply(o, channels, rows) : mixed;
        double[] gates = new double[mixed.Length], slopeGates = new double[mixed.Length];
        FunctionValues.Apply(layer.Glu.Gate, mixed, gates);
        FunctionSlopes.Apply(layer.Glu.Gate, mixed, slopeGates);

        // The derivatives by A, in the first half of a row, and by Z, in the second.
        double[] back = new double[rows * 2 * width];
        for (int k = 0; k < rows; k++)
        {
            (values[k], sizes[k]) = (0, 0);
            for (int i = 0; i < width; i++)
            {
                double value = direct[(k * stride) + i];
                int z = (k * stride) + width + i;
                values[k] += eta[i] * value * gates[z];
                sizes[k] += Math.Abs(eta[i] * value * gates[z]);
                back[(k * 2 * width) + i] = eta[i] * gates[z];
                back[(k * 2 * width) + width + i] = eta[i] * value * slopeGates[z];
            }
        }

        // Of g(o) both halves, or the second only where A is mixed of the readouts themselves.
        double[] first = reads ? tables.Back(back, rows, 0, width) : [];
        double[] second = reads ? tables.Back(back, rows, width, width) : tables.Back(back, rows, 0, 2 * width);
        for (int k = 0; k < rows; k++)
        {
            for (int c = 0; c < channels; c++)
            {
                int at = (k * tables.BackStride) + c;
                slopes[(k * channels) + c] = (second[at] * slopeG[(k * channels) + c]) + (reads ? first[at] : 0);
            }
        }
    }
}
