using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// What stands after the readout:
/// <c>h = activation(o); h = h * gate(z); h = mixing h; h = h[first half] * sigmoid(h[second half])</c>.
/// </summary>
internal sealed class DecoderStage
{
    private readonly Func<double, double> _activation;
    private readonly Func<double, double>? _gate;
    private readonly LinearFormula? _mixing;
    private readonly bool _glu;

    public DecoderStage(Decoder decoder, ReferenceOptions options)
    {
        _activation = DecoderFormulas.Of(decoder.Activation, options);
        _gate = decoder.Gate is null ? null : DecoderFormulas.Of(decoder.Gate, options);
        _mixing = decoder.Mixing is null ? null : new LinearFormula(decoder.Mixing, options);
        _glu = decoder.Glu;
    }

    /// <summary>The decoded readout; what stands between is left in the trace.</summary>
    public double[] Of(double[] readout, double[] gateStream, LayerTrace trace)
    {
        double[] h = Array.ConvertAll(readout, o => _activation(o));             // [G V]
        trace.Activated = h;
        if (_gate is not null)
        {
            var gated = new double[h.Length];                                    // [G V]
            for (int i = 0; i < h.Length; i++)
            {
                gated[i] = h[i] * _gate(gateStream[i]);
            }

            h = gated;
        }

        trace.Gated = h;
        h = _mixing is null ? h : _mixing.Of(h);                                 // [mixed]
        trace.Mixed = h;
        if (_glu)
        {
            int half = h.Length / 2;
            var product = new double[half];                                      // [mixed / 2]
            for (int i = 0; i < half; i++)
            {
                product[i] = h[i] * DecoderFormulas.Sigmoid(h[half + i]);
            }

            h = product;
        }

        return h;
    }
}
