using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// What a layer makes of its readout:
/// <c>h = activation(o); h = h * gate(z); m = mixing h</c>, and a gated linear unit or a function of m at the end.
/// </summary>
internal sealed class DecoderStage
{
    private readonly Func<double, double> _activation;
    private readonly Func<double, double>? _gate;
    private readonly LinearFormula? _mixing;
    private readonly DecoderUnit? _unit;
    private readonly Func<double, double>? _unitFunction;

    public DecoderStage(Decoder decoder, ReferenceOptions options)
    {
        _activation = DecoderFormulas.Of(decoder.Activation, options);
        _gate = decoder.Gate is null ? null : DecoderFormulas.Of(decoder.Gate, options);
        _mixing = decoder.Mixing is null ? null : new LinearFormula(decoder.Mixing, options);
        _unit = decoder.Unit;
        _unitFunction = decoder.Unit is null ? null : DecoderFormulas.Of(decoder.Unit.Function, options);
    }

    /// <summary>The decoded readout; what is between is left in the trace.</summary>
    public double[] Of(double[] readout, double[] gateStream, LayerProbe trace)
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
        return _unitFunction is null ? h : Unit(readout, trace.Gated, h, _unitFunction);
    }

    private double[] Unit(double[] o, double[] h, double[] m, Func<double, double> function) => _unit switch
    {
        SplitGlu => Product(m[..(m.Length / 2)], m[(m.Length / 2)..], function),
        HalfGlu { Value: GluValue.Activated } => Product(h, m, function),
        HalfGlu { Value: GluValue.Readout } => Product(o, m, function),
        FinalActivation => Array.ConvertAll(m, z => function(z)),
        _ => throw new NotSupportedException($"The reference has no formula for a {_unit?.GetType().Name}."),
    };

    private static double[] Product(double[] value, double[] argument, Func<double, double> gate)
    {
        var product = new double[value.Length];                                  // [output]
        for (int i = 0; i < product.Length; i++)
        {
            product[i] = value[i] * gate(argument[i]);
        }

        return product;
    }
}
